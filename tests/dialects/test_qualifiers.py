"""A function has a URL and a configuration of asynchronous invocations for each qualifier."""

from __future__ import annotations

from datetime import date

from lamlint.catalog import Catalog
from lamlint.model import Function
from lamlint.project import build
from tests.memory import MemoryTree

PLAIN = """\
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Handler: index.handler, Runtime: python3.13, DeadLetterConfig: {TargetArn: dead}}
  Open:
    Type: AWS::Lambda::Url
    Properties: {TargetFunctionArn: !Ref Orders, AuthType: NONE}
  Closed:
    Type: AWS::Lambda::Url
    Properties: {TargetFunctionArn: !Ref Orders, AuthType: AWS_IAM, Qualifier: live}
  Unpublished:
    Type: AWS::Lambda::EventInvokeConfig
    Properties: {FunctionName: !Ref Orders, Qualifier: $LATEST, MaximumRetryAttempts: 0}
  Live:
    Type: AWS::Lambda::EventInvokeConfig
    Properties:
      FunctionName: !Ref Orders
      Qualifier: live
      MaximumRetryAttempts: 2
      DestinationConfig: {OnFailure: {Destination: arn:aws:sqs:eu-west-1:123456789012:failed}}
"""
SAM = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      Runtime: python3.13
      CodeUri: src
      AutoPublishAlias: live
      FunctionUrlConfig: {AuthType: NONE}
      EventInvokeConfig: {MaximumRetryAttempts: 1}
  Open:
    Type: AWS::Lambda::Url
    Properties: {TargetFunctionArn: !Ref Orders, AuthType: AWS_IAM}
"""


def function(template: str) -> Function:
    tree = MemoryTree({"template.yaml": template})
    (found,) = build(tree, ("",), Catalog(), date(2026, 11, 23)).functions
    return found


def test_each_url_is_kept() -> None:
    found = [(url.qualifier.only, url.auth.only) for url in function(PLAIN).urls]
    assert found == [("$LATEST", "NONE"), ("live", "AWS_IAM")]


def test_each_configuration_of_asynchronous_invocations_is_kept() -> None:
    orders = function(PLAIN)
    found = [(one.qualifier.only, one.retries.only) for one in orders.asynchronous]
    assert found == [("$LATEST", 0), ("live", 2)]
    assert [one.on_failure.known for one in orders.asynchronous] == [False, True]
    assert orders.dead_letter.only == "dead"


def test_sam_attaches_both_to_the_alias_that_it_publishes() -> None:
    orders = function(SAM)
    found = [(url.qualifier.only, url.auth.only) for url in orders.urls]
    assert found == [("live", "NONE"), ("$LATEST", "AWS_IAM")]
    assert [(one.qualifier.only, one.retries.only) for one in orders.asynchronous] == [("live", 1)]


def test_a_function_of_sam_without_an_alias_has_them_unpublished() -> None:
    orders = function(SAM.replace("      AutoPublishAlias: live\n", ""))
    assert {url.qualifier.only for url in orders.urls} == {"$LATEST"}
    assert {one.qualifier.only for one in orders.asynchronous} == {"$LATEST"}


def test_what_is_not_configured_is_not_there() -> None:
    plain = "\n".join(PLAIN.splitlines()[:4])
    assert function(plain).urls == ()
    assert function(plain).asynchronous == ()
