"""Methods of constructs that nothing calls, not even code that is not followed."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator

from lamlint.dialects.cdk.kinds import snake
from lamlint.dialects.cdk.objects import Class, Closure, Library
from lamlint.text import Source, Tree
from lamlint.text.comments import comments
from lamlint.text.regex import Regex

_ENDINGS = (".py", ".ts", ".tsx", ".js", ".mjs", ".cjs")
_WORD = Regex(r"[^\W\d]\w*")
_BY_TEXT = Regex(r"\bgetattr\s{0,9}\(|\b(?:this|self)\s{0,9}\[")
"""What looks a method up by a text."""
_OF_THE_FRAMEWORK = frozenset(
    {
        "__init__", "allocate_logical_id", "bind", "on_prepare", "on_synthesize", "on_validate",
        "prepare", "synthesize", "to_string", "validate", "visit",
    }
)  # fmt: skip
"""What the CDK calls by itself. Source: its API reference: Construct, Stack, IAspect (1 and 2)."""


def is_uncalled(method: Closure, of: Class, tree: Tree) -> bool:
    """Whether a method's name stands nowhere in the project's code but where it is defined.

    Comments do not count: a call that was put into one is none. A class of which something is
    not known may have a caller above it.
    """
    own = "" if isinstance(method.node, ast.Lambda) else method.node.name
    written = _name(method.at.text)
    if own in _OF_THE_FRAMEWORK or own not in (written, snake(written)) or not _is_whole(of):
        return False
    if _BY_TEXT.search(method.at.source.text):
        return False
    return sum(_times(written, tree)) == 1


def _name(text: str) -> str:
    """The name of a method as its language has it: what stands before its parameters."""
    words = _WORD.findall(text.partition("(")[0].partition("<")[0])
    return words[-1] if words else ""


def _is_whole(of: Class) -> bool:
    """Whether all that a class inherits from is the project's, or the framework's."""
    bases = [base for one in of.ancestors() for base in one.bases]
    return all(isinstance(base, (Class, Library)) for base in bases)


def _times(name: str, tree: Tree) -> Iterator[int]:
    """How often a name stands in each file of code that has it."""
    for path in tree.sources():
        if path.endswith(_ENDINGS) and tree.mentions(path, (name.encode(),)):
            source = tree.read(path)
            # What cannot be read may call anything.
            yield _words(source)[name] if isinstance(source, Source) else 2


def _words(source: Source) -> Counter[str]:
    """How often each word stands in a text, its comments aside."""
    return source.once(_words, lambda: Counter(_all_words(source)))


def _all_words(source: Source) -> Iterator[str]:
    start = 0
    for comment in (*comments(source), None):
        end = comment.start if comment is not None else len(source.text)
        yield from _WORD.findall(source.text[start:end])
        start = comment.end if comment is not None else end
