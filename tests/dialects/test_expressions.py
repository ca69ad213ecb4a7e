"""What expressions of templates come out as."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint.catalog import Catalog
from lamlint.model import Function, Value
from lamlint.project import build
from tests.memory import MemoryTree

HEAD = """\
Parameters:
  Stage: {Type: String, Default: dev}
  Size: {Type: Number, AllowedValues: [128, 256]}
  Table: {Type: String}
  Zones: {Type: CommaDelimitedList, Default: "a, b"}
  Secret: {Type: "AWS::SSM::Parameter::Value<String>", Default: /x}
Mappings:
  Limits:
    dev: {Time: 30}
    prod: {Time: 60}
Conditions:
  Big: !Equals [!Ref Stage, prod]
Resources:
  Uploads:
    Type: AWS::S3::Bucket
    Properties: {BucketName: !Sub "${AWS::StackName}-uploads"}
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      Environment:
        Variables:
"""


def functions(template: str) -> tuple[Function, ...]:
    tree = MemoryTree({"template.yaml": template})
    return build(tree, (), Catalog(), date(2026, 11, 23)).functions


def variable(expression: str) -> Value[str]:
    (function,) = functions(f"{HEAD}          X: {expression}\n")
    return function.environment.variables["X"]


def values(expression: str) -> list[str]:
    return [choice.value for choice in variable(expression).choices]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("!Ref Stage", ["dev"]),
        ("{Ref: Stage}", ["dev"]),
        ("!Ref Size", ["128", "256"]),
        ("!Sub '${Stage}-${!x}'", ["dev-${x}"]),
        ("!Sub ['${a}-${Size}', {a: !Ref Stage}]", ["dev-128", "dev-256"]),
        ("!Join ['-', [x, !Ref Stage, !Ref 'AWS::NoValue']]", ["x-dev"]),
        ("!Join ['+', !Ref Zones]", ["a+b"]),
        ("!Select [1, !Split ['/', 'a/b/c']]", ["b"]),
        ("!Select [0, !Ref Zones]", ["a"]),
        ("!If [Big, one, two]", ["one", "two"]),
        ("!FindInMap [Limits, !Ref Stage, Time]", ["30"]),
        ("!FindInMap [Limits, !Ref 'AWS::Region', Time]", ["30", "60"]),
        ("!FindInMap [Nothing, a, b, {DefaultValue: 7}]", ["7"]),
        ("0123", ["0123"]),
        ("!Ref Table", []),
        ("!Ref Secret", []),
        ("!GetAtt Uploads.Arn", []),
        ("!ImportValue shared", []),
        ("'{{resolve:secretsmanager:x}}'", []),
    ],
)
def test_expressions(expression: str, expected: list[str]) -> None:
    assert values(expression) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("!Ref Uploads", "!GetAtt Uploads.Arn"),
        ("!Ref Uploads", "!Sub '${AWS::StackName}-uploads'"),
        ("!Ref Uploads", "!Sub '${Uploads}'"),
        ("!Ref Table", "!Sub '${Table}'"),
        ("arn:aws:sqs:eu-west-1:123456789012:orders", "orders"),
        ("!Sub 'https://sqs.${AWS::Region}.amazonaws.com/${AWS::AccountId}/orders'", "orders"),
    ],
)
def test_what_means_the_same_has_a_common_target(one: str, other: str) -> None:
    assert variable(one).targets & variable(other).targets


def test_different_things_have_none() -> None:
    assert not variable("!Ref Uploads").targets & variable("!Ref Table").targets


def test_samconfig_overrides_parameters() -> None:
    config = (
        '[default.deploy.parameters]\nparameter_overrides = "Stage=test Table=\\"my table\\""\n'
    )
    template = f"{HEAD}          X: !Ref Stage\n          Y: !Ref Table\n"
    tree = MemoryTree({"template.yaml": template, "samconfig.toml": config})
    (function,) = build(tree, (), Catalog(), date(2026, 11, 23)).functions
    assert function.environment.variables["X"].only == "test"
    assert function.environment.variables["Y"].only == "my table"
    (choice,) = function.environment.variables["X"].choices
    assert config[choice.span.start : choice.span.end] == "test"
    assert choice.slot is None


def test_loops_make_functions() -> None:
    made = functions(
        """\
Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
Resources:
  Fn::ForEach::Each:
    - Name
    - [Orders, Users]
    - ${Name}Function:
        Type: AWS::Serverless::Function
        Properties:
          Runtime: python3.13
          Handler: !Sub ${Name}.handler
          CodeUri: ${Name}/
"""
    )
    assert [function.name for function in made] == ["OrdersFunction", "UsersFunction"]
    assert [function.handler.only for function in made] == ["Orders.handler", "Users.handler"]
    assert [function.code.uri.only for function in made] == ["Orders/", "Users/"]


def test_nested_stacks_bind_parameters() -> None:
    tree = MemoryTree(
        {
            "template.yaml": """\
Resources:
  Child:
    Type: AWS::Serverless::Application
    Properties:
      Location: child/template.yaml
      Parameters: {Wait: 20, Runtime: python3.13}
""",
            "child/template.yaml": """\
Parameters: {Wait: {Type: Number}}
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties: {Timeout: !Ref Wait}
""",
        }
    )
    (function,) = build(tree, (), Catalog(), date(2026, 11, 23)).functions
    assert function.timeout.only == 20


def test_aliases_are_not_unfolded() -> None:
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40)]
    template = "\n".join(lines) + "\n" + HEAD + "          X: !Join ['', *a39]\n"
    (function,) = functions(template)
    assert not function.environment.variables["X"].choices
