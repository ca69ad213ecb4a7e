"""What a handler string means: each of its choices, and what a wrapping library calls."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint.catalog import Catalog
from lamlint.project import build
from tests.memory import MemoryTree

HANDLER = "def handler(event, context):\n    return event\n"
FUNCTION = """\
Transform: AWS::Serverless-2016-10-31
Parameters:
  Traced: {{Type: String, Default: "true", AllowedValues: ["true", "false"]}}
  Entry: {{Type: String, AllowedValues: [one.handler, two.handler]}}
  Stage: {{Type: String, AllowedValues: [dev, prod]}}
Conditions:
  On: !Equals [!Ref Traced, "true"]
Mappings:
  Entries:
    dev: {{handler: one.handler}}
    prod: {{handler: two.handler}}
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: {code}
      Handler: {handler}
      Runtime: python3.13
      Environment: {{Variables: {{{variables}}}}}
"""
FILES = {"app/one.py": HANDLER, "app/two.py": HANDLER}


def run(handler: str, variables: str = "", code: str = "app/") -> list[str]:
    """The files with the handlers that the template names."""
    text = FUNCTION.format(handler=handler, variables=variables, code=code)
    built = build(
        MemoryTree({"template.yaml": text, **FILES}), ("",), Catalog(), date(2026, 11, 23)
    )
    return sorted(one.module.path for one in built.handlers if not one.by_signature)


@pytest.mark.parametrize(
    "handler",
    [
        "!If [On, one.handler, two.handler]",
        "!Ref Entry",
        "!FindInMap [Entries, !Ref Stage, handler]",
        "!If [On, !Ref Entry, two.handler]",
    ],
)
def test_each_choice_is_a_handler(handler: str) -> None:
    assert run(handler) == ["app/one.py", "app/two.py"]


def test_a_choice_that_is_not_here_hides_no_other() -> None:
    assert run("!If [On, one.handler, three.handler]") == ["app/one.py"]


WRAPPED = [
    ("datadog_lambda.handler.handler", "DD_LAMBDA_HANDLER"),
    ("newrelic_lambda_wrapper.handler", "NEW_RELIC_LAMBDA_HANDLER"),
    ("sentry_sdk.integrations.init_serverless_sdk.sentry_lambda_handler", "SENTRY_INITIAL_HANDLER"),
    ("epsagon.wrapper", "EPSAGON_HANDLER"),
    ("lumigo_tracer.lambda_handler", "LUMIGO_ORIGINAL_HANDLER"),
    ("otel_wrapper.lambda_handler", "ORIG_HANDLER"),
    ("instana.lambda_handler", "LAMBDA_HANDLER"),
    ("thundra.handler.wrapper", "THUNDRA_AGENT_LAMBDA_HANDLER"),
]


@pytest.mark.parametrize("code", ["app/", "s3://releases/app.zip"])
@pytest.mark.parametrize(("handler", "variable"), WRAPPED)
def test_a_wrapper_runs_what_a_variable_names(handler: str, variable: str, code: str) -> None:
    assert run(handler, f"{variable}: one.handler", code) == ["app/one.py"]
    assert run(handler, f"OTHER: one.handler, {variable}: three.handler", code) == []


@pytest.mark.parametrize(("handler", "variable"), WRAPPED)
def test_the_variable_of_another_library_names_nothing(handler: str, variable: str) -> None:
    other = next(one for _, one in WRAPPED if one != variable)
    assert run(handler, f"{other}: one.handler") == []
    assert run("two.handler", f"{variable}: one.handler") == ["app/two.py"]


def test_a_wrapper_may_be_one_of_the_choices() -> None:
    handler = "!If [On, newrelic_lambda_wrapper.handler, two.handler]"
    variable = "NEW_RELIC_LAMBDA_HANDLER: one.handler"
    assert run(handler, variable) == ["app/one.py", "app/two.py"]
    assert run(handler, variable.replace("one", "two")) == ["app/two.py"]
    assert run(handler, "NEW_RELIC_LAMBDA_HANDLER: !Ref Entry") == ["app/one.py", "app/two.py"]


SERVICE = """\
service: shop
provider: {{name: aws, runtime: python3.13}}
package: {{artifact: package.zip}}
functions:
  one: {{handler: {first}}}
  two: {{handler: {second}}}
"""
OTHER = "def look(event, context):\n    return event\n\n\ndef other(event, context):\n    return event\n"


def by_signature(first: str, second: str, files: dict[str, str]) -> list[str]:
    """The functions that are taken for handlers by their signatures."""
    service = SERVICE.format(first=first, second=second)
    tree = MemoryTree({"serverless.yml": service, **files})
    built = build(tree, ("",), Catalog(), date(2026, 11, 23))
    return sorted(f"{one.module.path}:{one.name}" for one in built.handlers if one.by_signature)


LISTED = {"shop/a.py": OTHER, "shop/b.py": OTHER, "shop/c.py": OTHER}


def test_what_is_named_of_a_package_one_by_one_is_all_that_runs_of_it() -> None:
    assert by_signature("shop.a.look", "shop.b.look", LISTED) == []


@pytest.mark.parametrize(
    ("first", "second", "files", "expected"),
    [
        ("shop.a.look", "elsewhere.handler", LISTED, ["shop/a.py:other", "shop/b.py:look"]),
        ("shop.a.look", "shop.b.look", {**LISTED, "jobs/d.py": OTHER}, ["jobs/d.py:look"]),
        (
            "shop.a.look",
            "shop.b.look",
            {**LISTED, "shop/d.py": HANDLER},
            ["shop/d.py:handler"],
        ),
    ],
    ids=["only one is named", "another folder", "what calls itself a handler"],
)
def test_what_lies_beside_may_run(
    first: str, second: str, files: dict[str, str], expected: list[str]
) -> None:
    assert set(expected) <= set(by_signature(first, second, files))


INLINE = """\
Resources:
  Look:
    Type: AWS::Lambda::Function
    Properties:
      Handler: index.look
      Runtime: python3.13
      Role: arn:aws:iam::123456789012:role/look
      Code:
        ZipFile: |
"""


@pytest.mark.parametrize(("more", "expected"), [("", False), ("\n\nCOUNT = 1\n", True)])
def test_a_readable_copy_of_what_a_template_holds_runs_with_it(more: str, expected: bool) -> None:
    text = INLINE + "".join(f"          {line}\n".rstrip(" ") for line in OTHER.splitlines())
    tree = MemoryTree({"template.yaml": text, "src/look.py": OTHER + more})
    built = build(tree, ("",), Catalog(), date(2026, 11, 23))
    found = {(one.module.path, one.by_signature) for one in built.handlers}
    assert (("src/look.py", True) in found) is expected
    assert any(not by_signature for _, by_signature in found)
