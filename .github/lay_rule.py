"""Lays a new rule: its file with its page, and its fixtures, to be filled in.

    python .github/lay_rule.py limits/retry-out-of-range
    python .github/lay_rule.py handler/hardcoded-region --subject Handler

What is laid runs as it is, with a made-up mistake, and is green but for its
words: each place that wants yours says FILL IN. Nothing is overwritten.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from lamlint import __version__  # noqa: E402

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")

SAM = """\
Resources:
  Resize:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
"""
INLINE = SAM + '      InlineCode: "def handler(event, context): ..."\n'
FOLDER = SAM + "      CodeUri: src/\n"
CLOUDFORMATION = """\
Resources:
  Resize:
    Type: AWS::Lambda::Function
    Properties:
      Role: arn:aws:iam::123456789012:role/resize
      Code: {S3Bucket: example-bucket, S3Key: resize.zip}
      Runtime: python3.13
      Handler: app.handler
"""
JSON = """\
{
  "Resources": {
    "Resize": {
      "Type": "AWS::Lambda::Function",
      "Properties": {
        "Role": "arn:aws:iam::123456789012:role/resize",
        "Code": {"ZipFile": "def handler(event, context): ..."},
        "Handler": "index.handler",
        "Runtime": "python3.13",
        "MemorySize": %s
      }
    }
  }
}
"""
CODE = """\
import requests


def handler(event, context):
    return requests.get("https://example.org"%s).json()
"""
PAGE = '''\
"""FILL IN: what is wrong, in one sentence.

## Why this matters

FILL IN: what it costs, and whom.

## Example

{example}
## Use instead

{instead}
## Fix safety

FILL IN: it is unsafe, or safe, because of this.

## References

- https://docs.aws.amazon.com/lambda/latest/dg/welcome.html
"""

from __future__ import annotations

from collections.abc import Iterator

'''
CHECKS = {
    "Function": '''\
from lamlint.model import Function
from lamlint.project import Project
from lamlint.rule import WARNING, rule
from lamlint.text import Finding, Safety


@rule(severity=WARNING, since="{version}", fix=Safety.UNSAFE)
def check(function: Function, _project: Project) -> Iterator[Finding]:
    """FILL IN: what is compared with what."""
    memory = function.memory
    if memory.is_in([999]):
        yield memory.finding(
            "FILL IN: what is, and what it costs: set 1,024 MB",
            fix=memory.change(1024, "Set the memory to 1,024 MB", Safety.UNSAFE),
        )
''',
    "Handler": '''\
from lamlint.project import Project
from lamlint.python import Handler
from lamlint.rule import WARNING, rule
from lamlint.text import Finding, Safety


@rule(severity=WARNING, since="{version}", fix=Safety.UNSAFE)
def check(handler: Handler, project: Project) -> Iterator[Finding]:
    """FILL IN: which calls are looked at, and for what."""
    for call in handler.calls({{"requests.get"}}):
        if call.lacks("timeout") and not project.is_test(call.module.path):
            yield call.finding(
                "FILL IN: what is, and what it costs: set a timeout",
                fix=call.with_argument("timeout", "10"),
            )
''',
}


def files_of(subject: str, family: str, name: str) -> Mapping[str, str]:
    """The text of every file that a rule needs, by its path."""
    example, instead, cases = LAID[subject](name)
    page = PAGE.format(example=_fences(example), instead=_fences(instead))
    check = CHECKS[subject].format(version=__version__)
    laid = {f"rules/{family}/{name.replace('-', '_')}.py": page + check}
    for case in {path.partition("/")[0] for path in cases}:
        laid[f"fixtures/{name}/{case}/lamlint.toml"] = ""
    return laid | {f"fixtures/{name}/{path}": text for path, text in cases.items()}


def _function(name: str) -> tuple[Mapping[str, str], Mapping[str, str], Mapping[str, str]]:
    """A wrong amount of memory, in each of the dialects."""
    wrong, right, mark = (
        "      MemorySize: 999\n",
        "      MemorySize: 1024\n",
        f" # expect: {name}\n",
    )
    cases = {
        "sam/template.yaml": INLINE + wrong.rstrip() + mark,
        "sam/after/template.yaml": INLINE + right,
        "cloudformation/template.yaml": CLOUDFORMATION + wrong.rstrip() + mark,
        "cloudformation/after/template.yaml": CLOUDFORMATION + right,
        "json/template.json": JSON % 999,
        "json/expected.txt": f"template.json:10: {name}\n",
        "json/after/template.json": JSON % 1024,
        "silent/template.yaml": INLINE + right,
    }
    return {"template.yaml": INLINE + wrong}, {"template.yaml": INLINE + right}, cases


def _handler(name: str) -> tuple[Mapping[str, str], Mapping[str, str], Mapping[str, str]]:
    """A call that lacks an argument."""
    wrong, right = CODE % "", CODE % ", timeout=10"
    cases = {
        "fires/template.yaml": FOLDER,
        "fires/src/app.py": f"{wrong.rstrip()}  # expect: {name}\n",
        "fires/after/src/app.py": right,
        "silent/template.yaml": FOLDER,
        "silent/src/app.py": right,
    }
    configured = {"template.yaml": FOLDER}
    return {"src/app.py": wrong} | configured, {"src/app.py": right} | configured, cases


LAID = {"Function": _function, "Handler": _handler}


def _fences(files: Mapping[str, str]) -> str:
    kinds = {".py": "python", ".yaml": "yaml"}
    return "\n".join(
        f'```{kinds[Path(path).suffix]} title="{path}"\n{text}```\n' for path, text in files.items()
    )


def lay(family: str, name: str, subject: str, root: Path = ROOT) -> list[Path]:
    """Write the files of a rule; the paths written."""
    laid = {root / path: text for path, text in files_of(subject, family, name).items()}
    there = [path for path in laid if path.exists()]
    if there:
        raise SystemExit(f"{there[0].relative_to(root)} is there already; nothing was written")
    for path, text in laid.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return list(laid)


def main() -> None:
    """Lay the rule that the command line names."""
    parser = argparse.ArgumentParser(description="Lay a new rule and its fixtures.")
    parser.add_argument("rule", help="FAMILY/NAME, as in limits/retry-out-of-range")
    parser.add_argument(
        "--subject", choices=LAID, default="Function", help="what the rule is given"
    )
    given = parser.parse_args()
    family, _, name = given.rule.partition("/")
    families = sorted(path.parent.name for path in ROOT.glob("rules/*/__init__.py"))
    if family not in families:
        raise SystemExit(f"there is no family {family}; there are {', '.join(families)}")
    if not NAME.fullmatch(name):
        raise SystemExit(f"{name} is no name of a rule: small words with dashes, as in no-timeout")
    laid = "".join(f"{path.relative_to(ROOT)}\n" for path in lay(family, name, given.subject))
    tests = f"pytest tests/test_rules.py tests/test_fixtures.py -k {name}"
    sys.stdout.write(f"{laid}Fill in what says FILL IN; then {tests}\n")


if __name__ == "__main__":
    main()
