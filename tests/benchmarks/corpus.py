"""Makes a corpus like the real ones: a tenth of its files is reached, most are no Python.

Small services with a template each; helpers, some of which several services share; scripts and
tests that nothing imports; large modules that were brought in; and data, pages and other languages.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.project import HANDLER, HELPER, TEMPLATE, TOOL, parts

_CLIENT = 'table = boto3.resource("dynamodb").Table(os.environ["TABLE"])'
_FUNCTION = """\
  Function{number}:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: f{number}/
      Handler: app.handler
      Timeout: 30
      Environment:
        Variables:
          TABLE: table-{number}
"""


@dataclass(frozen=True)
class Size:
    """How much of each there is: in one service, but for `services` themselves."""

    services: int = 20
    functions: int = 3
    helpers: int = 2
    """Of each function."""
    scripts: int = 60
    vendored: int = 6
    data: int = 120
    length: int = 4
    """Of a module, in classes of twelve lines."""
    at_fault: bool = False
    """Whether each handler makes its client anew for each event."""


def make(folder: Path, size: Size) -> Path:
    """Write a corpus; the folder."""
    for number in range(size.services):
        _service(folder / f"service{number}", size, number)
    (folder / "lamlint.toml").write_text("")
    return folder


def _service(folder: Path, size: Size, service: int) -> None:
    functions = "".join(_FUNCTION.format(number=number) for number in range(size.functions))
    _write(folder / "template.yaml", TEMPLATE + functions)
    for number in range(size.functions):
        helped = range(size.helpers)
        _write(folder / f"f{number}/app.py", _handler(size, service, number))
        for helper in helped:
            text = HELPER.format(number=helper, inside='    """Do it."""')
            _write(folder / f"f{number}/helper{helper}.py", text + parts(size.length))
    for number in range(size.scripts):
        _write(folder / f"scripts/s{number}.py", TOOL + parts(size.length))
    for number in range(size.vendored):
        _write(folder / f"third_party/lib{number}.py", TOOL + parts(40 * size.length))
    for number in range(size.data):
        rows = [{"id": row, "kind": "row", "amount": service + row} for row in range(40)]
        _write(folder / f"data/d{number}.json", json.dumps(rows, indent=1))
        _write(folder / f"docs/p{number}.md", f"# Page {number}\n\n" + "What it says.\n" * 40)
        _write(folder / f"web/c{number}.ts", "export const answer = (rows) => rows.length;\n" * 40)


def _handler(size: Size, service: int, number: int) -> str:
    text = HANDLER.format(
        imports="\n".join(f"from helper{one} import work_{one}" for one in range(size.helpers)),
        outside="" if size.at_fault else f"{_CLIENT}\n",
        inside=f"    {_CLIENT}" if size.at_fault else '    """Handle it."""',
        calls="\n".join(f"    rows = work_{one}(rows)" for one in range(size.helpers)),
    )
    return f"# {service}.{number}\n{text}{parts(size.length)}"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
