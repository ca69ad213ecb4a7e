"""A folder that is not there is excused by the steps of its own project's build alone."""

from __future__ import annotations

import pytest

from lamlint.dialects.build_steps import is_built
from tests.memory import MemoryTree

PATH = "shop/orders/src/lambda"
TEMPLATE = "shop/orders/template.yaml"
MAKES = "mkdir -p src/lambda\n"
NEAR = [
    "shop/orders/Makefile",
    "shop/orders/src/Makefile",
    "shop/orders/build.sh",
    "shop/orders/scripts/build.sh",
    "shop/orders/tools/ci/build.sh",
    "shop/Makefile",
    "shop/scripts/build.sh",
    "shop/deployment/build.sh",
    "Makefile",
    "build.sh",
    "scripts/build.sh",
    ".github/workflows/build.yml",
]
FAR = [
    "shop/returns/Makefile",
    "shop/returns/build.sh",
    "shop/returns/scripts/build.sh",
    "other/build.sh",
    "other/deployment/build.sh",
]


def built(script: str, text: str = MAKES, path: str = PATH, template: str = TEMPLATE) -> bool:
    return is_built(path, template, MemoryTree({template: "", script: text}))


@pytest.mark.parametrize("script", NEAR)
def test_a_script_of_the_project_that_speaks_of_it_makes_it(script: str) -> None:
    assert built(script)
    assert not built(script, "mkdir -p src/other\n")


@pytest.mark.parametrize("script", FAR)
def test_a_script_of_another_project_makes_its_own(script: str) -> None:
    assert not built(script)


@pytest.mark.parametrize(
    ("script", "text"),
    [
        ("other/build.sh", "cp -r x shop/orders/src/lambda\n"),
        ("other/build.sh", "cp -r x ../shop/orders/src/lambda\n"),
        ("shop/returns/build.sh", "cd ../orders/src/lambda && make\n"),
    ],
)
def test_a_script_elsewhere_may_name_the_whole_path(script: str, text: str) -> None:
    assert built(script, text)


@pytest.mark.parametrize("script", ["tools/x/build.sh", "one/scripts/build.sh"])
def test_below_a_template_lies_its_project_up_to_the_next(script: str) -> None:
    files = {"template.yaml": "", script: MAKES}
    assert is_built("src/lambda", "template.yaml", MemoryTree(files))
    other = f"{script.partition('/')[0]}/template.yaml"
    assert not is_built("src/lambda", "template.yaml", MemoryTree({**files, other: ""}))


@pytest.mark.parametrize("path", ["build/fn", "a/.aws-sam/x", "out", "x/fn.zip", "../beside"])
def test_the_name_of_a_path_may_say_that_it_is_made(path: str) -> None:
    assert is_built(path, "template.yaml", MemoryTree({}))


def test_without_any_steps_nothing_is_made() -> None:
    assert not is_built(PATH, TEMPLATE, MemoryTree({TEMPLATE: ""}))
