"""Services that are broken, turn in circles, or would grow without end."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lamlint.dialects import reading
from lamlint.dialects.cloudformation.scope import Scope
from lamlint.dialects.serverless import dialect
from lamlint.dialects.tree import yaml
from lamlint.dialects.tree.node import Node
from tests.dialects.serverless.reading import PATH, functions, service, told, with_value
from tests.memory import MemoryTree

HEAD = "service: shop\nprovider: {name: aws, runtime: python3.13}\n"

_WORDS = st.sampled_from(
    ["aws", "x", "${self:custom}", "${self:functions.a}", "${file(a.yml):b}", "${opt:stage, 'dev'}",
     "${self:provider.${sls:stage}}", "${param:x}", "${", "!", "-1", "rate(1 day)", "${self:}"]
)  # fmt: skip
_KEYS = st.sampled_from(
    ["a", "b", "handler", "events", "s3", "sqs", "schedule", "environment", "layers", "package",
     "patterns", "image", "url", "cors", "destinations", "onFailure", "role", "iam", "statements",
     "Resources", "Type", "Properties", "extensions", "ALambdaFunction", "timeout", "rules",
     "fileSystemConfig", "tags", "vpc", "condition", "dev", "default", "params", "Fn::Sub", "Ref"]
)  # fmt: skip
_DATA = st.recursive(
    st.none() | st.booleans() | st.integers(-1, 9) | _WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=15,
)
_SECTIONS = st.sampled_from(
    ["service", "provider", "functions", "custom", "resources", "layers", "package", "params",
     "stages", "plugins"]
)  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(st.dictionaries(_SECTIONS, _DATA, min_size=4), _DATA)
def test_reading_never_fails(written: dict[str, Any], other: Any) -> None:
    whole = {"provider": {"name": "aws"}, "functions": {"a": {}}, **written}
    files = {PATH: json.dumps(whole), "a.yml": json.dumps(other)}
    assert not service(files).problems


def test_a_broken_service_hides_no_other() -> None:
    broken = "service: b\nprovider:\n  name: aws\nfunctions:\n  f: [\n"
    sound = f"{HEAD}functions: {{f: {{handler: a.b}}}}"
    declared = service({"a/serverless.yml": broken, "b/serverless.yml": sound})
    assert [one.template for one in declared.functions] == ["b/serverless.yml"]
    assert [one.rule for one in declared.problems] == ["unreadable-template"]


def doubling(levels: int) -> str:
    lines = [f"  v{n}: ${{self:custom.v{n + 1}}}${{self:custom.v{n + 1}}}" for n in range(levels)]
    return "\n".join(["custom:", *lines, f"  v{levels}: xxxxxxxxxx"])


def chained(levels: int) -> str:
    lines = [f"  v{n}: ${{self:custom.v{n + 1}}}" for n in range(levels)]
    return "\n".join(["custom:", *lines, f"  v{levels}: 5"])


@pytest.mark.parametrize(
    "more",
    [
        doubling(40),
        chained(500),
        "custom: {v0: '" + "${self:custom.v0, " * 200 + "1" + "}" * 200 + "'}",
        "custom: {v0: '" + "${self:" * 5_000 + "'}",
        "custom: {v0: '${self:custom.v0.v0}'}",
        "custom: {v0: '${self:custom" + ".a" * 50_000 + "}'}",
        "custom: {v0: '" + "${opt:a, 1}" * 10_000 + "'}",
        "custom: {v0: '${" + "opt:a, " * 50_000 + "1}'}",
        "custom: {v0: '${self:custom.${self:custom.long}}', long: '" + "a." * 40_000 + "a'}",
        "custom: {m: {"
        + ", ".join(f"k{n}: {{}}" for n in range(16))
        + "}, v0: '${"
        + "self:custom.m.${env:X}.z, " * 15
        + "self:custom.m.${env:X}.z}'}",
        "custom: {v0: '${self:custom}'}",
        "custom: {v0: '${file(serverless.yml):custom.v0}'}",
    ],
)
def test_what_grows_or_turns_in_circles_is_unknown(more: str) -> None:
    assert isinstance(told(with_value("${self:custom.v0}", more=more).timeout), str)


def test_a_deep_list_is_what_is_written() -> None:
    deep = "[" * 100 + "]" * 100
    function = with_value("${self:custom.v0}", more=f"custom: {{v0: {deep}}}")
    assert told(function.timeout) == [deep]


def test_functions_that_are_not_read_are_told() -> None:
    tree = MemoryTree({PATH: f"{HEAD}functions: ${{file(functions.js)}}\n"})
    assert not dialect.read(tree, ()).functions
    assert [one.span.path for one in tree.unread] == [PATH]


def test_many_stages_are_too_many() -> None:
    many = ", ".join(f"s{n}: {n}" for n in range(100))
    more = f"custom: {{by: {{{many}}}}}"
    assert told(with_value("${self:custom.by.${sls:stage}}", more=more).timeout) == (
        "it can be too many things"
    )


def test_stages_are_not_all_asked_where_they_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: Counter[str] = Counter()
    outcomes = Scope.outcomes

    def counted(self: Scope, node: Node) -> Any:
        asked["outcomes"] += 1
        return outcomes(self, node)

    monkeypatch.setattr(Scope, "outcomes", counted)

    def work(stages: int) -> int:
        asked.clear()
        many = ", ".join(f"s{n}: {{t: {n}}}" for n in range(stages))
        value = "${self:custom.by.${sls:stage}.t}"
        listed = "".join(f"  f{n}: {{handler: a.b, timeout: '{value}'}}\n" for n in range(10))
        found = functions(f"{HEAD}custom: {{by: {{{many}}}}}\nfunctions:\n{listed}")
        assert told(found["f9"].timeout) == "it can be too many things"
        return asked["outcomes"]

    assert work(2_000) < 1.5 * work(200)


def test_a_thousand_functions() -> None:
    listed = "".join(f"  f{n}: {{handler: src/app.handler}}\n" for n in range(1_000))
    assert len(functions(f"{HEAD}functions:\n{listed}")) == 1_000


def test_files_are_only_read_in_the_repository() -> None:
    text = f"""{HEAD}
functions:
  f:
    handler: a.b
    environment:
      A: ${{file(/etc/hostname)}}
      B: ${{file(~/.netrc):x}}
      C: ${{file(../../up.yml):x}}
"""
    found = functions({"deep/serverless.yml": text, "up.yml": "x: 1"})["f"].environment
    assert not any(value.choices for value in found.variables.values())


def monorepo(services: int) -> Mapping[str, str]:
    files = {
        "shared/base.yml": "stage: dev\nvariables: {A: b}\nfunctions: {ping: {handler: src/ping.run}}\n"
    }
    for number in range(services):
        files[f"services/s{number}/serverless.yml"] = f"""\
service: s{number}
custom:
  base: ${{file(../../shared/base.yml)}}
provider:
  name: aws
  runtime: python3.13
  environment: ${{self:custom.base.variables}}
functions:
  - ${{file(../../shared/base.yml):functions}}
  - own:
      handler: src/own.run
      environment: {{NAME: "${{self:service}}-${{sls:stage}}"}}
      events: [{{sqs: !GetAtt Jobs.Arn}}]
resources:
  Resources:
    Jobs: {{Type: "AWS::SQS::Queue"}}
"""
    return files


def test_work_grows_with_the_number_of_services(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: Counter[str] = Counter()
    outcomes = Scope.outcomes

    def counted(self: Scope, node: Node) -> Any:
        asked["outcomes"] += 1
        return outcomes(self, node)

    monkeypatch.setattr(Scope, "outcomes", counted)

    def work(services: int) -> int:
        asked.clear()
        assert len(service(monorepo(services)).functions) == 2 * services
        return asked["outcomes"]

    assert work(80) <= 2.2 * work(40)


@pytest.mark.parametrize("names", [1, 3, 7, 25])
def test_long_addresses_that_lead_to_each_other(names: int) -> None:
    way = ".".join("abcdefghijklmnopqrstuvwxyz"[:names])
    inner = {f"v{n}": f"${{self:custom.{way}.v{n + 1}}}" for n in range(60)}
    custom: dict[str, Any] = inner
    for name in reversed(way.split(".")):
        custom = {name: custom}
    more = f"custom: {json.dumps(custom)}"
    assert isinstance(told(with_value(f"${{self:custom.{way}.v0}}", more=more).timeout), str)


@pytest.mark.parametrize("last", ["arn:aws:sqs:x:1:q", "${cf:s0-dev.Out}"])
def test_services_that_ask_each_other_in_a_long_chain(last: str) -> None:
    count = 200
    asked = [f"${{cf:s{number + 1}-dev.Out}}" for number in range(count - 1)] + [last]
    files = {
        f"s{number}/serverless.yml": f"""\
service: s{number}
provider: {{name: aws}}
functions: {{f: {{handler: a.b, events: [{{sqs: "{asks}"}}]}}}}
resources: {{Outputs: {{Out: {{Value: "{asks}"}}}}}}
"""
        for number, asks in enumerate(asked)
    }
    declared = service(files)
    assert not declared.problems
    assert len(declared.functions) == count


def test_a_service_is_composed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    composed: Counter[str] = Counter()
    compose = yaml._compose

    def counted(source: Any) -> Any:
        composed[source.path] += 1
        return compose(source)

    monkeypatch.setattr(yaml, "_compose", counted)
    files = dict(monorepo(5))
    files["services/s0/serverless.yml"] += "    P: {Type: 'AWS::Lambda::Permission'}\n"
    assert len(reading.read(MemoryTree(files), ()).functions) == 10
    read = {path: count for path, count in composed.items() if "services/" in path}
    assert set(read.values()) == {1}


def test_what_a_service_asks_for_a_value_stays_what_it_is() -> None:
    template = """\
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties: {Handler: a.b, Runtime: python3.13, CodeUri: .}
"""
    first = f"{HEAD}custom: {{seconds: 3}}\nfunctions: {{f: {{handler: a.b}}}}"
    second = f"""{HEAD}
functions:
  f:
    handler: a.b
    timeout: ${{file(../a/serverless.yml):custom.seconds}}
    runtime: ${{file(../template.yaml):Resources.F.Properties.Runtime}}
"""
    files = {"a/serverless.yml": first, "b/serverless.yml": second, "template.yaml": template}
    found = reading.read(MemoryTree(files), ()).functions
    assert sorted(one.template for one in found) == sorted(files)


def test_what_a_service_takes_in_is_no_template_of_its_own() -> None:
    part = """\
Resources:
  Inner:
    Type: AWS::Lambda::Function
    Properties: {Handler: a.b, Runtime: python3.13}
"""
    text = f'{HEAD}functions: {{f: {{handler: a.b}}}}\nresources: "${{file(part.yml)}}"\n'
    alone = reading.read(MemoryTree({"part.yml": part}), ())
    both = reading.read(MemoryTree({"part.yml": part, PATH: text}), ())
    assert [one.id for one in alone.functions] == ["part.yml#Inner"]
    assert {one.id for one in both.functions} == {f"{PATH}#FLambdaFunction", f"{PATH}#Inner"}
