"""Files of the project that a stack's code reads: their texts, and what these say as data."""

from __future__ import annotations

import posixpath

from lamlint.dialects.cdk.machine import Machine
from lamlint.dialects.cdk.objects import Folder, Items, Keyed, Made, Member, Plain, Thing, Unknown
from lamlint.dialects.cdk.place import Place
from lamlint.dialects.tree.node import MappingNode, Node, ScalarNode, SequenceNode
from lamlint.dialects.tree.yaml import Broken, composed
from lamlint.files.paths import normal
from lamlint.text import Source


def opened(made: Made, machine: Machine) -> Thing:
    """`open(path)`: the file itself."""
    match made.positional:
        case (Folder() as inner, *_):
            return inner
        case (Plain(value=str() as written), *_) if not (written.startswith("/") or machine.moved):
            return Folder(normal(posixpath.join(machine.root, written)), made.at)
        case _:
            return Unknown("it is computed", made.at)


def text(whole: Thing, made: Made, machine: Machine) -> Thing:
    """The text of a file, which stands in the file."""
    source = _source(whole, machine)
    if source is None or not machine.budget.affords(characters=len(source.text)):
        return Unknown("the file cannot be read", made.at)
    return Plain(source.text, Place.of(source, 0, len(source.text)))


def data(made: Made, machine: Machine) -> Thing:
    """`json.load(file)`, `yaml.safe_load(text)`: what a file of JSON or YAML says."""
    given = made.positional[0] if made.positional else None
    source = _source(given, machine) if given is not None else None
    if source is None and isinstance(given, Plain) and given.value == given.at.source.text:
        source = given.at.source
    documents = composed(source) if source is not None else Broken("", 0)
    if isinstance(documents, Broken) or len(documents) != 1 or source is None:
        return Unknown("it is computed", made.at)
    if not machine.budget.affords(characters=len(source.text)):
        return Unknown("the file cannot be read", made.at)
    return thing(documents[0])


def _source(whole: Thing, machine: Machine) -> Source | None:
    found = machine.tree.read(whole.path) if isinstance(whole, Folder) else None
    return found if isinstance(found, Source) else None


def thing(node: Node) -> Thing:
    """A value of JSON or YAML as the stack's code gets it; aliases are not followed."""
    at = Place.of(node.source, node.start, node.end)
    match node:
        case MappingNode() if not node.shared and not node.tag:
            members: dict[str | int | float | bool | None, Member] = {
                one.name: Member(
                    Place.of(node.source, one.key.start, one.key.end), thing(one.value)
                )
                for one in node
            }
            return Keyed(members, at)
        case SequenceNode() if not node.shared and not node.tag:
            return Items([thing(item) for item in node.items], at)
        case ScalarNode() if not node.tag:
            return Plain(node.value, at)
        case _:
            return Unknown("it is no plain value", at)


def _place(node: Node) -> Place:
    return Place.of(node.source, node.start, node.end)
