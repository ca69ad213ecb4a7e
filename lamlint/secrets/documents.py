"""Secrets in a template or a file of data that are told by the name they stand under."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lamlint.dialects.cloudformation.inline import inline
from lamlint.dialects.cloudformation.syntax import intrinsic
from lamlint.dialects.tree import hcl, tags
from lamlint.dialects.tree.hcl import Document
from lamlint.dialects.tree.node import Entry, MappingNode, Node, ScalarNode, SequenceNode
from lamlint.dialects.tree.yaml import TOO_DEEP, Broken, compose, descendants
from lamlint.secrets import nesting
from lamlint.secrets.containers import of_one_machine, of_one_run
from lamlint.secrets.names import lists_refused, names_secret, one_of
from lamlint.secrets.texts import held
from lamlint.secrets.values import login_password, suspicious
from lamlint.text import Source

_NAMES = ("Name", "name", "Key", "key", "ParameterKey")
_TOGETHER = frozenset({"Fn::Base64", "Fn::Join"})
_SET = "MasterUserPassword"
"""What stands here is the password of a database, however simple it is."""
_VALUES = ("Value", "value", "ParameterValue")


def named(source: Source) -> Iterator[tuple[str, int, int]]:
    """The names and places of the secrets of a template."""
    for document in _documents(source):
        if isinstance(document, MappingNode):
            yield from _defaults(document.get("Parameters"))
        for node in descendants(document):
            if isinstance(node, MappingNode):
                yield from _of_mapping(node)
            yield from _in_text(node)


def configured(source: Source) -> Iterator[tuple[str, int, int]] | None:
    """The names and places of the secrets of a file of HCL; None where no parser is installed."""
    try:
        document = source.once(hcl.parse, lambda: hcl.parse(source))
    except ImportError:
        return None
    return _in_blocks(document)


def _in_blocks(document: Document) -> Iterator[tuple[str, int, int]]:
    """The defaults of variables that are named like secrets, and what stands under such names."""
    for block in document.blocks:
        if block.kind == "variable" and block.labels:
            yield from _judged(block.labels[0].text, block.body.get("default"))
    for root in (document.attributes, *(block.body for block in document.blocks)):
        for node in descendants(root):
            if isinstance(node, MappingNode):
                yield from _of_mapping(node)
            yield from _in_template(node)


def _in_template(node: Node) -> Iterator[tuple[str, int, int]]:
    """The secrets of a text of HCL, a script of `user_data` or settings, as it is written."""
    if isinstance(node, ScalarNode) or node.tag == tags.TEMPLATE:
        for one in held(node.source.text[node.start : node.end]):
            yield one.name, node.start + one.start, node.start + one.end


def settings(source: Source) -> Iterator[tuple[str, int, int, bool]] | None:
    """The secrets of a file of data, and whether each is of a database on one machine.

    By their names and places; None for a file that cannot be read.
    """
    documents = _documents(source)
    if not documents:
        return None
    return _settings(source, documents)


def _settings(source: Source, documents: Sequence[Node]) -> Iterator[tuple[str, int, int, bool]]:
    passing = of_one_run(source.path, documents)
    local = of_one_machine(source.path, documents)
    for node in (node for document in documents for node in descendants(document)):
        for name, start, end in _of_mapping(node) if isinstance(node, MappingNode) else ():
            value = source.text[start:end]
            if value not in passing:
                yield name, start, end, value in local


def _documents(source: Source) -> Sequence[Node]:
    documents = compose(source)
    if isinstance(documents, Broken):
        if documents.reason == TOO_DEEP:
            nesting.mark(source)
        return ()
    return documents


def _defaults(parameters: Node | None) -> Iterator[tuple[str, int, int]]:
    """The defaults of parameters that are named like secrets."""
    if not isinstance(parameters, MappingNode):
        return
    for parameter in parameters:
        default = (
            parameter.value.get("Default") if isinstance(parameter.value, MappingNode) else None
        )
        yield from _judged(parameter.name, default)


def _of_mapping(mapping: MappingNode) -> Iterator[tuple[str, int, int]]:
    """The secrets under keys of their own names, and those that stand as a name and a value."""
    for entry in mapping:
        yield from _judged(entry.name, entry.value)
        yield from _several(entry.name, entry.value)
    table = mapping.table
    name = next((_text(table[key]) for key in _NAMES if key in table), "")
    for key in _VALUES:
        if name and key in table:
            yield from _judged(name.rpartition("/")[2], table[key].value)


def _several(name: str, node: Node) -> Iterator[tuple[str, int, int]]:
    """The secrets of a list, or under names of their own, below a plural: `api_keys`."""
    values: Iterable[Node] = ()
    if isinstance(node, SequenceNode):
        values = () if lists_refused(name) else node.items
    elif isinstance(node, MappingNode):
        values = (entry.value for entry in node if not names_secret(entry.name))
    singular = one_of(name)
    for value in values if singular else ():
        for _, start, end in _judged(singular, value):
            yield name, start, end


def _judged(name: str, node: Node | None) -> Iterator[tuple[str, int, int]]:
    if not isinstance(node, ScalarNode) or node.tag not in ("", "!Sub"):
        return
    text = node.text
    if suspicious(name, text) or (name == _SET and login_password(text)):
        yield (name, *_place(node, text))


def _in_text(node: Node) -> Iterator[tuple[str, int, int]]:
    """The secrets of a text: JSON of a `SecretString`, a script of `UserData`, settings."""
    if isinstance(node, ScalarNode):
        code = inline(node) if any(held(node.text)) else None
    else:
        name, argument = intrinsic(node) or ("", node)
        code = inline(argument if name == "Fn::Base64" else node) if name in _TOGETHER else None
    if code is not None:
        for one in held(code.text):
            span = code.span(one.start, one.end)
            yield one.name, span.start, span.end


def _place(node: ScalarNode, text: str) -> tuple[int, int]:
    """Where a text stands in a scalar; the whole scalar where it is written in another way."""
    start = node.source.text.find(text, node.start, node.end)
    return (start, start + len(text)) if start >= 0 else (node.start, node.end)


def _text(entry: Entry) -> str:
    return entry.value.text if isinstance(entry.value, ScalarNode) else ""
