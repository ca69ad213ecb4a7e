"""No fix changes the type of a value: what was text, bytes or a number stays what it was."""

from __future__ import annotations

import json

import pytest
import yaml

from lamlint import registry
from lamlint.catalog import Catalog
from lamlint.engine.check import check
from lamlint.project import build
from lamlint.text import Change, Joined, Source, Unreadable
from tests.checking import TODAY
from tests.memory import MemoryTree
from tests.secrets import made

SECRET = made.letters(made.ALNUM, 32)
HALVES = SECRET[:16], SECRET[16:]
GIVE = "def give(**given): return given\n"


def mended(path: str, text: str, rule: str) -> str:
    """A file after the fixes of one rule."""
    tree = MemoryTree({path: text})
    project = build(tree, (".",), Catalog(), TODAY)
    change = Change(lambda name: None if isinstance(tree.read(name), Unreadable) else _read(tree))
    for finding in check(project, [registry.load(plugins=False)[rule]]):
        if finding.fix is not None:
            assert change.join(finding.fix) is Joined.TAKEN
    return change.texts().get(path, text)


def _read(tree: MemoryTree) -> Source:
    (path,) = tree.files
    source = tree.read(path)
    assert isinstance(source, Source)
    return source


@pytest.mark.parametrize(
    "code",
    [
        f'API_SECRET = b"{SECRET}"',
        f"API_SECRET = B'{SECRET}'",
        f'API_SECRET = rb"{SECRET}"',
        f'API_SECRET = Rb"{SECRET}"',
        f'API_SECRET = b"{HALVES[0]}" b"{HALVES[1]}"',
        f'API_SECRET = b"{HALVES[0]}" rb"{HALVES[1]}"',
        f'API_SECRET = b"{HALVES[0]}" + b"{HALVES[1]}"',
        f'API_SECRET = (b"{HALVES[0]}"\n    b"{HALVES[1]}")',
        f'API_SECRET: bytes = b"{SECRET}"',
        f'API_SECRET = give(api_secret=b"{SECRET}")',
        f'class Settings:\n    api_secret = b"{SECRET}"\nAPI_SECRET = Settings.api_secret',
        f'import hmac\nAPI_SECRET = hmac.new(key=b"{SECRET}", msg=b"", digestmod="md5").digest()',
        f'API_SECRET = "{SECRET}"',
        f'API_SECRET = r"{SECRET}"',
        f'API_SECRET = u"{SECRET}"',
        f'API_SECRET: str = "{SECRET}"',
        f'API_SECRET = "{HALVES[0]}" "{HALVES[1]}"',
        f'API_SECRET = "{HALVES[0]}" + "{HALVES[1]}"',
        f'API_SECRET = give(api_secret="{SECRET}")',
        f'import os\nAPI_SECRET = os.environ.get("API_SECRET", "{SECRET}")',
        f'import os\nAPI_SECRET = os.getenv("API_SECRET", "{SECRET}").encode()',
    ],
)
def test_what_is_read_from_the_environment_has_the_type_of_the_literal(
    code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = mended("app.py", f"{GIVE}{code}\n", "hardcoded-secret")
    assert SECRET not in text
    assert HALVES[0] not in text
    monkeypatch.setenv("API_SECRET", SECRET)
    monkeypatch.setenv("SECRET", SECRET)
    before: dict[str, object] = {}
    after: dict[str, object] = {}
    exec(f"{GIVE}{code}\n", before)  # noqa: S102  made above
    exec(text, after)  # noqa: S102  made above
    assert repr(after["API_SECRET"]) == repr(before["API_SECRET"])


@pytest.mark.parametrize(
    "code",
    [
        # Text where the variable is set, bytes where it is not.
        f'import os\nAPI_SECRET = os.environ.get("API_SECRET", b"{SECRET}")',
        f'import os\nAPI_SECRET = os.getenv("API_SECRET", default=b"{SECRET}")',
        # No variable can hold these.
        f'API_SECRET = b"{SECRET}\\xff"',
        f'API_SECRET = b"{SECRET}\\x00"',
        f'API_SECRET = b"{SECRET}\\n"',
    ],
)
def test_where_the_type_cannot_be_kept_nothing_is_changed(code: str) -> None:
    assert mended("app.py", f"{code}\n", "hardcoded-secret") == f"{code}\n"


TEMPLATE = """\
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      InlineCode: "def handler(event, context): ..."
      Timeout: {}
"""


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("1000", "900"),
        ("'1000'", "'900'"),
        ('"1000"', '"900"'),
        ("!!str 1000", "!!str 900"),
        ("!!int '1000'", "!!int '900'"),
        ("&most 1000", "&most 900"),
        ("&most '1000'", "&most '900'"),
        ("0x3e8", "900"),
        ("01750", "900"),
        ("1_000", "900"),
        ("|\n        1000", '"900"'),
        (">-\n        1000", '"900"'),
        ("!Sub 1000", '"900"'),
        ("!Sub '1000'", '"900"'),
        ("{'Fn::Sub': '1000'}", '"900"'),
        ("!Join ['', ['10', '00']]", '"900"'),
    ],
)
def test_a_number_stays_a_number_and_a_text_a_text(written: str, wanted: str) -> None:
    text = mended("template.yaml", TEMPLATE.format(written), "timeout-over-limit")
    assert text == TEMPLATE.format(wanted)


@pytest.mark.parametrize(("written", "wanted"), [(1000, 900), ("1000", "900"), ("0999", "900")])
def test_the_same_in_json(written: object, wanted: object) -> None:
    document = yaml.safe_load(TEMPLATE.format(json.dumps(written)))
    text = mended("template.json", json.dumps(document, indent=2), "timeout-over-limit")
    assert json.loads(text)["Resources"]["Orders"]["Properties"]["Timeout"] == wanted


@pytest.mark.parametrize("quote", ["", "'", '"'])
def test_the_name_of_a_runtime_keeps_its_quotes(quote: str) -> None:
    before = TEMPLATE.format(3).replace("python3.13", f"{quote}python3.8{quote}")
    text = mended("template.yaml", before, "deprecated-runtime")
    assert f"Runtime: {quote}python3.1" in text
