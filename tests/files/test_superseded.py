"""Copies that newer ones lie beside are no deployed code; versions of an API are."""

from __future__ import annotations

import pytest

from lamlint.files.superseded import Superseded
from tests.memory import MemoryTree


def kept(*paths: str, more: dict[str, str] | None = None) -> set[str]:
    """The files of a project that lie in superseded copies."""
    tree = MemoryTree({**dict.fromkeys(paths, ""), **(more or {})})
    found = Superseded(tree)
    return {path for path in paths if found.holds(path)}


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("v0.1/app.py", "v0.2/app.py"),
        ("Version-1.1/a.template", "Version-2.0/b.template"),
        ("releases/v1.9/t.yaml", "releases/v1.10/t.yaml"),
        ("lambdas/v0.1/hook/index.py", "lambdas/hook/index.py"),
        ("full_v0.2.json", "full.json"),
        ("full-1.0.3.json", "full.json"),
        ("infra/template-old.yaml", "infra/template.yaml"),
        ("template.old.yaml", "template.yaml"),
        ("orders_bak.py", "orders.py"),
        ("template-backup.yaml", "template.yaml"),
        ("src/lambda_function_copy.py", "src/lambda_function.py"),
        ("template copy.yaml", "template.yaml"),
        ("shop-extracted/app.py", "app.py"),
        ("src/orders_unzipped/orders.py", "src/orders.py"),
        ("lambdas/pay-extract-temp/pay.py", "lambdas/pay.py"),
        ("lambdas/pay-temp/pay.py", "lambdas/pay.py"),
        ("code-from-s3/app.py", "app.py"),
    ],
)
def test_the_older_one_of_two(older: str, newer: str) -> None:
    assert kept(older, newer) == {older}
    assert kept(older) == set()


@pytest.mark.parametrize(
    "paths",
    [
        ("v1/app.py", "v2/app.py"),
        ("api/v1/t.yaml", "api/v2/t.yaml"),
        ("python/3.11/t.yaml", "python/3.12/t.yaml"),
        ("rds.yaml", "rds-backup.yaml"),
        ("s3.py", "s3_copy.py"),
        ("threshold.py", "thresh.py"),
        ("orders.py", "orders_v2.py"),
        ("orders_bold.py", "orders.py"),
        ("template-old.yaml", "template.json"),
        ("v1.0/app.py", "v2/app.py"),
        ("shop-extracted/app.py", "shop/app.py"),
        ("extracted/data.json", "data.json"),
        ("extractors/app.py", "app.py"),
        ("feature-extraction/app.py", "app.py"),
        ("contemp/app.py", "app.py"),
    ],
)
def test_others_stand_side_by_side(paths: tuple[str, ...]) -> None:
    assert kept(*paths) == set()


@pytest.mark.parametrize(
    ("naming", "text"),
    [
        ("deploy.sh", "sam deploy -t template-old.yaml\n"),
        ("Makefile", "old:\n\tsam deploy -t template-old.yaml\n"),
        ("parent.yaml", "TemplateURL: ./template-old.yaml\n"),
    ],
)
def test_what_something_names_is_deployed(naming: str, text: str) -> None:
    assert kept("template-old.yaml", "template.yaml", more={naming: text}) == set()


def test_what_a_template_has_for_code_is_no_copy() -> None:
    more = {"template.yaml": "CodeUri: shop-extracted\n"}
    assert kept("shop-extracted/app.py", "app.py", more=more) == set()


def test_a_longer_word_names_nothing_else() -> None:
    paths = "pay-temp/pay.py", "pay.py"
    assert kept(*paths, more={"deploy.sh": "aws s3 cp f s3://pay-template/f\n"}) == {paths[0]}
    assert kept(*paths, more={"deploy.sh": "cd pay-temp; zip -r ../a.zip .\n"}) == set()


def test_what_is_only_written_about_is_not() -> None:
    more = {"CHANGELOG.md": "template-old.yaml is no longer used, nor v0.1/\n"}
    assert kept("template-old.yaml", "template.yaml", more=more) == {"template-old.yaml"}


def test_a_version_that_a_script_deploys_stays() -> None:
    more = {"deploy.sh": "cd v1.0/src && ./deploy\n"}
    assert kept("v1.0/t.yaml", "v1.1/t.yaml", more=more) == set()


def test_what_is_unpacked_beside_its_original_is_known_as_such() -> None:
    paths = "shop-extracted/deep/app.py", "shop-extracted/app.py", "app.py", "v1.0/app.py"
    found = Superseded(MemoryTree(dict.fromkeys(paths, "")))
    assert {path for path in paths if found.is_unpacked(path)} == set(paths[:2])
    assert found.holds("v1.0/app.py")
