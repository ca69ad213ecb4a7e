"""Policy documents as they are written: their elements, where actions stand, policy variables."""

from __future__ import annotations

from pathlib import Path

import pytest

from lamlint.model import Document, Role
from lamlint.text import Safety
from tests.checking import reader

TEMPLATE = """\
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      Code: {S3Bucket: example-bucket, S3Key: orders.zip}
      Runtime: python3.13
      Handler: app.handler
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - Effect: Allow
            Action: sts:AssumeRole
            Principal: {Service: lambda.amazonaws.com}
      Policies:
        - PolicyName: orders
          PolicyDocument:
"""


def role(folder: Path, policy: str) -> Role:
    """The role of a function with one policy, written as the lines of a document."""
    (folder / "lamlint.toml").touch()
    lines = "".join(f"            {line}\n" for line in policy.splitlines())
    (folder / "template.yaml").write_text(TEMPLATE + lines)
    (found,) = reader(folder, "malformed-policy")({}).project.roles
    return found


def identity(role: Role) -> Document:
    """The policy of what the role may do."""
    return next(document for document in role.documents if not document.trust)


def test_a_policy_keeps_the_keys_that_are_written(tmp_path: Path) -> None:
    found = identity(
        role(tmp_path, "Statements:\n- {Efect: Allow}\nStatement:\n- {Resources: '*'}")
    )
    assert list(found.elements) == ["Statements", "Statement"]
    assert [list(block.elements) for block in found.blocks] == [["Resources"]]


def test_the_version_that_holds_without_one_is_the_old_one(tmp_path: Path) -> None:
    found = identity(role(tmp_path, "Statement: []"))
    assert found.version.absent
    assert found.version.only == "2008-10-17"
    assert found.version.change("2012-10-17", "", Safety.UNSAFE) is not None


def test_the_trust_policy_is_one_of_the_documents(tmp_path: Path) -> None:
    found = role(tmp_path, "Statement: []")
    assert [document.trust for document in found.documents] == [False, True]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("'arn:aws:s3:::a/${aws:username}/*'", ["aws:username"]),
        ("!Sub 'arn:aws:s3:::a/${!aws:PrincipalTag/team}/*'", ["aws:PrincipalTag/team"]),
        ("!Sub 'arn:aws:s3:::a-${AWS::Region}/*'", []),
        ("'arn:aws:s3:::${Bucket}/*'", []),
    ],
)
def test_policy_variables_are_told_from_references(
    tmp_path: Path, text: str, names: list[str]
) -> None:
    found = identity(role(tmp_path, f"Statement: {{Effect: Allow, Resource: {text}}}"))
    assert list(found.variable_places) == names


def test_each_action_has_its_place(tmp_path: Path) -> None:
    found = role(tmp_path, "Statement:\n- Effect: Allow\n  Action:\n  - s3:Get*\n  - s3:*")
    (statement,) = found.statements
    spans = [statement.place(action) for action in statement.actions]
    text = (tmp_path / "template.yaml").read_text()
    assert [text[span.start : span.end] for span in spans] == ["s3:Get*", "s3:*"]


def test_a_renamed_key_is_an_edit_of_the_key_alone(tmp_path: Path) -> None:
    found = identity(role(tmp_path, "Statement: {Effect: Allow, Resources: '*'}"))
    fix = found.blocks[0].elements["Resources"].change("Resource", "", Safety.SAFE)
    assert fix is not None
    text = (tmp_path / "template.yaml").read_text()
    (edit,) = fix.edits
    assert text[edit.span.start : edit.span.end] == "Resources"
    assert edit.text == "Resource"
