"""What is known of a string expression."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from lamlint.model.parts import ContextField, EventField, Variable
from lamlint.python.module import cst
from lamlint.python.module.module import Place
from lamlint.python.values.alternatives import (
    UNKNOWN,
    Text,
    either,
    joined,
    literal,
    standing,
    taken,
)
from lamlint.python.values.arguments import argument
from lamlint.python.values.containers import constant, items
from lamlint.python.values.leads import of_attribute, of_name, of_routine
from lamlint.python.values.objects import (
    OWN_ARN,
    OWN_PARTS,
    Container,
    Context,
    Event,
    Frame,
    Instance,
    Library,
    Routine,
    Supplied,
    Thing,
)
from lamlint.python.values.pieces import name_of, of_binding, of_listing, rejoined, split
from lamlint.text.regex import Regex

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis

_INSERTED = Regex(r"%[sd]")
_FIELD = Regex(r"\{([^{}]*)\}|(\{\{|\}\})")
_STRIPPING = {"strip": str.strip, "lstrip": str.lstrip, "rstrip": str.rstrip}
_CHANGING = {"lower": str.lower, "upper": str.upper, "title": str.title}
_ANSWERS = {
    ("boto3.client.get_queue_url", "QueueUrl"): "QueueName",
    ("boto3.client.create_queue", "QueueUrl"): "QueueName",
    ("boto3.client.create_topic", "TopicArn"): "Name",
}
"""Fields of answers of the SDK that name what a keyword of the call names."""
READERS = frozenset({"os.getenv", "os.environ.get", "os.environ.pop", "os.environ.setdefault"})


def text(analysis: Analysis, node: cst.CSTNode, frame: Frame) -> Text:
    """What a string expression, evaluated in a frame, may be."""
    if analysis.exhausted:
        return UNKNOWN
    return analysis.ask(
        analysis.known_texts, node, frame, lambda: _placed(analysis, node, frame), UNKNOWN
    )


def _placed(analysis: Analysis, node: cst.CSTNode, frame: Frame) -> Text:
    """What an expression may be. What comes out of no expression in it comes out of it."""
    return standing(_text(analysis, node, frame), Place(frame.module, node))


def _text(analysis: Analysis, node: cst.CSTNode, frame: Frame) -> Text:
    match node:
        case cst.SimpleString() | cst.ConcatenatedString():
            return _written(analysis, node, frame)
        case cst.FormattedString():
            return joined([_piece(analysis, piece, frame) for piece in node.parts])
        case cst.BinaryOperation():
            return _operation(analysis, node, frame)
        case cst.IfExp():
            return either([analysis.text(n, frame) for n in (node.body, node.orelse)])
        case cst.BooleanOperation():
            return either([analysis.text(n, frame) for n in (node.left, node.right)])
        case cst.NamedExpr():
            return analysis.text(node.value, frame)
        case cst.Await():
            return analysis.text(node.expression, frame)
        case _:
            pass
    from_things = _things(analysis.things(node, frame))
    if from_things is not None:
        return from_things
    match node:
        case cst.Name():
            return _name(analysis, node, frame)
        case cst.Attribute(attr=cst.Name(value="__name__")):
            names = [name_of(thing) for thing in analysis.things(node.value, frame)]
            return either([UNKNOWN if name is None else literal(name) for name in names])
        case cst.Attribute(value=cst.Name() as base, attr=cst.Name(value="name")) if (
            listed := of_listing(analysis, base, frame)
        ):
            return listed
        case cst.Attribute():
            return led(analysis, of_attribute(analysis, node, frame))
        case cst.Subscript():
            return _subscript(analysis, node, frame)
        case cst.Call():
            return _call(analysis, node, frame)
        case _:
            return UNKNOWN


def _name(analysis: Analysis, node: cst.Name, frame: Frame) -> Text:
    bindings = list(analysis.lookup(node.value, node, frame))
    if not bindings and node.value == "__name__":
        return literal(frame.module.name)
    if not bindings and node.value == "__package__":
        return literal(frame.module.absolute("."))
    if len(bindings) == 1:
        found = of_binding(analysis, *bindings[0])
        if found is not None:
            return found
    return led(analysis, of_name(analysis, node, frame))


def _things(found: tuple[Thing, ...]) -> Text | None:
    """The fields of event and context that things are; None when they are anything else."""
    texts = [
        taken(EventField(t.path)) if isinstance(t, Event) else taken(ContextField(t.name))
        for t in found
        if isinstance(t, (Event, Context))
    ]
    return either(texts) if texts and len(texts) == len(found) else None


def _written(analysis: Analysis, node: cst.CSTNode, frame: Frame) -> Text:
    if isinstance(node, cst.ConcatenatedString):
        return joined([analysis.text(n, frame) for n in (node.left, node.right)])
    value = node.evaluated_value if isinstance(node, cst.SimpleString) else None
    return literal(value) if isinstance(value, str) else UNKNOWN


def _piece(analysis: Analysis, piece: cst.CSTNode, frame: Frame) -> Text:
    if isinstance(piece, cst.FormattedStringText):
        text = piece.value.replace("{{", "{").replace("}}", "}")
        return literal(text, Place(frame.module, piece))
    if isinstance(piece, cst.FormattedStringExpression):
        if piece.format_spec or piece.conversion in ("r", "a") or piece.equal is not None:
            return UNKNOWN
        return analysis.text(piece.expression, frame)
    return UNKNOWN


def _operation(analysis: Analysis, node: cst.BinaryOperation, frame: Frame) -> Text:
    left = analysis.text(node.left, frame)
    if isinstance(node.operator, cst.Add):
        return joined([left, analysis.text(node.right, frame)])
    if isinstance(node.operator, cst.Divide):
        return _path([left, analysis.text(node.right, frame)])
    if isinstance(node.operator, cst.Modulo) and left.literal is not None:
        right = node.right
        values = [e.value for e in right.elements] if isinstance(right, cst.Tuple) else [right]
        pieces = _INSERTED.split(left.literal)
        if len(pieces) == len(values) + 1 and "%" not in "".join(pieces):
            return _alternating(pieces, [analysis.text(v, frame) for v in values])
    return UNKNOWN


def _alternating(pieces: list[str], values: list[Text]) -> Text:
    texts = [literal(pieces[0])]
    for value, piece in zip(values, pieces[1:], strict=True):
        texts.extend([value, literal(piece)])
    return joined(texts)


def _path(texts: list[Text]) -> Text:
    spaced: list[Text] = []
    for single in texts:
        known = single.literal
        if known is not None and known.startswith("/"):
            spaced = []
        elif spaced and not (spaced[-1].literal or "").endswith("/"):
            spaced.append(literal("/"))
        spaced.append(single)
    return joined(spaced)


def led(analysis: Analysis, found: Iterable[Supplied]) -> Text:
    """What some leads lead to, any of them."""
    return either([_given(analysis, lead) for lead in found])


def _given(analysis: Analysis, given: Supplied) -> Text:
    if given.thing is not None:
        return _things((given.thing,)) or UNKNOWN
    if given.node is None or given.frame is None or given.element or given.anything:
        return UNKNOWN
    return analysis.text(given.node, given.frame)


def _subscript(analysis: Analysis, node: cst.Subscript, frame: Frame) -> Text:
    if len(node.slice) != 1 or not isinstance(node.slice[0].slice, cst.Index):
        return UNKNOWN
    index = node.slice[0].slice.value
    place = constant(analysis, index, frame)
    if place is not None and place.lstrip("-").isdigit():
        part_of = split(analysis, node.value, int(place), frame)
        if part_of is not None:
            return part_of
    key = analysis.text(index, frame).literal
    found: list[Text] = []
    for base in analysis.things(node.value, frame):
        if isinstance(base, Library) and base.name == "os.environ" and key is not None:
            found.append(taken(Variable(key)))
        elif isinstance(base, Container):
            values = [analysis.text(v, base.frame) for v in items(base.node, key)]
            found.append(either(values))
        else:
            found.append(_answer(analysis, base, key))
    return either(found)


def _answer(analysis: Analysis, base: Thing, key: str | None) -> Text:
    """A field of what a call of the SDK gave."""
    if not isinstance(base, Instance) or key is None:
        return UNKNOWN
    keyword = _ANSWERS.get((base.constructor, key))
    given = argument(base.call, None, keyword) if keyword else None
    return UNKNOWN if given is None else analysis.text(given, base.frame)


def _call(analysis: Analysis, node: cst.Call, frame: Frame) -> Text:
    callees = analysis.things(node.func, frame)
    found = [_called(analysis, callee, node, frame) for callee in callees]
    method = _method(analysis, node, frame)
    if method is not None:
        return method
    return either(found)


def _called(analysis: Analysis, callee: Thing, node: cst.Call, frame: Frame) -> Text:
    first = argument(node, 0)
    if isinstance(callee, Routine):
        return led(analysis, of_routine(analysis, callee, node, frame))
    if not isinstance(callee, Library) or first is None:
        return UNKNOWN
    if callee.name in READERS:
        key = analysis.text(argument(node, 0, "key") or first, frame).literal
        if key is None:
            return UNKNOWN
        default = argument(node, 1, "default")
        known = analysis.text(default, frame).literal if default is not None else None
        return taken(Variable(key, known))
    if callee.name in (
        "os.path.join",
        "posixpath.join",
        "pathlib.Path",
        "pathlib.PurePath",
        "pathlib.PurePosixPath",
        "pathlib.PosixPath",
    ):
        if all(not a.star for a in node.args):
            return _path([analysis.text(a.value, frame) for a in node.args])
    if callee.name in ("str", "urllib.parse.unquote_plus", "urllib.parse.unquote"):
        return analysis.text(first, frame)
    return UNKNOWN


def _method(analysis: Analysis, node: cst.Call, frame: Frame) -> Text | None:
    """What a method of a string gives; None when this is none that is known."""
    if not isinstance(node.func, cst.Attribute):
        return None
    name = node.func.attr.value
    if name == "get":
        return _get(analysis, node, frame)
    if name not in {"format", "join", "joinpath", *_STRIPPING, *_CHANGING}:
        return None
    base = analysis.text(node.func.value, frame)
    if name == "joinpath":
        return _path([base, *(analysis.text(a.value, frame) for a in node.args)])
    known = base.literal
    if known is None:
        return base if name in _STRIPPING and not node.args else None
    if name == "format":
        return _format(analysis, known, node, frame)
    if name == "join":
        values = argument(node, 0)
        if values is not None and analysis.things(values, frame) == (Context(OWN_PARTS),):
            return taken(ContextField(OWN_ARN)) if known == ":" else UNKNOWN
        if not isinstance(values, (cst.List, cst.Tuple)):
            again = None if values is None else rejoined(analysis, known, values, frame)
            return again or UNKNOWN
        texts: list[Text] = []
        for element in values.elements:
            texts.extend([literal(known)] if texts else [])
            texts.append(analysis.text(element.value, frame))
        return joined(texts)
    if name in _CHANGING:
        return literal(_CHANGING[name](known))
    given = argument(node, 0)
    characters = None if given is None else analysis.text(given, frame).literal
    return literal(_STRIPPING[name](known, characters))


def _get(analysis: Analysis, node: cst.Call, frame: Frame) -> Text | None:
    """`.get(key, default)` of the event or of a written dict."""
    first = argument(node, 0)
    if first is None or not isinstance(node.func, cst.Attribute):
        return None
    key = analysis.text(first, frame).literal
    found: list[Text] = []
    for base in analysis.things(node.func.value, frame):
        if isinstance(base, Event):
            found.append(taken(EventField((*base.path, key or "*"))))
        elif isinstance(base, Container):
            found.append(either([analysis.text(v, base.frame) for v in items(base.node, key)]))
        elif isinstance(base, Instance) and (base.constructor, key) in _ANSWERS:
            found.append(_answer(analysis, base, key))
    return either(found) if found else None


def _format(analysis: Analysis, pattern: str, node: cst.Call, frame: Frame) -> Text:
    texts: list[Text] = []
    end = automatic = 0
    for match in _FIELD.finditer(pattern):
        texts.append(literal(pattern[end : match.start()]))
        end = match.end()
        if match.group(2):
            texts.append(literal(match.group(2)[0]))
            continue
        name = match.group(1)
        if name == "":
            given = argument(node, automatic)
            automatic += 1
        elif name.isdigit():
            given = argument(node, int(name))
        else:
            given = argument(node, None, name) if name.isidentifier() else None
        texts.append(UNKNOWN if given is None else analysis.text(given, frame))
    return joined([*texts, literal(pattern[end:])])
