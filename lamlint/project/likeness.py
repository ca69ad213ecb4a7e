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
        "handler", "handlers", "index", "lambda", "lambdas", "latest", "main", "package",
        "packages", "py", "python", "source", "sources", "src", "zip",
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
_LONGEST = 40
"""As many words of a name are compared in parts."""
_ATTRIBUTES = frozenset(
    {"handle", "handler", "lambda_handler", "main", "on_event", "run", "process", "function"}
)


def is_common(module: str, attribute: str) -> bool:
    """Whether many functions have a handler of this name: `index.handler`, `src/app.main`."""
    return attribute in _ATTRIBUTES and not any(map(_words, module.split(".")))


def folder_words(path: str) -> tuple[str, ...]:
    """The words of the innermost folder of a file that says anything; none where none does."""
    folders = reversed(posixpath.dirname(path).split("/"))
    return next(filter(None, map(_words, folders)), ())


def ends_of_path(path: str) -> Iterator[tuple[str, ...]]:
    """The words of a file's folders, as far from the end as a name may take them together."""
    words = tuple(every_word(posixpath.dirname(path)))[-_LONGEST:]
    yield from (words[start:] for start in range(len(words) - _TELLING + 1))


def spelled(function: Function) -> frozenset[tuple[str, ...]]:
    """The words of each name of a function, with those that say nothing."""
    return frozenset(tuple(every_word(name)) for name in _names(function))


def names_of_folders(function: Function) -> frozenset[tuple[str, ...]]:
    """The words of each folder that is called like a function.

    Two words may also end its name: `account_contacts` of `acme-account-contacts.zip`. What
    follows them tells one function from another: `users` is not the folder of `users_delete`.
    """
    return frozenset(part for words in map(_words, _names(function)) for part in _parts(words))


def _parts(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if words:
        yield words
    for start in range(max(0, len(words) - _LONGEST), len(words) - _TELLING + 1):
        yield words[start:]


def package_name(function: Function) -> str:
    """What a function's package is called, as far as that is known.

    Where its own name says nothing, the folder that it lies in does: `orders/lambda.zip`.
    """
    code = function.code
    written = str(code.uri.only) if code.uri.known else ""
    parts = (code.stored or code.path or written).strip("/").split("/")
    telling = (place for place, part in enumerate(parts) if any(map(_is_telling, _words(part))))
    return "/".join(parts[max(telling, default=-1) :])


def _is_telling(word: str) -> bool:
    return len(word) > _TELLING


def _names(function: Function) -> Iterator[str]:
    yield function.name
    if function.physical_name.known:
        yield function.physical_name.only
    yield package_name(function)


def _words(name: str) -> tuple[str, ...]:
    """The words of a name, however it is written, without those that say nothing."""
    return tuple(word for word in every_word(name) if word not in _SAYS_NOTHING)


def every_word(name: str) -> Iterator[str]:
    """The words of a name or a path, in lower case."""
    return (word.lower() for word in _WORD.findall(name.removesuffix(".zip")))


def holding_templates(folder: str) -> bool:
    """Whether a folder is called like one that holds a project's templates apart from its code."""
    return posixpath.basename(folder).lower() in _OF_TEMPLATES
