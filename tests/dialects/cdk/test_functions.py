"""Functions of stacks in Python, as their calls declare them."""

from __future__ import annotations

import pytest

from lamlint.model import Function
from lamlint.text import Safety
from tests.dialects.cdk.stacks import declared, function, stack

PLAIN = {
    "timeout=Duration.seconds(9)": ("timeout", 9),
    "timeout=cdk.Duration.minutes(2)": ("timeout", 120),
    "timeout=Duration.hours(SMALL)": ("timeout", 3600),
    "memory_size=256": ("memory", 256),
    "memory_size=64 * 4": ("memory", 256),
    "ephemeral_storage_size=cdk.Size.gibibytes(1)": ("ephemeral_storage", 1024),
    "architecture=_lambda.Architecture.ARM_64": ("architectures", "arm64"),
    "tracing=_lambda.Tracing.ACTIVE": ("tracing", "Active"),
    "recursive_loop=_lambda.RecursiveLoop.ALLOW": ("recursive_loop", "Allow"),
    "reserved_concurrent_executions=5": ("reserved_concurrency", 5),
    "snap_start=_lambda.SnapStartConf.ON_PUBLISHED_VERSIONS": ("snap_start", "PublishedVersions"),
    'function_name=f"photos-{STAGE}"': ("physical_name", "photos-dev"),
    'description="Makes " + "thumbnails"': ("description", "Makes thumbnails"),
    "**dict(memory_size=512)": ("memory", 512),
    "": ("timeout", 3),
}


@pytest.mark.parametrize(("written", "expected"), PLAIN.items())
def test_a_plain_argument(written: str, expected: tuple[str, object]) -> None:
    name, value = expected
    assert getattr(function(written), name).only == value


@pytest.mark.parametrize(
    ("written", "runtime"),
    [
        ("_lambda.Runtime.PYTHON_3_13", "python3.13"),
        ("_lambda.Runtime.NODEJS_20_X", "nodejs20.x"),
        ("_lambda.Runtime.PROVIDED_AL2023", "provided.al2023"),
        ("_lambda.Runtime.JAVA_21", "java21"),
        ('_lambda.Runtime("python3.9", _lambda.RuntimeFamily.PYTHON)', "python3.9"),
    ],
)
def test_a_runtime_is_what_a_template_calls_it(written: str, runtime: str) -> None:
    (found,) = declared(
        stack(f'_lambda.Function(self, "F", runtime={written}, handler="app.handler")')
    )
    assert found.runtime.only == runtime


@pytest.mark.parametrize(
    "written",
    ["timeout=UNKNOWN['t']", "timeout=Duration.seconds(self.node.try_get_context('none'))"],
)
def test_what_cannot_be_known_is_unknown_with_a_reason(written: str) -> None:
    timeout = function(written).timeout
    assert not timeout.known
    assert timeout.reason


def test_what_is_spread_may_set_anything() -> None:
    assert function("**UNKNOWN").timeout.choices == ()
    assert function("memory_size=1024, **UNKNOWN").memory.only == 1024


def variables(found: Function) -> dict[str, object]:
    return {
        name: [choice.value for choice in value.choices]
        for name, value in found.environment.variables.items()
    }


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('environment={"A": "1"}', {"A": ["1"]}),
        ('environment={**COMMON, "B": STAGE}', {"LEVEL": ["INFO"], "B": ["dev"]}),
        ('environment=dict(COMMON, B="2")', {"LEVEL": ["INFO"], "B": ["2"]}),
        ('environment=COMMON | {"B": "2"}', {"LEVEL": ["INFO"], "B": ["2"]}),
        ("environment={k: v for k, v in COMMON.items()}", {"LEVEL": ["INFO"]}),
        ('environment={"A": "1" if UNKNOWN else "2"}', {"A": ["1", "2"]}),
        ('environment={"A": self.node.try_get_context("name")}', {"A": ["album"]}),
        ('environment={"A": bucket.bucket_name}', {"A": []}),
    ],
)
def test_an_environment_is_put_together(written: str, expected: dict[str, object]) -> None:
    found = function(written)
    assert variables(found) == expected
    assert found.environment.complete


@pytest.mark.parametrize("written", ["environment={**UNKNOWN}", "environment=UNKNOWN['e']"])
def test_an_environment_of_which_a_part_is_not_known_is_not_complete(written: str) -> None:
    assert not function(written).environment.complete


MADE = '_lambda.Function(self, "A", environment='


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("c = {'A': '1'}", f"{MADE}c)", "c['B'] = '2'"), {"A": ["1"]}),
        (("c = {'A': '1'}", "c['B'] = '2'", f"{MADE}c)"), {"A": ["1"], "B": ["2"]}),
        (("c = {}", "c.update(A='1')", f"{MADE}c.copy())"), {"A": ["1"]}),
        (
            (
                f"fn = {MADE}{{}})",
                "fn.node.default_child.add_property_override('Environment.Variables.A', '1')",
            ),
            {"A": ["1"]},
        ),
    ],
)
def test_an_environment_is_what_it_is_when_the_function_is_made(
    lines: tuple[str, ...], expected: dict[str, object]
) -> None:
    (found,) = declared(stack(*lines))
    assert variables(found) == expected


def test_a_library_that_is_given_a_function_may_set_further_variables() -> None:
    files = stack(
        'fn = _lambda.Function(self, "A", environment={"A": "1"})',
        'datadog.Datadog(self, "D").add_lambda_functions([fn])',
    )
    text = f"import datadog_cdk as datadog\n{files['stacks/album.py']!s}"
    (found,) = declared({**files, "stacks/album.py": text})
    assert not found.environment.complete


RESOURCE = "fn.node.default_child"
OVERRIDES = {
    "in the place of an argument": (f'{RESOURCE}.add_property_override("Timeout", 30)', 30),
    "by its whole path": (f'{RESOURCE}.add_override("Properties.Timeout", 30)', 30),
    "the last one": (
        f'{RESOURCE}.add_property_override("Timeout", 30)\n'
        f'{RESOURCE}.add_property_override("Timeout", 40)',
        40,
    ),
    "of something else": (f'{RESOURCE}.add_override("DependsOn", ["Photos"])', 9),
    "of its role": ('fn.role.node.default_child.add_property_override("Path", "/x/")', 9),
    "where a condition holds": (
        f'if UNKNOWN:\n    {RESOURCE}.add_property_override("Timeout", 30)',
        None,
    ),
}


@pytest.mark.parametrize(("lines", "expected"), OVERRIDES.values(), ids=OVERRIDES)
def test_an_override_of_a_property(lines: str, expected: int | None) -> None:
    timeout = function("timeout=Duration.seconds(9)", lines).timeout
    assert (timeout.only if timeout.known else None) == expected


ATTRIBUTES = {
    "of the resource": (f"{RESOURCE}.timeout = 30", 30),
    "of the resource by a name": (f"own = {RESOURCE}\nown.timeout = 30", 30),
    "of what is cast": (
        f"from typing import cast\nown = cast(_lambda.CfnFunction, {RESOURCE})\nown.timeout = 30",
        30,
    ),
    "with a type": (f"own: _lambda.CfnFunction = {RESOURCE}\nown.timeout = 30", 30),
    "the last one": (f"{RESOURCE}.timeout = 30\n{RESOURCE}.timeout = 40", 40),
    "behind an override": (
        f'{RESOURCE}.add_property_override("Timeout", 30)\n{RESOURCE}.timeout = 40',
        40,
    ),
    "taken out": (f'{RESOURCE}.add_property_deletion_override("Timeout")', 3),
    "taken out by its whole path": (f'{RESOURCE}.add_deletion_override("Properties.Timeout")', 3),
    "of the construct, which has none": ("fn.timeout = 30", 9),
    "of its role": ("fn.role.node.default_child.timeout = 30", 9),
    "of its options": (f"{RESOURCE}.cfn_options.timeout = 30", 9),
    "of an object of the project": ("self.timeout = 30", 9),
}


@pytest.mark.parametrize(("lines", "expected"), ATTRIBUTES.values(), ids=ATTRIBUTES)
def test_an_attribute_that_is_set_later(lines: str, expected: int) -> None:
    assert function("timeout=Duration.seconds(9)", lines).timeout.only == expected


def test_a_fallback_of_what_is_not_known_is_known_in_part() -> None:
    memory = function("memory_size=UNKNOWN or 512").memory
    assert (memory.choices, [one.value for one in memory.among]) == ((), [512])
    assert function("memory_size=None or 512").memory.only == 512


def test_where_a_condition_holds_it_is_what_is_set_then() -> None:
    timeout = function(
        "timeout=Duration.seconds(9)", f"if UNKNOWN:\n    {RESOURCE}.timeout = 30"
    ).timeout
    assert sorted(choice.value for choice in timeout.choices) == [9, 30]


@pytest.mark.parametrize(
    "value",
    [
        "_lambda.CfnFunction.EnvironmentProperty(variables={'TABLE': 'a', 'snake_case': 'b'})",
        "{'variables': {'TABLE': 'a', 'snake_case': 'b'}}",
    ],
)
def test_a_struct_that_is_set_later_has_the_keys_of_its_class(value: str) -> None:
    found = function('environment={"GONE": "1"}', f"{RESOURCE}.environment = {value}")
    assert variables(found) == {"TABLE": ["a"], "snake_case": ["b"]}


def test_an_attribute_of_a_resource_that_a_stack_makes_itself() -> None:
    (found,) = declared(
        stack(
            "own = _lambda.CfnFunction(self, 'A', handler='app.main', runtime='python3.9')",
            "own.runtime = 'python3.13'",
            "own.memory_size = 512",
        )
    )
    assert (found.runtime.only, found.memory.only) == ("python3.13", 512)


def test_an_override_may_set_a_part_of_a_property() -> None:
    line = f'{RESOURCE}.add_property_override("EphemeralStorage.Size", 2048)'
    assert (
        function("ephemeral_storage_size=cdk.Size.gibibytes(1)", line).ephemeral_storage.only
        == 2048
    )
    assert function("", line).ephemeral_storage.only == 2048


def test_an_override_without_end_hides_nothing() -> None:
    path = ".".join(["Size"] * 20_000)
    found = function(
        "timeout=Duration.seconds(9)", f'{RESOURCE}.add_property_override("{path}", 1)'
    )
    assert found.timeout.only == 9


def test_what_else_a_property_holds_stays() -> None:
    line = f'{RESOURCE}.add_property_override("LoggingConfig.ApplicationLogLevel", "DEBUG")'
    found = function("logging_format=_lambda.LoggingFormat.JSON", line)
    assert (found.log_format.only, found.application_log_level.only) == ("JSON", "DEBUG")


def test_an_override_starts_an_image_by_another_command() -> None:
    files = stack(
        'code = _lambda.DockerImageCode.from_image_asset(".", cmd=["app.main"])',
        'fn = _lambda.DockerImageFunction(self, "A", code=code)',
        f'{RESOURCE}.add_property_override("ImageConfig.Command", ["app.handler"])',
        '_lambda.DockerImageFunction(self, "B", code=code)',
    )
    images = {one.name: one.code.image for one in declared(files)}
    assert {
        name: [word.only for word in image.command] for name, image in images.items() if image
    } == {"A": ["app.handler"], "B": ["app.main"]}


def test_what_several_functions_share_is_changed_where_each_has_it() -> None:
    (one, other) = declared(
        stack(
            'self.make("A", 20)',
            'self.make("B", minutes=5)',
            top="    def make(self, name, minutes):\n"
            "        _lambda.Function(self, name, timeout=Duration.minutes(minutes))\n",
        )
    )
    fixes = [each.timeout.change(900, "", Safety.SAFE) for each in (one, other)]
    assert [fix.edits[0].text for fix in fixes if fix is not None] == ["15", "15"]
    assert len({fix.edits[0].span.start for fix in fixes if fix is not None}) == 2


def test_nothing_is_added_beside_what_is_spread() -> None:
    found = function("**COMMON")
    assert found.timeout.change(30, "", Safety.SAFE) is None


CONFIG = """
@dataclass
class Config:
    fn: object
    name: str = "photos"
    level: str = field(init=False)

    def __post_init__(self):
        self.fn.add_environment("NAME", self.name)


class Paths:
    base = None

    @staticmethod
    def src():
        return f"{Paths.base}/src"


class Stage(Enum):
    DEV = "dev"


class Settings(NamedTuple):
    memory: int
    tags: dict = {}

"""


@pytest.mark.parametrize(
    ("lines", "variable", "expected"),
    [
        (("Config(fn, name='albums')",), "NAME", ["albums"]),
        (("Config(fn=fn)",), "NAME", ["photos"]),
        (("fn.add_environment('NAME', Stage.DEV.value)",), "NAME", ["dev"]),
        (("fn.add_environment('NAME', str(Settings(memory=12).memory))",), "NAME", ["12"]),
        (("fn.add_environment('NAME', Paths.src())",), "NAME", []),
        (("Paths.base = 'x'", "fn.add_environment('NAME', Paths.src())"), "NAME", ["x/src"]),
        (("fn.add_environment('NAME', '-'.join(['a', STAGE]).upper())",), "NAME", ["A-DEV"]),
        (("fn.add_environment('NAME', '{}-{n}'.format(STAGE, n=1))",), "NAME", ["dev-1"]),
        (("fn.add_environment('NAME', open('conf.json').read())",), "NAME", ['{"a": ["b"]}']),
        (("fn.add_environment('NAME', json.load(open('conf.json'))['a'][0])",), "NAME", ["b"]),
        (("fn.add_environment('NAME', [n for n in 'ab' if n != 'a'][-1])",), "NAME", ["b"]),
        (("fn.add_environment('NAME', COMMON.get('NONE', 'x'))",), "NAME", ["x"]),
        (("fn.add_environment('NAME', STAGE[1:] + STAGE[:-2])",), "NAME", ["evd"]),
        (("fn.add_environment('NAME', ''.join(['a', 'b', 'c'][1:]))",), "NAME", ["bc"]),
        (("fn.add_environment('NAME', STAGE[::-1])",), "NAME", []),
        (("fn.add_environment('NAME', STAGE[UNKNOWN:])",), "NAME", []),
        (("fn.add_environment('NAME', 'a_b_c'.replace('_', '-', 1))",), "NAME", ["a-b_c"]),
        (("fn.add_environment('NAME', 'a_b_c'.replace('_', '-'))",), "NAME", ["a-b-c"]),
        (("fn.add_environment('NAME', (lambda n: n + '!')('a'))",), "NAME", ["a!"]),
        (
            ("fn.add_environment('NAME', STAGE if STAGE in ('dev', 'prod') else 'x')",),
            "NAME",
            ["dev"],
        ),
        (("fn.add_environment('NAME', os.path.basename(UNKNOWN) or 'x')",), "NAME", []),
        (
            ("if not COMMON:\n    raise ValueError", "fn.add_environment('NAME', 'a')"),
            "NAME",
            ["a"],
        ),
    ],
)
def test_python_of_the_authors_own_is_followed(
    lines: tuple[str, ...], variable: str, expected: list[object]
) -> None:
    files = stack('fn = _lambda.Function(self, "A", environment={})', *lines)
    text = (
        "import json\nfrom dataclasses import dataclass, field\nfrom enum import Enum\n"
        f"from typing import NamedTuple\n{CONFIG}{files['stacks/album.py']!s}"
    )
    (found,) = declared({**files, "stacks/album.py": text, "conf.json": '{"a": ["b"]}'})
    assert variables(found)[variable] == expected


def test_further_variables_are_an_argument_where_there_is_none() -> None:
    found = function("memory_size=128", 'fn.add_environment("A", "1")')
    assert found.environment.room is not None
    edit = found.environment.room.edit({"B": "x", "C": "y"})
    assert edit.text == ', environment={"B": "x", "C": "y"}'


LAYERS = (
    'one = _lambda.LayerVersion(self, "One", code=_lambda.Code.from_asset("layers/one"))',
    'two = _lambda.LayerVersion(self, "Two", code=_lambda.Code.from_asset("layers/two"))',
)


@pytest.mark.parametrize(
    ("argument", "lines", "expected"),
    [
        ("", ("fn.add_layers(one)",), ["layers/one"]),
        ("", ("fn.add_layers(one, two)",), ["layers/one", "layers/two"]),
        ("layers=[one]", ("fn.add_layers(two)",), ["layers/one", "layers/two"]),
        ("", ("for each in (one, two):\n    fn.add_layers(each)",), ["layers/one", "layers/two"]),
        ("layers=[two]", (), ["layers/two"]),
        ("", ("one.add_layers(two)",), []),
    ],
)
def test_layers_may_be_added_later(
    argument: str, lines: tuple[str, ...], expected: list[str]
) -> None:
    made = (
        'fn = _lambda.Function(self, "Thumbs", runtime=_lambda.Runtime.PYTHON_3_13, '
        f'handler="app.handler", code=_lambda.Code.from_asset("src"), {argument})'
    )
    layers = {"layers/one/python/x.py": "", "layers/two/python/y.py": ""}
    (found,) = declared({**stack(*LAYERS, made, *lines), **layers})
    assert [one.content.path for one in found.layers if one.content is not None] == expected


def test_layers_of_which_nothing_is_known_may_be_any() -> None:
    assert not function("", "fn.add_layers(*UNKNOWN)").layers_complete
    assert not function("", "fn.add_layers(UNKNOWN)").layers[0].content


def test_an_argument_that_may_be_none_is_not_given_twice() -> None:
    found = function('memory_size=512 if Stack.of(self).region == "x" else None')
    given, otherwise = found.memory.choices
    assert (given.value, otherwise.value) == (512, 128)
    assert given.slot is not None
    assert otherwise.slot is None


PART = """
from constructs import Construct


class Part(Construct):
    def __init__(self, scope, id, **given):
        super().__init__(scope, id)
        _lambda.Function(self, "F", runtime=_lambda.Runtime.PYTHON_3_13, WRITTEN)
"""


@pytest.mark.parametrize(
    ("written", "made", "there"),
    [
        ('handler=given["handler"], code=given["code"]', "", False),
        ("handler=f\"{given['entry']}.handler\", **given", "", False),
        ('handler="app.handler", code=given["code"]', "", True),
        ('handler=given["handler"], code=_lambda.Code.from_inline("")', "", True),
        ('handler=given["handler"], code=given["code"]', 'Part(self, "P", **unknown())', True),
    ],
)
def test_what_only_its_maker_could_say_is_no_function(written: str, made: str, there: bool) -> None:
    found = declared(stack(made or "pass", top=PART.replace("WRITTEN", written)))
    assert bool(found) is there
