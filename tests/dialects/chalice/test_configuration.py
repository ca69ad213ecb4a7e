"""What `.chalice/config.json` says of each function, stage by stage."""

from __future__ import annotations

import json
from datetime import date

import pytest

from lamlint.catalog import Catalog
from lamlint.dialects.chalice.dialect import read
from lamlint.model import Function
from lamlint.project import build
from tests.memory import MemoryTree

CODE = """\
from chalice import Chalice
app = Chalice(app_name="album")
@app.route("/")
def index(): ...
@app.lambda_function()
def sweep(event, context): ...
"""


def functions(config: object, code: str = CODE, **files: str) -> dict[str, Function]:
    written = config if isinstance(config, str) else json.dumps(config)
    tree = MemoryTree({".chalice/config.json": written, "app.py": code, **files})
    found = build(tree, (), Catalog(), date(2026, 11, 23)).functions
    return {function.name: function for function in found}


def test_defaults_are_those_of_chalice() -> None:
    sweep = functions({"app_name": "album"})["sweep"]
    assert (sweep.timeout.only, sweep.memory.only) == (60, 128)
    assert sweep.timeout.absent
    assert sweep.memory.absent
    assert sweep.architectures.only == "x86_64"
    assert sweep.python
    assert sweep.runtime.reason == "it is the Python that chalice runs with"


@pytest.mark.parametrize(
    ("config", "timeout"),
    [
        ({"lambda_timeout": 10}, [10]),
        ({"lambda_functions": {"sweep": {"lambda_timeout": 20}}, "lambda_timeout": 10}, [20]),
        ({"stages": {"dev": {"lambda_timeout": 30}}, "lambda_timeout": 10}, [30]),
        (
            {
                "stages": {"dev": {"lambda_timeout": 30}},
                "lambda_functions": {"sweep": {"lambda_timeout": 20}},
            },
            [30],
        ),
        (
            {
                "stages": {
                    "dev": {
                        "lambda_timeout": 30,
                        "lambda_functions": {"sweep": {"lambda_timeout": 40}},
                    }
                }
            },
            [40],
        ),
        ({"stages": {"dev": {"lambda_timeout": 30}, "prod": {}}}, [30, 60]),
        ({"stages": {"dev": {}, "prod": {}}, "lambda_timeout": 10}, [10]),
        ({"lambda_functions": {"other": {"lambda_timeout": 20}}}, [60]),
        ({"lambda_timeout": None}, [60]),
    ],
)
def test_the_strongest_setting_holds(config: object, timeout: list[int]) -> None:
    found = functions(config)["sweep"].timeout
    assert [choice.value for choice in found.choices] == timeout


def test_a_choice_says_in_which_stage_it_is_made() -> None:
    timeout = functions({"stages": {"dev": {"lambda_timeout": 30}, "prod": {}}})["sweep"].timeout
    (dev, prod) = timeout.choices
    assert [fact.value for case in dev.when for fact in case] == ["dev"]
    assert [fact.value for case in prod.when for fact in case] == ["prod"]


def test_variables_complete_each_other() -> None:
    config = {
        "environment_variables": {"A": "top", "B": "top"},
        "stages": {
            "dev": {
                "environment_variables": {"B": "dev", "C": "dev"},
                "lambda_functions": {"sweep": {"environment_variables": {"C": "sweep"}}},
            }
        },
        "lambda_functions": {"sweep": {"environment_variables": {"D": "not looked at"}}},
    }
    environment = functions(config)["sweep"].environment
    assert {name: value.only for name, value in environment.variables.items()} == {
        "A": "top",
        "B": "dev",
        "C": "sweep",
    }
    assert environment.complete


def test_a_variable_of_one_stage_is_what_it_is_there() -> None:
    config = {"stages": {"dev": {"environment_variables": {"A": "dev"}}, "prod": {}}}
    assert functions(config)["sweep"].environment.variables["A"].only == "dev"


@pytest.mark.parametrize("written", ["several", 3, ["a"], None])
def test_variables_that_are_no_mapping_are_none_or_unknown(written: object) -> None:
    environment = functions({"environment_variables": written})["sweep"].environment
    assert not environment.variables


def test_names_in_the_cloud() -> None:
    found = functions({"app_name": "album", "stages": {"test": {}}})
    assert found["api_handler"].physical_name.only == "album-test"
    assert found["sweep"].physical_name.only == "album-test-sweep"
    several = functions({"app_name": "album", "stages": {"test": {}, "prod": {}}})
    assert not several["sweep"].physical_name.choices


@pytest.mark.parametrize(("written", "mode"), [(True, "Active"), (False, "PassThrough")])
def test_tracing(written: bool, mode: str) -> None:
    assert functions({"xray": written})["sweep"].tracing.only == mode


def test_what_is_shared_is_inherited_and_what_is_alone_is_written() -> None:
    from lamlint.model import Origin

    shared = functions({"lambda_timeout": 10})["sweep"].timeout.choices[0]
    assert shared.origin is Origin.INHERITED
    code = CODE.partition("@app.lambda")[0]
    alone = functions({"lambda_timeout": 10}, code)["api_handler"].timeout.choices[0]
    assert alone.origin is Origin.WRITTEN


@pytest.mark.parametrize("config", ["{", "[]", '"text"', "", "{'a': [}"])
def test_a_broken_file_is_told_and_hides_nothing(config: str) -> None:
    other = {"other/.chalice/config.json": "{}", "other/app.py": CODE}
    tree = MemoryTree({".chalice/config.json": config, "app.py": CODE, **other})
    declared = read(tree, ())
    assert [finding.rule for finding in declared.problems] == ["unreadable-template"]
    assert {function.name for function in declared.functions} == {"api_handler", "sweep"}
    assert declared.left_out == {".chalice/config.json"}


@pytest.mark.parametrize(
    ("target", "names"),
    [
        ("one", {"api_handler"}),
        ("one/app.py", {"api_handler"}),
        ("two/chalicelib/x.py", set()),
        (".", {"api_handler"}),
    ],
)
def test_only_what_concerns_the_paths_is_read(target: str, names: set[str]) -> None:
    code = CODE.partition("@app.lambda")[0]
    tree = MemoryTree({"one/.chalice/config.json": "{}", "one/app.py": code})
    assert {one.name for one in read(tree, (target,)).functions} == names


STACK = """\
import os
from aws_cdk import Stack
from chalice.cdk import Chalice
RUNTIME = os.path.join(os.path.dirname(os.path.dirname(__file__)), os.pardir, "runtime")
class ChaliceApp(Stack):
    def __init__(self, scope, id, **kwargs):
        super().__init__(scope, id, **kwargs)
        Chalice(self, "App", source_dir=RUNTIME, stage_config={"environment_variables": {"A": "b"}})
"""


def applications(**files: str) -> dict[str, Function]:
    tree = MemoryTree(
        {
            f"{folder}/runtime/{name}": text
            for folder in ("album", "shop")
            for name, text in ((".chalice/config.json", '{"app_name": "one"}'), ("app.py", CODE))
        }
        | {path.replace("__", "/") + ".py": text for path, text in files.items()}
    )
    found = build(tree, (), Catalog(), date(2026, 11, 23)).functions
    return {function.code.path: function for function in found if function.name == "sweep"}


@pytest.mark.parametrize(
    "imported",
    ["from chalice.cdk import Chalice", "import chalice.cdk", "from chalice import cdk"],
)
def test_what_a_stack_adds_to_the_nearest_application_is_not_known(imported: str) -> None:
    stack = STACK.replace("from chalice.cdk import Chalice", imported)
    found = applications(album__infrastructure__stacks__chaliceapp=stack)
    stacked, alone = found["album/runtime"], found["shop/runtime"]
    assert not stacked.environment.complete
    assert not stacked.timeout.known
    assert not stacked.memory.known
    assert alone.environment.complete
    assert alone.timeout.absent


def test_a_construct_that_several_applications_share_may_add_to_each() -> None:
    found = applications(constructs__shared=STACK)
    assert [one.environment.complete for one in found.values()] == [False, False]


def test_a_stack_without_the_construct_adds_nothing() -> None:
    found = applications(album__infrastructure__stack=STACK.replace("chalice.cdk", "aws_cdk"))
    assert [one.environment.complete for one in found.values()] == [True, True]


def test_what_the_configuration_itself_says_is_known_beside_a_stack() -> None:
    sweep = functions({"lambda_timeout": 10}, **{"stack.py": STACK})["sweep"]
    assert sweep.timeout.only == 10


LOCAL = {
    "stages": {
        "local": {"environment_variables": {"AWS_REGION": "eu-west-1", "KEY": "dummy"}},
        "dev": {"environment_variables": {"TABLE": "orders"}},
    }
}


@pytest.mark.parametrize("name", ["local", "localhost", "offline", "my-local"])
def test_a_stage_for_ones_own_machine_is_never_deployed(name: str) -> None:
    (local, dev) = LOCAL["stages"].values()
    found = functions({"stages": {name: local, "dev": dev}})["sweep"]
    assert set(found.environment.configured) == {"TABLE"}


def test_it_is_where_there_is_no_other_or_a_note_says_so() -> None:
    (local, _) = LOCAL["stages"].values()
    assert "AWS_REGION" in functions({"stages": {"local": local}})["sweep"].environment.configured
    noted = functions(LOCAL, **{".chalice/deployed/local.json": "{}"})["sweep"]
    assert "AWS_REGION" in noted.environment.configured


@pytest.mark.parametrize(
    ("name", "notes", "there"),
    [
        ("test", ("dev",), False),
        ("unit-tests", ("dev",), False),
        ("docker", ("dev",), False),
        ("docker", (), True),
        ("test", (), True),
        ("test", ("dev", "test"), True),
        ("prod", ("dev",), True),
        ("locals-of-berlin", (), True),
    ],
)
def test_a_stage_of_tests_is_one_where_only_others_are_noted(
    name: str, notes: tuple[str, ...], there: bool
) -> None:
    (local, dev) = LOCAL["stages"].values()
    files = {f".chalice/deployed/{one}.json": "{}" for one in notes}
    found = functions({"stages": {name: local, "dev": dev}}, **files)["sweep"]
    assert ("AWS_REGION" in found.environment.configured) is there
