"""Variables that a script gives functions, beside what their template says of them.

`aws lambda update-function-configuration --function-name orders --environment Variables={…}`, or
the same by boto3, after each deployment.
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.files import kinds
from lamlint.model import Function
from lamlint.project.spelled import may_be, names_of
from lamlint.text import Source, Tree
from lamlint.text.regex import Regex

_ENDINGS = (
    ".sh", ".ps1", ".mk", ".bat", ".cmd", ".yml", ".yaml", ".json", ".toml", ".py", ".ts", ".js",
    "makefile", "justfile", "jenkinsfile",
)  # fmt: skip
"""How files are called that may deploy."""
_WORDS = (b"update-function-configuration", b"update_function_configuration")
_UPDATE = Regex(r"update[-_]function[-_]configuration\b")
_ENVIRONMENT = Regex(r"--environment\b|\bEnvironment[\"']?\s{0,4}[=:]")
_WRITTEN = Regex(
    r"[=\s]{0,9}[\"'{]{0,3}\s{0,9}Variables[\"']?[=:\s]{1,9}[\"'{\s]{0,9}"
    r"[A-Za-z_]\w{0,200}[\"']?\s{0,9}[=:]"
)
"""The first of variables that are written out one by one."""
_CALLED = Regex(
    r"(?:--function-name[\s=]{1,9}|\bFunctionName\s{0,4}[=:]\s{0,4})"
    r"([\"']?)([\w-]{1,140})(?=[\"'\s,)\\]|$)"
)
_NAME = Regex(r"\w+")
_LONGEST = 3_000
"""So many characters of a command or a call are looked at."""


def may_set(function: Function, name: str, tree: Tree) -> bool:
    """Whether a script of the project may give a function a variable of a name."""
    return any(
        _is_of(text, function) and (not _WRITTEN.match(value) or name in _NAME.findall(value))
        for text, value in _updates(tree)
    )


def _updates(tree: Tree) -> Iterator[tuple[str, str]]:
    """Each command that sets the environment of functions, and what it gives from there on."""
    for path in tree.sources():
        if not path.lower().endswith(_ENDINGS) or kinds.is_test(path):
            continue
        source = tree.read(path) if tree.mentions(path, _WORDS) else None
        whole = source.text if isinstance(source, Source) else ""
        for update in _UPDATE.finditer(whole):
            text = whole[update.end() : update.end() + _LONGEST]
            another = _UPDATE.search(text)
            text = text if another is None else text[: another.start()]
            environment = _ENVIRONMENT.search(text)
            if environment is not None:
                yield text, text[environment.end() :]


def _is_of(text: str, function: Function) -> bool:
    """Whether a command may be for a function: it names it, or none that is written."""
    called = _CALLED.search(text)
    if called is None or (called[0].startswith("F") and not called[1]):
        return True  # in Python it is a name of something else
    own = (function.name, *names_of(function))
    return any(may_be(called[2], one) for one in own)
