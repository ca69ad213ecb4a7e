"""Files of settings as trees that know where each part stands."""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.dialects.tree.node import MappingNode
from lamlint.dialects.tree.yaml import Broken, compose
from lamlint.text import Source
from lamlint.text.dataclass import replace
from lamlint.text.regex import Regex

_COMMENT_OR_TEXT = Regex(r'"(?:[^"\\\n]|\\.)*"?|//[^\n]*|/\*')


def root_of(source: Source) -> MappingNode | Broken:
    """What stands at the top of a file of settings; why it cannot be read where it is none."""
    if source.path.endswith(".toml"):
        from lamlint.dialects.settings.toml import tables

        return tables(source)
    if source.path.endswith(".json"):
        source = replace(source, text=_without_comments(source.text))
    documents = compose(source)
    if isinstance(documents, Broken):
        return documents
    first = documents[0] if documents else None
    if not isinstance(first, MappingNode):
        return Broken("there are no settings in it", 0)
    return first


def _without_comments(text: str) -> str:
    """JSON with its comments made blank, which many write although JSON has none."""
    if "//" not in text and "/*" not in text:
        return text
    return "".join(_pieces(text))


def _pieces(text: str) -> Iterator[str]:
    done = 0
    while (found := _COMMENT_OR_TEXT.search(text, done)) is not None:
        yield text[done : found.start()]
        done = found.end()
        if found.group() == "/*":
            closed = text.find("*/", done)
            done = closed + 2 if closed >= 0 else len(text)
        written = text[found.start() : done]
        yield written if written.startswith('"') else _blank(written)
    yield text[done:]


def _blank(written: str) -> str:
    return "".join(one if one in "\r\n" else " " for one in written)
