"""Loops and includes, wherever in a template they stand."""

from __future__ import annotations

from datetime import date

from lamlint.catalog import Catalog
from lamlint.model import Function
from lamlint.project import build
from tests.memory import MemoryTree


def functions(template: str, **files: str) -> tuple[Function, ...]:
    more = {name.replace("__", "."): text for name, text in files.items()}
    tree = MemoryTree({"template.yaml": template, **more})
    return build(tree, (), Catalog(), date(2026, 11, 23)).functions


INCLUDED = """\
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      Fn::Transform: {Name: AWS::Include, Parameters: {Location: LOCATION}}
"""


def test_an_include_inside_properties() -> None:
    template = INCLUDED.replace("LOCATION", "./shared.yaml")
    (function,) = functions(template, shared__yaml="Runtime: python3.13\nTimeout: 20\n")
    assert (function.runtime.only, function.timeout.only) == ("python3.13", 20)
    assert function.timeout.choices[0].span.path == "shared.yaml"
    assert function.memory.absent


def test_an_include_that_cannot_be_read_leaves_all_else_unknown() -> None:
    for location in (
        "s3://bucket/shared.yaml",
        "missing.yaml",
        "../../outside.yaml",
        "/etc/passwd",
    ):
        (function,) = functions(INCLUDED.replace("LOCATION", location))
        assert function.handler.only == "app.handler"
        assert not function.timeout.choices


ENVIRONMENT = """\
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Environment:
        Variables:
          OWN: here
          Fn::Transform: {Name: AWS::Include, Parameters: {Location: LOCATION}}
"""


def test_an_include_in_the_environment() -> None:
    template = ENVIRONMENT.replace("LOCATION", "names.yaml")
    (function,) = functions(template, names__yaml="TABLE: orders\n")
    found = function.environment.variables
    assert {name: value.only for name, value in found.items()} == {"OWN": "here", "TABLE": "orders"}
    assert function.environment.complete


def test_an_unread_include_makes_the_environment_incomplete() -> None:
    (function,) = functions(ENVIRONMENT.replace("LOCATION", "s3://bucket/names.yaml"))
    assert list(function.environment.variables) == ["OWN"]
    assert not function.environment.complete


def test_an_include_in_place_of_all_variables() -> None:
    template = ENVIRONMENT.replace("LOCATION", "names.yaml").replace("          OWN: here\n", "")
    (function,) = functions(template, names__yaml="TABLE: orders\n")
    assert function.environment.variables["TABLE"].only == "orders"


LOOP = """\
Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
Parameters:
  Tables: {Type: CommaDelimitedList, Default: "Orders,Users"}
  Given: {Type: CommaDelimitedList}
Resources:
  OrdersTable: {Type: AWS::Serverless::SimpleTable}
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Environment:
        Variables:
          Fn::ForEach::Names:
            - Table
            - !Ref LIST
            - ${Table}_TABLE: {Ref: !Sub "${Table}Table"}
              ${Table}_NAME: !Ref Table
"""


def test_a_loop_over_a_default_inside_the_environment() -> None:
    (function,) = functions(LOOP.replace("LIST", "Tables"))
    assert list(function.environment.variables) == [
        "Orders_TABLE",
        "Orders_NAME",
        "Users_TABLE",
        "Users_NAME",
    ]
    assert function.environment.variables["Users_NAME"].only == "Users"
    assert function.environment.complete


def test_a_loop_over_an_unknown_list_makes_the_environment_incomplete() -> None:
    (function,) = functions(LOOP.replace("LIST", "Given"))
    assert not function.environment.variables
    assert not function.environment.complete


def test_loops_in_loops() -> None:
    made = functions(
        """\
Resources:
  Fn::ForEach::Stages:
    - Stage
    - [Dev, Prod]
    - Fn::ForEach::Names:
        - Name
        - [Orders, Users]
        - ${Stage}${Name}:
            Type: AWS::Serverless::Function
            Properties:
              Handler: !Sub "${Name}.handler"
              Environment: {Variables: {STAGE: !Ref Stage}}
"""
    )
    assert [one.name for one in made] == ["DevOrders", "DevUsers", "ProdOrders", "ProdUsers"]
    assert [one.handler.only for one in made] == ["Orders.handler", "Users.handler"] * 2
    assert made[2].environment.variables["STAGE"].only == "Prod"


def test_loops_without_end_stay_as_they_are() -> None:
    hundred = ", ".join(f"a{number}" for number in range(100))
    body = "{${A}${B}${C}: {Type: AWS::Serverless::Function, Properties: {}}}"
    for name in "ABC":
        body = f"{{Fn::ForEach::{name}: [{name}, [{hundred}], {body}]}}"
    assert functions(f"Resources: {body}\n") == ()
