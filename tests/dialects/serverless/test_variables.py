"""What variables of a service come out as."""

from __future__ import annotations

import pytest

from lamlint.model import Origin
from tests.dialects.serverless.reading import functions, told, with_value

CUSTOM = """\
custom:
  seconds: 7
  nothing:
  words: {a: 1, b: [4, 5]}
  again: ${self:custom.seconds}
  round: ${self:custom.about}
  about: ${self:custom.round}
  stage: ${opt:stage, self:provider.stage, 'dev'}
  by: {dev: 8, prod: 9, default: 3}
  name: by
"""
FILES = {
    "config/dev.yml": "seconds: 20\n",
    "config/prod.yml": "seconds: 30\n",
    "config/all.json": '{"seconds": 40, "again": "${self:custom.seconds}"}',
    "code.js": "module.exports = 3",
    "broken.yml": "a: [",
}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("5", [5]),
        ("${self:custom.seconds}", [7]),
        ("${self:custom.again}", [7]),
        ("${self:custom.words.b.1}", [5]),
        ("'${ self: custom.seconds }'", [7]),
        ("'${opt:seconds,self: custom.seconds}'", [7]),
        ("${{self:custom.seconds}}", "its variables are in a syntax of the service's own"),
        ("${self:custom.none, 12}", [12]),
        ("${self:custom.nothing, 12}", [12]),
        ("${self:custom.none, self:custom.seconds}", [7]),
        ("${self:custom.none, ${self:custom.none, ${self:custom.seconds}}}", [7]),
        ("${self:custom.${self:custom.name}.dev}", [8]),
        ("${opt:seconds, 13}", [13]),
        ("${opt:seconds, '13'}", [13]),
        ("${env:SECONDS, 14}", [14]),
        ("${param:seconds, 15}", [15]),
        ("1${self:custom.seconds}", [17]),
        ("${self:custom.by.${opt:stage, 'dev'}}", [8, 9]),
        ("${self:custom.by.${sls:stage}}", [8, 9]),
        ("${self:custom.by.${self:custom.stage}}", [8, 9]),
        ("${self:custom.by.${self:provider.stage}, self:custom.by.default}", [8, 9, 3]),
        ("${self:custom.by.${opt:stage}}", [8, 9]),
        ("${file(config/all.json):seconds}", [40]),
        ("${file(./config/all.json):again}", [7]),
        ("${file(config/${sls:stage}.yml):seconds}", [20, 30]),
        ("${file(config/${opt:stage, 'prod'}.yml):seconds}", [30, 20]),
        ("${file(config/none.yml):seconds, 16}", [16]),
        ("${file(broken.yml):seconds, 16}", "broken.yml is no YAML"),
        ("${file(code.js):seconds}", "it is code, or no YAML"),
        (
            "${file(../outside.yml):seconds}",
            "../outside.yml cannot be read: no such file or directory",
        ),
        ("${self:custom.round}", "it refers to itself"),
        ("${self:custom.none}", "nothing is written there"),
        ("${opt:seconds}", "the option seconds is not given"),
        ("${env:SECONDS}", "variables of the environment are not read"),
        ("${param:seconds}", "the parameter seconds is not set here"),
        ("${ssm:/seconds}", "it is a parameter in SSM"),
        ("${ssm:/seconds, 3}", "it is a parameter in SSM"),
        ("${cf:other-dev.Seconds}", "it is an output of another stack"),
        ("${s3:bucket/key}", "it is an object in S3"),
        ("${aws:accountId}", "it is known only when the service is deployed"),
        ("${mine:seconds}", "mine is a source that is not read"),
        ("${self:custom.by.${env:STAGE}}", [8, 9, 3]),
    ],
)
def test_what_a_variable_is(expression: str, expected: object) -> None:
    assert told(with_value(expression, more=CUSTOM, files=FILES).timeout) == expected


@pytest.mark.parametrize(
    "text",
    ["${", "${self:custom", "${self:${self:", "a ${AWS::Region}", "${Queue.Arn}", "${}", "${,}"],
)
def test_what_is_no_variable_is_text(text: str) -> None:
    assert told(with_value(f'"{text}"').timeout) == [text]


def test_a_file_may_be_named_from_a_folder_above() -> None:
    text = """\
service: s
provider: {name: aws}
functions: {f: {handler: a.b, timeout: "${file(common.yml):seconds}"}}
"""
    found = functions({"services/a/serverless.yml": text, "common.yml": "seconds: 8\n"})
    assert told(found["f"].timeout) == [8]


PARAMETERS = """\
params:
  default: {seconds: 3, other: 1}
  prod: {seconds: 60}
stages:
  prod: {params: {seconds: 90}}
  staging: {params: {seconds: 45}}
"""


@pytest.mark.parametrize(
    ("name", "expected"), [("seconds", {90, 45, 3}), ("other", {1}), ("none", set())]
)
def test_parameters_are_of_stages(name: str, expected: set[int]) -> None:
    timeout = with_value(f"${{param:{name}}}", more=PARAMETERS).timeout
    assert {choice.value for choice in timeout.choices} == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{path: shop, params: {seconds: 9}}", [9]),
        ("{path: ./shop, params: {seconds: '${other.seconds}'}}",
         "it is given to the service where several are deployed together"),
        ("{path: other, params: {seconds: 9}}", [3]),
        ("{path: shop}", [3]),
    ],
)  # fmt: skip
def test_parameters_are_given_where_several_services_are_deployed(
    written: str, expected: object
) -> None:
    text = """\
service: shop
provider: {name: aws, runtime: python3.13}
functions:
  one: {handler: app.handler, timeout: "${param:seconds, 3}"}
"""
    files = {"shop/serverless.yml": text, "serverless-compose.yml": f"services:\n  s: {written}\n"}
    assert told(functions(files)["one"].timeout) == expected


def test_stages_of_one_service_are_judged_together() -> None:
    text = """\
service: shop
provider: {name: aws, runtime: python3.13, stage: "${opt:stage, 'dev'}"}
custom:
  seconds: {dev: 3, prod: 900}
  memory: {dev: 128, prod: 3008}
functions:
  one:
    handler: app.handler
    timeout: ${self:custom.seconds.${sls:stage}}
    memorySize: ${self:custom.memory.${self:provider.stage}}
"""
    one = functions(text)["one"]
    together = {(choice.value, one.memory.where(choice).only) for choice in one.timeout.choices}
    assert together == {(3, 128), (900, 3008)}


@pytest.mark.parametrize(
    ("expression", "place", "origin"),
    [
        ("5", "5", Origin.WRITTEN),
        ("${opt:seconds, 13}", "13", Origin.WRITTEN),
        ("\"${opt:seconds, '13'}\"", "'13'", Origin.WRITTEN),
        ("${self:custom.seconds}", "7", Origin.INHERITED),
    ],
)
def test_where_a_value_stands(expression: str, place: str, origin: Origin) -> None:
    one = with_value(expression, more=CUSTOM)
    (choice,) = one.timeout.choices
    assert choice.slot is not None
    text = f"""\
service: shop
provider: {{name: aws, runtime: python3.13}}
functions:
  one:
    handler: app.handler
    timeout: {expression}
{CUSTOM}"""
    assert text[choice.span.start : choice.span.end] == place
    assert choice.origin is origin
