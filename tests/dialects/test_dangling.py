"""References to nothing: which are told, and in which templates none can be known."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checking import reader

HEAD = 'AWSTemplateFormatVersion: "2010-09-09"\n'
FUNCTION = """\
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      InlineCode: "def handler(event, context): ..."
      Role: {role}
      Events:
        Nightly: {{Type: Schedule, Properties: {{Schedule: rate(1 day)}}}}
  Api:
    Type: AWS::Serverless::Api
    Properties: {{StageName: live}}
"""


def names(folder: Path, text: str) -> list[str]:
    """The names under which nothing is declared."""
    (folder / "lamlint.toml").touch()
    (folder / "template.yaml").write_text(text)
    return [one.name for one in reader(folder, "dead-wiring")({}).project.dangling]


@pytest.mark.parametrize(
    "role",
    [
        "!Ref Nothing",
        "{Ref: Nothing}",
        "!GetAtt Nothing.Arn",
        "{'Fn::GetAtt': [Nothing, Arn]}",
        "!Sub '${Nothing.Arn}'",
        "!Sub ['${Name}', {Name: !Ref Nothing}]",
        "!If [Never, !Ref Nothing, !Ref Api]",
        "!Ref OrdersTable",
    ],
)
def test_a_reference_in_any_form_is_told(tmp_path: Path, role: str) -> None:
    found = names(tmp_path, f"{HEAD}Resources:\n{FUNCTION.format(role=role)}")
    assert [one.partition(".")[0] for one in found] in (["Nothing"], ["OrdersTable"])


@pytest.mark.parametrize(
    "role",
    [
        "!Ref Api",
        "!Sub '${AWS::AccountId}'",
        "!Sub '${!Nothing}'",
        "!Sub ['${Name}', {Name: role}]",
        "!Ref AWS::NoValue",
        "!GetAtt OrdersRole.Arn",
        "!Ref OrdersAliaslive",
        "!Ref OrdersVersion1a2b3c4d5e",
        "!Ref OrdersNightly",
        "!Ref OrdersNightlyPermission",
        "!Ref ApiliveStage",
        "!Ref ServerlessRestApi",
        "!Ref ServerlessHttpApi",
        "!GetAtt HelloLambdaFunction.Arn",
        "!Ref ApiGatewayRestApi",
        "arn:aws:iam::123456789012:role/Nothing",
    ],
)
def test_what_is_declared_or_made_is_there(tmp_path: Path, role: str) -> None:
    assert names(tmp_path, f"{HEAD}Resources:\n{FUNCTION.format(role=role)}") == []


RESOURCES = f"Resources:\n{FUNCTION.format(role='!Ref Nothing')}"


@pytest.mark.parametrize(
    "text",
    [
        RESOURCES,
        f"{HEAD}Transform: [AWS::Serverless-2016-10-31, Own]\n{RESOURCES}",
        f"{HEAD}Transform: {{Name: AWS::Include, Parameters: {{Location: s3://a/b}}}}\n{RESOURCES}",
        f"{HEAD}{RESOURCES}  Fn::Transform: {{Name: Own}}\n",
        f"{HEAD}Transform: AWS::LanguageExtensions\n{RESOURCES}"
        "  Fn::ForEach::Roles: [Name, !Ref Names, {'${Name}': {Type: AWS::IAM::Role}}]\n",
        f"{HEAD}{RESOURCES}  Part:\n    Type: My::Own::Part::MODULE\n".replace(
            "Nothing", "PartRole"
        ),
        f"{HEAD}{RESOURCES}  # {{% include 'roles' %}}\n",
    ],
    ids=["part", "macro", "include", "transform", "loop", "module", "templating"],
)
def test_nothing_is_known_where_names_may_be_added(tmp_path: Path, text: str) -> None:
    assert names(tmp_path, text) == []


def test_a_name_that_is_meant_is_found(tmp_path: Path) -> None:
    names(tmp_path, f"{HEAD}Resources:\n{FUNCTION.format(role='!Ref Oders')}")
    (found,) = reader(tmp_path, "dead-wiring")({}).project.dangling
    assert found.near == "Orders"


POLICY = """\
  Rights:
    Type: {kind}
    Properties:
      PolicyDocument:
        Statement: {{Effect: Allow, Action: "sqs:*", Resource: !GetAtt {name}.Arn}}
"""


@pytest.mark.parametrize(
    "kind",
    ["AWS::IAM::ManagedPolicy", "AWS::IAM::Policy", "AWS::IAM::Role", "AWS::SQS::QueuePolicy"],
)
def test_what_a_policy_is_about_is_there_or_told(tmp_path: Path, kind: str) -> None:
    for name, found in (("Work", ["Work.Arn"]), ("Api", [])):
        policy = POLICY.format(kind=kind, name=name)
        text = f"{HEAD}Resources:\n{FUNCTION.format(role='!Ref Api')}{policy}"
        assert names(tmp_path, text) == found
