"""Variables that scripts and workflows give functions, beside what their templates say of them.

`aws lambda update-function-configuration --function-name orders --environment Variables={…}`, or
the same by an SDK, after each deployment. It replaces all that a function has.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lamlint.files import kinds
from lamlint.model import Function
from lamlint.project.spelled import may_be
from lamlint.text import Source, Tree
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

ANY = "*"
_ENDINGS = (
    ".sh", ".bash", ".zsh", ".ps1", ".bat", ".cmd", ".mk", ".yml", ".yaml", ".json", ".toml",
    ".py", ".js", ".mjs", ".ts", ".tf", ".md", ".rst", "makefile", "justfile", "jenkinsfile",
)  # fmt: skip
"""How files are called that may deploy, or that tell people to give such a command."""
_WORDS = (
    b"update-function-configuration", b"update_function_configuration",
    b"UpdateFunctionConfigurationCommand", b"updateFunctionConfiguration(",
    b"Update-LMFunctionConfiguration",
)  # fmt: skip
"""What replaces the configuration of a function: of the command line, of SDKs, of PowerShell.

A permission to do so is none: `lambda:UpdateFunctionConfiguration`.
"""
_UPDATE = Regex(
    r"update[-_]function[-_]configuration\b|UpdateFunctionConfigurationCommand\b"
    r"|updateFunctionConfiguration(?=\()|Update-LMFunctionConfiguration\b"
)
_ENVIRONMENT = Regex(r"--environment\b|\bEnvironment[\"']?\s{0,4}[=:]|-Environment_Variable\b")
_SPEAKING = "nvironment"
_HANDED_ON = Regex(
    r"^\(\s{0,99}(?:\*\*|\w{1,99}\s{0,9}[,)])"
    r"|^(?:[^\n\\]|\\[\s\S]){0,300}?(?:--cli-input|\[@\]|\s@\w)"
)
"""Where it is given what is put together before: `(**new)`, `--cli-input-json`, `"${ALL[@]}"`."""
_WRITTEN = Regex(
    r"[=\s]{0,9}[\"'{]{0,3}\s{0,9}Variables[\"']?[=:\s]{1,9}[\"'{\s]{0,9}"
    r"[A-Za-z_]\w{0,200}[\"']?\s{0,9}[=:]"
)
"""The first of variables that are written out one by one."""
_FURTHER = Regex(r"\*\*|\.\.\.|,\s{0,99}\$")
"""What stands for others among them: `{"A": a, **known}`, `{A: a, ...known}`, `{A=a,$KNOWN}`."""
_CALLED = Regex(
    r"(?:--function-name[\s=]{1,9}|\bFunctionName\s{0,4}[=:]?\s{0,4})"
    r"([\"']?)([\w-]{1,140})(?=[\"'\s,)\\]|$)"
)
_NAME = Regex(r"\w+")
_BRACE = Regex(r"[{}]")
_LONGEST = 3_000
"""So many characters of a command or a call are looked at."""
_MOST = 200
"""So many functions are told apart by their names: of more, each command may be for any."""


@dataclass(frozen=True, slots=True)
class Update:
    """What commands set for a function of a name, or for any: the variables' names, or `*`."""

    function: str | None
    names: frozenset[str]

    def is_of(self, function: Function, own: Sequence[str]) -> bool:
        """Whether it may be for a function, by its names: it has one of them, or none is written.

        Where none is known CloudFormation makes one up, with that in the template in its middle.
        """
        named = self.function
        if named is None or may_be(named, function.name):
            return True
        if not own:
            return function.name.lower() in named.lower()
        return any(may_be(named, one) for one in own)


def updates(tree: Tree) -> tuple[Update, ...]:
    """What the commands of a project set in the environment of functions: one for each name."""
    found: dict[str | None, set[str]] = {}
    for path in tree.sources():
        if not path.lower().endswith(_ENDINGS) or kinds.is_test(path):
            continue
        source = tree.read(path) if tree.mentions(path, _WORDS) else None
        if isinstance(source, Source) and _SPEAKING in source.text:
            for function, names in _commands(source.text):
                found.setdefault(function, set()).update(names)
    if len(found) > _MOST:
        return (Update(None, frozenset().union(*found.values())),)
    return tuple(Update(function, frozenset(names)) for function, names in found.items())


def _commands(whole: str) -> Iterator[tuple[str | None, frozenset[str]]]:
    """The function that each command names, and the variables that it sets."""
    for found in _UPDATE.finditer(whole):
        text = whole[found.end() : found.end() + _LONGEST]
        another = _UPDATE.search(text)
        text = text if another is None else text[: another.start()]
        environment = _ENVIRONMENT.search(text)
        if environment is not None:
            yield _called(text), _set(text[environment.end() :])
        elif _HANDED_ON.search(text):
            yield None, frozenset({ANY})


def _called(text: str) -> str | None:
    """The function that a command names, if that is written."""
    called = _CALLED.search(text)
    if called is None or (called[0].startswith("F") and not called[1]):
        return None  # in Python it is a name of something else
    return called[2]


def _set(value: str) -> frozenset[str]:
    """The variables that are written out, with the words of their values; or any."""
    mapping = _mapping(value)
    if not _WRITTEN.match(mapping) or _FURTHER.search(mapping):
        return frozenset({ANY})
    return frozenset(_NAME.findall(mapping))


def _mapping(value: str) -> str:
    """What is in the braces that a text begins with, or all of it where they stay open."""
    depth = 0
    for brace in _BRACE.finditer(value):
        depth += 1 if brace[0] == "{" else -1
        if depth <= 0:
            return value[: brace.start()]
    return value
