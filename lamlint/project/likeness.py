"""Whether names speak of the same thing: of files, folders, packages and functions."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lamlint.model import Function
from lamlint.text.regex import Regex

_WORD = Regex(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_SAYS_NOTHING = frozenset(
    {
        "app", "application", "build", "code", "dist", "fn", "func", "function", "functions",
        "handler", "handlers", "index", "lambda", "lambdas", "main", "package", "packages", "py",
        "python", "source", "sources", "src", "zip",
    }
)  # fmt: skip
"""Words that name what any function has: they tell none from another."""
_OF_TEMPLATES = frozenset(
    {
        "cf", "cfn", "cfn_templates", "cloudformation", "deploy", "deployment", "iac", "infra",
        "infrastructure", "sam", "template", "templates",
    }
)  # fmt: skip
_TELLING = 2
"""As many words together are no accident."""
_ATTRIBUTES = frozenset(
    {"handle", "handler", "lambda_handler", "main", "on_event", "run", "process", "function"}
)


def is_common(module: str, attribute: str) -> bool:
    """Whether many functions have a handler of this name: `index.handler`, `src/app.main`."""
    return attribute in _ATTRIBUTES and not any(map(_words, module.split(".")))


def in_a_folder_of_its_name(path: str, function: Function) -> bool:
    """Whether the innermost folder of a file that says anything is called like the function.

    Two words may also be a part of its name: `account_contacts` of `acme-account-contacts.zip`.
    """
    folders = reversed(posixpath.dirname(path).split("/"))
    own = next(filter(None, map(_words, folders)), ())
    return bool(own) and any(_is_called(words, own) for words in map(_words, _names(function)))


def _is_called(words: tuple[str, ...], own: tuple[str, ...]) -> bool:
    if len(own) < _TELLING:
        return words == own
    starts = range(len(words) - len(own) + 1)
    return any(words[start : start + len(own)] == own for start in starts)


def package_name(function: Function) -> str:
    """What a function's package is called, as far as that is known."""
    code = function.code
    written = str(code.uri.only) if code.uri.known else ""
    return code.stored or posixpath.basename(code.path or written.rstrip("/"))


def _names(function: Function) -> Iterator[str]:
    yield function.name
    if function.physical_name.known:
        yield function.physical_name.only
    yield package_name(function)


def _words(name: str) -> tuple[str, ...]:
    """The words of a name, however it is written, without those that say nothing."""
    words = (word.lower() for word in _WORD.findall(name))
    return tuple(word for word in words if word not in _SAYS_NOTHING)


def holding_templates(folder: str) -> bool:
    """Whether a folder is called like one that holds a project's templates apart from its code."""
    return posixpath.basename(folder).lower() in _OF_TEMPLATES
