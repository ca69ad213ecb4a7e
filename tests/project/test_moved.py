"""The folder of a function's code is gone: where the code may have moved is told, if that is sure."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import registry
from lamlint.catalog import Catalog
from lamlint.engine.check import check
from lamlint.project import build
from tests.memory import MemoryTree

CODE = "def handler(event, context):\n    return event\n"


def function(name: str, uri: str, handler: str = "app.handler", runtime: str = "python3.13") -> str:
    return f"""\
  {name}:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: {uri}
      Handler: {handler}
      Runtime: {runtime}
"""


def template(*functions: str) -> str:
    return "Transform: AWS::Serverless-2016-10-31\nResources:\n" + "".join(functions)


def moved(files: dict[str, str]) -> list[list[str]]:
    """The places that each missing folder is told to have moved to."""
    built = build(MemoryTree(files), (), Catalog(), date(2026, 11, 23))
    found = check(built, [registry.load(plugins=False)["code-uri-missing"]])
    return [[note.span.path for note in one.related] for one in found]


ONE = template(function("Put", "src"))
ROW = template(function("A", "functions/a"), function("B", "functions/b"))
OTHERS = {f"x{number}/app.py": "" for number in range(199)}
BOTH = {"functions/x/app.py": CODE, "functions/y/app.py": CODE}


@pytest.mark.parametrize(
    ("text", "files", "places"),
    [
        (ONE, {"lib/app.py": CODE}, [["lib/app.py"]]),
        (ONE, {"lib/app/__init__.py": CODE}, [["lib/app/__init__.py"]]),
        (ONE, {"lib/app.py": "from made import handler\n"}, [["lib/app.py"]]),
        (ONE, {"lib/app.py": CODE.replace("handler", "run")}, [[]]),
        (ONE, {"lib/main.py": CODE}, [[]]),
        (ONE, {"lib/my_app.py": CODE}, [[]]),
        (ONE, {"tests/app.py": CODE, "examples/app.py": CODE}, [[]]),
        (
            template(function("P", "src", "a/app.handler")),
            {"lib/a/app.py": CODE},
            [["lib/a/app.py"]],
        ),
        (template(function("P", "src", "a/app.handler")), {"lib/app.py": CODE}, [[]]),
        (template(function("P", "src", "app.handler", "nodejs22.x")), {"lib/app.py": CODE}, [[]]),
        (template(function("P", "src", "!Ref Handler")), {"lib/app.py": CODE}, [[]]),
        (ROW, {"functions/b/app.py": CODE, "functions/c/app.py": CODE}, [["functions/c/app.py"]]),
        (ROW, {"functions/b/app.py": CODE, "c/app.py": CODE}, [["c/app.py"]]),
        (
            ROW,
            {"functions/b/app.py": CODE, "functions/c/app.py": CODE, "c/app.py": CODE},
            [["functions/c/app.py"]],
        ),
        (ROW, {"functions/b/app.py": CODE}, [[]]),
        (ROW, BOTH, [[*BOTH], [*BOTH]]),
        (ROW, {f"functions/{name}/app.py": CODE for name in "vwxyz"}, [[], []]),
        (ONE, {**OTHERS, "lib/app.py": CODE}, [["lib/app.py"]]),
        (ONE, {**OTHERS, "z/app.py": "", "lib/app.py": CODE}, [[]]),
    ],
)
def test_code_may_have_moved(text: str, files: dict[str, str], places: list[list[str]]) -> None:
    assert moved({"template.yaml": text, **files}) == places
