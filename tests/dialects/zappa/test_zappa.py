"""The functions that stages of Zappa's settings declare, and what holds for them."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lamlint.catalog import Catalog
from lamlint.dialects.zappa.dialect import read
from lamlint.model import EventKind, Function
from lamlint.project import build, resolution
from tests.memory import MemoryTree

APP = {"app_function": "my_app.app", "project_name": "album"}


def functions(config: object, **files: str) -> dict[str, Function]:
    written = config if isinstance(config, str) else json.dumps(config)
    tree = MemoryTree({"zappa_settings.json": written, "my_app.py": "app = 1\n", **files})
    found = build(tree, (), Catalog(), date(2026, 11, 23)).functions
    return {function.name: function for function in found}


def dev(**more: object) -> Function:
    return functions({"dev": {**APP, **more}})["dev"]


def test_defaults_are_those_of_zappa() -> None:
    function = dev()
    assert (function.timeout.only, function.memory.only) == (30, 512)
    assert (function.timeout.absent, function.memory.absent) == (True, True)
    assert function.runtime.reason == "it is the Python that zappa runs with"
    assert function.python
    assert function.handler.only == "my_app.app"
    assert function.physical_name.only == "album-dev"


def test_each_stage_is_a_function_of_its_own() -> None:
    found = functions({"dev": APP, "prod": {**APP, "memory_size": 1024}})
    assert {name: one.memory.only for name, one in found.items()} == {"dev": 512, "prod": 1024}


@pytest.mark.parametrize(
    ("config", "timeouts"),
    [
        ({"dev": {**APP, "timeout_seconds": 5}, "prod": {"extends": "dev"}}, {"dev": 5, "prod": 5}),
        (
            {"dev": {**APP, "timeout_seconds": 5}, "p": {"extends": "dev", "timeout_seconds": 9}},
            {"dev": 5, "p": 9},
        ),
        ({"common": {**APP, "timeout_seconds": 5}, "dev": {"extends": "common"}}, {"dev": 5}),
        ({"common": {**APP, "timeout_seconds": 5}}, {"common": 5}),
        (
            {"a": {"extends": "b"}, "b": {"extends": "c"}, "c": {**APP, "timeout_seconds": 7}},
            {"a": 7, "b": 7, "c": 7},
        ),
        ({"a": {"extends": "b", **APP}, "b": {"extends": "a"}}, {"a": 30, "b": 30}),
        ({"a": {"extends": "nowhere", **APP}}, {"a": 30}),
        ({"a": {"s3_bucket": "x"}, "b": "text", "c": [APP]}, {}),
    ],
)
def test_stages_extend_others(config: object, timeouts: dict[str, int]) -> None:
    assert {name: one.timeout.only for name, one in functions(config).items()} == timeouts


def test_the_environment_is_what_the_code_sees() -> None:
    environment = dev(
        environment_variables={"A": "1"}, aws_environment_variables={"B": "2"}
    ).environment
    assert environment.complete
    assert set(environment.names) == {"A", "B"}
    assert {"A", "B", "STAGE", "PROJECT", "SERVERTYPE", "FRAMEWORK"} == set(environment.variables)


@pytest.mark.parametrize(
    "more",
    [
        {"remote_env": "s3://bucket/env.json"},
        {"remote_env_bucket": "b", "remote_env_file": "f"},
        {"environment_variables": "text"},
    ],
)
def test_an_environment_that_is_not_all_here(more: dict[str, object]) -> None:
    assert not dev(**more).environment.complete


@pytest.mark.parametrize(
    ("config", "free"),
    [
        ({"dev": APP}, True),
        ({"dev": {**APP, "environment_variables": {"A": "1"}}}, True),
        ({"base": {"environment_variables": {"A": "1"}}, "dev": {**APP, "extends": "base"}}, False),
        ({"base": {"memory_size": 700}, "dev": {**APP, "extends": "base"}}, True),
    ],
)
def test_where_a_variable_may_be_added(config: object, free: bool) -> None:
    assert (functions(config)["dev"].environment.room is not None) is free


@pytest.mark.parametrize(
    ("files", "handler"),
    [
        ({"site/wsgi.py": ""}, ["site.wsgi.application"]),
        (
            {
                "site/settings.py": "DEBUG = 1\nWSGI_APPLICATION = 'site.web.app'\n",
                "site/web.py": "",
            },
            ["site.web.app"],
        ),
        (
            {"site/settings.py": "WSGI_APPLICATION = 'site.web.app'\n", "site/wsgi.py": ""},
            ["site.wsgi.application"],
        ),
        ({"site/settings.py": "DEBUG = True\n"}, []),
        ({}, []),
    ],
)
def test_django(files: dict[str, str], handler: list[str]) -> None:
    function = functions({"dev": {"django_settings": "site.settings"}}, **files)["dev"]
    assert [choice.value for choice in function.handler.choices] == handler
    assert function.environment.variables["DJANGO_SETTINGS_MODULE"].only == "site.settings"


@pytest.mark.parametrize(
    ("event", "kind", "source", "expression"),
    [
        ({"expression": "rate(1 day)"}, EventKind.SCHEDULE, None, "rate(1 day)"),
        ({"expressions": ["rate(1 day)"]}, EventKind.SCHEDULE, None, "rate(1 day)"),
        (
            {"event_source": {"arn": "arn:aws:s3:::b", "events": ["s3:ObjectCreated:*"]}},
            EventKind.S3,
            "arn:aws:s3:::b",
            None,
        ),
        (
            {"event_source": {"arn": "arn:aws:sqs:e:1:q"}},
            EventKind.SQS,
            "arn:aws:sqs:e:1:q",
            None,
        ),
        ({"event_source": {"arn": "what"}}, EventKind.OTHER, "what", None),
        ({"event_pattern": {"source": ["aws.ec2"]}}, EventKind.EVENTBRIDGE, None, None),
    ],
)
def test_events(
    event: dict[str, object], kind: EventKind, source: str | None, expression: str | None
) -> None:
    listed = [{"function": "my_app.tick", **event}]
    function = dev(events=listed, keep_warm=False, apigateway_enabled=False)
    (found,) = function.events
    assert (found.kind, found.name) == (kind, "my_app.tick")
    assert [choice.value for choice in found.source.choices] == ([source] if source else [])
    said = [] if found.expression is None else [c.value for c in found.expression.choices]
    assert said == ([expression] if expression else [])
    assert [value.only for value in function.also_runs] == ["my_app.tick"]


def test_what_events_run_is_looked_up_beside_the_application() -> None:
    code = "app = 1\ndef tick(event, context): ...\n"
    tree = MemoryTree({"my_app.py": code})
    function = dev(events=[{"function": "my_app.tick", "expression": "rate(1 day)"}])
    assert [one.attribute for one in resolution.places(function, tree)] == ["app", "tick"]
    assert (main := resolution.place(function, tree)) is not None
    assert main.attribute == "app"


@pytest.mark.parametrize(
    ("more", "kinds"),
    [
        ({}, [EventKind.API, EventKind.SCHEDULE]),
        ({"keep_warm": False}, [EventKind.API]),
        ({"keep_warm": False, "apigateway_enabled": False}, []),
        ({"keep_warm": False, "alb_enabled": True}, [EventKind.API, EventKind.ALB]),
    ],
)
def test_what_zappa_adds(more: dict[str, object], kinds: list[EventKind]) -> None:
    assert [event.kind for event in dev(**more).events] == kinds


TICK = {"events": [{"function": "my_app.tick", "expression": "rate(1 day)"}], "keep_warm": False}
OWN = {"lambda_handler": "my_app.handle", "apigateway_enabled": False, **TICK}


@pytest.mark.parametrize("more", [{}, APP], ids=["alone", "beside an application"])
def test_another_handler_than_the_one_that_zappa_makes(more: dict[str, object]) -> None:
    code = "def handle(event, context): ...\ndef tick(event, context): ...\n"
    own = functions({"dev": {**more, **OWN}}, **{"my_app.py": code})["dev"]
    assert own.handler.only == "my_app.handle"
    assert (own.also_runs, [event.runs for event in own.events]) == ((), [""])
    found = resolution.places(own, MemoryTree({"my_app.py": code}))
    assert [one.attribute for one in found] == ["handle"]


@pytest.mark.parametrize(
    ("config", "names"),
    [
        ({"dev": TICK}, ["dev"]),
        ({"dev": {"extends": "jobs"}, "jobs": TICK}, ["dev"]),
        ({"dev": {"extends": "jobs", **APP}, "jobs": TICK}, ["dev"]),
        ({"dev": {"events": [{"expression": "rate(1 day)"}]}}, []),
        ({"dev": {"events": []}}, []),
    ],
)
def test_a_stage_that_has_events_and_no_application(config: object, names: list[str]) -> None:
    found = functions(config)
    assert list(found) == names
    assert all([one.only for one in f.also_runs] == ["my_app.tick"] for f in found.values())


def test_another_handler_sees_only_what_lambda_sets() -> None:
    given = {"environment_variables": {"A": "1"}, "aws_environment_variables": {"B": "2"}}
    own = functions({"dev": {**OWN, **given}})["dev"]
    assert set(own.environment.variables) == {"B"}


def test_the_handler_of_zappa_by_its_name() -> None:
    found = dev(lambda_handler="handler.lambda_handler", **TICK)
    assert found.handler.only == "my_app.app"
    assert [value.only for value in found.also_runs] == ["my_app.tick"]


def test_what_is_packed() -> None:
    assert "*.pem" in dev(exclude=["*.pem"]).code.packing.never
    assert dev(slim_handler=True).code.build_method == "slim_handler"
    assert dev(slim_handler=False).code.build_method == ""


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("zappa_settings.yml", "dev:\n  app_function: my_app.app\n  memory_size: 700\n"),
        ("zappa_settings.yaml", "dev: {app_function: my_app.app, memory_size: 700}\n"),
        ("zappa_settings.toml", '[dev]\napp_function = "my_app.app"\nmemory_size = 700\n'),
        ("zappa_settings.json", '{"dev": {"app_function": "my_app.app", "memory_size": 700}}'),
    ],
)
def test_all_forms_of_settings(path: str, text: str) -> None:
    (function,) = read(MemoryTree({path: text}), ()).functions
    assert (function.name, function.memory.only) == ("dev", 700)
    assert function.template == path


def test_a_broken_file_is_told_and_hides_nothing() -> None:
    tree = MemoryTree(
        {"zappa_settings.json": "{", "other/zappa_settings.json": json.dumps({"dev": APP})}
    )
    declared = read(tree, ())
    assert [finding.rule for finding in declared.problems] == ["unreadable-template"]
    assert [function.name for function in declared.functions] == ["dev"]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["dev", "my_app.app", "a:b:c:d", ""]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["dev", "extends", "app_function", "events", "function", "event_source", "arn", "exclude",
             "environment_variables", "slim_handler", "expression", "django_settings", "layers"]
        ),
        inner,
        max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.dictionaries(st.sampled_from(["dev", "prod", "common"]), VALUES, max_size=3))
def test_nothing_raises(config: object) -> None:
    assert not read(MemoryTree({"zappa_settings.json": json.dumps(config)}), ()).problems


@pytest.mark.parametrize(
    ("names", "left"),
    [
        (("local", "dev"), {"dev"}),
        (("local",), {"local"}),
        (("base", "local"), {"local"}),
        (("test", "dev"), {"test", "dev"}),
    ],
)
def test_a_stage_for_ones_own_machine_is_never_deployed(
    names: tuple[str, ...], left: set[str]
) -> None:
    base = {"app_function": "my_app.app"}
    extending = {"extends": "base"} if "base" in names else base
    found = functions({one: base if one == "base" else extending for one in names})
    assert {one.id.rpartition("#")[2] for one in found.values()} == left
