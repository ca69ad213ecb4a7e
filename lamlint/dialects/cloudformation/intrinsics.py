"""CloudFormation's intrinsic functions, as far as they can be known without deploying."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator

from lamlint.dialects.cloudformation.expansion import LOOP, expanded, expands, included
from lamlint.dialects.cloudformation.scope import TOO_MUCH, Outcome, Scope, Symbol, computed
from lamlint.dialects.tree.node import MappingNode, Node, ScalarNode, SequenceNode
from lamlint.text.regex import Regex

MANY = 16
"""More outcomes than this are as good as unknown."""
LONG = 100_000
"""Longer texts of expressions are unknown, and so are texts of longer lists."""
DEEPEST = 50
"""Expressions that lead deeper into each other are unknown."""

_SHOWN = 5_000
"""How much of an expression is looked at to show it, its blanks included."""
TOO_LONG = "it is too long"

DEPLOYED = "it is known only when the stack is deployed"
_PSEUDO = Regex(r"AWS::\w+\Z")
_VARIABLE = Regex(r"\$\{([^{}]*)\}")
_DYNAMIC = Regex(r"\{\{resolve:[^{}]*\}\}")
_SHORT = {"!Ref": "Ref", "!Condition": "Condition"}
_SYMBOLIC_TYPES = ("AWS::SSM::Parameter::Value", "AWS::EC2::", "List<AWS::")

PHYSICAL_NAMES = {
    "AWS::DynamoDB::GlobalTable": "TableName",
    "AWS::DynamoDB::Table": "TableName",
    "AWS::Events::EventBus": "Name",
    "AWS::Kinesis::Stream": "Name",
    "AWS::Lambda::Function": "FunctionName",
    "AWS::Logs::LogGroup": "LogGroupName",
    "AWS::S3::Bucket": "BucketName",
    "AWS::SNS::Topic": "TopicName",
    "AWS::SQS::Queue": "QueueName",
    "AWS::SSM::Parameter": "Name",
    "AWS::SecretsManager::Secret": "Name",
    "AWS::Serverless::Function": "FunctionName",
    "AWS::Serverless::SimpleTable": "TableName",
    "AWS::Serverless::StateMachine": "Name",
    "AWS::StepFunctions::StateMachine": "StateMachineName",
}


def intrinsic(node: Node) -> tuple[str, Node] | None:
    """The function that a node calls, by its long name, and its argument."""
    if node.tag.startswith("!"):
        name = _SHORT.get(node.tag, f"Fn::{node.tag[1:]}")
        return name, _untagged(node)
    if isinstance(node, MappingNode) and len(node.entries) == 1:
        entry = node.entries[0]
        if entry.name.startswith(LOOP):
            return None
        if entry.name == "Ref" or entry.name.startswith("Fn::"):
            return entry.name, entry.value
    return None


def is_intrinsic(node: Node) -> bool:
    """Whether a node is a call of a function rather than plain data."""
    return intrinsic(node) is not None


def _untagged(node: Node) -> Node:
    match node:
        case ScalarNode():
            return ScalarNode(
                node.source, node.start, node.end, node.text, node.style, "", node.shared
            )
        case MappingNode():
            return MappingNode(
                node.source, node.start, node.end, node.entries, node.flow, "", node.shared
            )
        case SequenceNode():
            return SequenceNode(
                node.source, node.start, node.end, node.items, node.flow, "", node.shared
            )


def outcomes(node: Node, scope: Scope) -> tuple[Outcome, ...]:
    """What a node can be, intrinsic functions at its top evaluated."""
    known = scope.memo.get(id(node))
    if known is not None:
        return known[1]
    if id(node) in scope.pending:
        return (_unknown(node, scope, "it refers to itself"),)
    if len(scope.pending) >= DEEPEST:
        return (_unknown(node, scope, "it leads too deep into other expressions"),)
    scope.pending.add(id(node))
    try:
        found = tuple(itertools.islice(_evaluate(node, scope), MANY + 1))
    finally:
        scope.pending.discard(id(node))
    if not found or len(found) > MANY:
        found = (_unknown(node, scope, "it can be too many things"),)
    # The node is kept beside its outcome so that its id stays its own.
    scope.memo[id(node)] = (node, found)
    return found


def _evaluate(node: Node, scope: Scope) -> Iterator[Outcome]:
    call = intrinsic(node)
    if call is None:
        yield _literal(node, scope)
        return
    name, argument = call
    function = _FUNCTIONS.get(name)
    if function is None:
        yield _unknown(node, scope, f"{name} is not evaluated")
        return
    yield from function(node, argument, scope)


def _literal(node: Node, scope: Scope) -> Outcome:
    if isinstance(node, MappingNode) and expands(node):
        return Outcome(expanded(node, scope, list_items), scope, node.shared)
    if not isinstance(node, ScalarNode):
        return Outcome(node, scope, node.shared)
    parts = tuple(_dynamic_parts(node.text))
    if any(isinstance(part, Symbol) for part in parts):
        return Outcome(None, scope, node.shared, parts)
    return Outcome(node, scope, node.shared, (node.text,))


def _dynamic_parts(text: str) -> Iterator[str | Symbol]:
    """A text and the dynamic references ({{resolve:…}}) in it."""
    if "{{resolve:" not in text:
        if text:
            yield text
        return
    end = 0
    for match in _DYNAMIC.finditer(text):
        if match.start() > end:
            yield text[end : match.start()]
        yield Symbol(match.group(), "a dynamic reference is resolved at deployment")
        end = match.end()
    if end < len(text):
        yield text[end:]


def _unknown(node: Node, scope: Scope, reason: str) -> Outcome:
    written = node.source.text[node.start : min(node.end, node.start + _SHOWN)]
    text = f"{node.tag} {' '.join(written.split())}".strip()
    return Outcome(None, scope, node.shared, (Symbol(f"${{{text[:500]}}}", reason),))


def _symbol(scope: Scope, symbol: Symbol) -> Outcome:
    return Outcome(None, scope, parts=(symbol,))


Parts = tuple[str | Symbol, ...]


def text_outcome(node: Node, scope: Scope, pieces: Iterable[Parts]) -> Outcome:
    """The outcome of an expression that comes out as text, piece by piece."""
    parts: list[str | Symbol] = []
    size = 0
    for piece in pieces:
        size += sum(1 + len(part if isinstance(part, str) else part.text) for part in piece)
        if size > LONG:
            return _unknown(node, scope, TOO_LONG)
        parts.extend(piece)
    if not scope.affords(characters=size, nodes=1):
        return _unknown(node, scope, TOO_MUCH)
    joined = _joined(parts)
    if any(isinstance(part, Symbol) for part in joined):
        return Outcome(None, scope, node.shared, joined)
    text = "".join(part for part in joined if isinstance(part, str))
    return Outcome(computed(node, text), scope, node.shared, (text,))


def _joined(parts: Iterable[str | Symbol]) -> Parts:
    """The parts of a text with those that are known and side by side made one."""
    joined: list[str | Symbol] = []
    for known, together in itertools.groupby(parts, lambda part: isinstance(part, str)):
        if known:
            joined.append("".join(part for part in together if isinstance(part, str)))
        else:
            joined.extend(together)
    return tuple(joined)


# --- references


def _ref(node: Node, argument: Node, scope: Scope) -> Iterator[Outcome]:
    if isinstance(argument, ScalarNode):
        yield from reference(argument.text.strip(), scope)
    else:
        yield _unknown(node, scope, "the name is computed")


def reference(name: str, scope: Scope) -> Iterator[Outcome]:
    """What `Ref` of a name gives."""
    if name == "AWS::NoValue":
        yield Outcome(None, scope, absent=True)
    elif _PSEUDO.match(name):
        yield _symbol(scope, Symbol(f"${{{name}}}", DEPLOYED))
    elif scope.parameter(name) is not None:
        yield from _parameter(name, scope)
    else:
        yield _symbol(scope, Symbol(f"${{{name}}}", DEPLOYED, resource_targets(name, scope)))


def _parameter(name: str, scope: Scope) -> Iterator[Outcome]:
    identity = frozenset({scope.identity(name)})
    declared = scope.parameter(name)
    if declared is None:
        return
    if name in scope.bound:
        given, outer = scope.bound[name]
        candidates = list(outcomes(given, outer))
    elif name in scope.overrides.values:
        candidates = [_literal(scope.overrides.values[name], scope)]
    elif not scope.overrides.complete:
        candidates = []
    else:
        candidates = [_literal(value, scope) for value in _declared_values(declared)]
    kind = declared.get("Type")
    if isinstance(kind, ScalarNode) and kind.text.startswith(_SYMBOLIC_TYPES):
        candidates = []
    if not candidates:
        reason = f"the parameter {name} has no value here"
        yield _symbol(scope, Symbol(f"${{{name}}}", reason, identity))
    for one in candidates:
        targets = one.targets | identity
        yield Outcome(one.node, one.scope, True, one.parts, one.absent, targets)


def _declared_values(declared: MappingNode) -> list[Node]:
    """The values a parameter can have, its default first."""
    default = declared.get("Default")
    allowed = declared.get("AllowedValues")
    # So many that one more or less does not matter: it is unknown then.
    items = allowed.items[: MANY + 2] if isinstance(allowed, SequenceNode) else []
    if default is None:
        return list(items)
    written = default.text if isinstance(default, ScalarNode) else None
    others = [i for i in items if not isinstance(i, ScalarNode) or i.text != written]
    return [default, *others]


def resource_targets(name: str, scope: Scope) -> frozenset[str]:
    """The identities of a resource: its logical one, and its physical name."""
    from lamlint.dialects.values import targets_of

    if declared_resource(name, scope) is None:
        # `Function.Version`, `Function.Alias`: references of SAM to what it makes.
        name = name.partition(".")[0]
    own = frozenset({scope.identity(name)})
    resource = declared_resource(name, scope)
    if resource is None:
        return own
    kind, properties = resource.get("Type"), resource.get("Properties")
    if not isinstance(kind, ScalarNode) or not isinstance(properties, MappingNode):
        return own
    physical = properties.get(PHYSICAL_NAMES.get(kind.text, ""))
    if physical is None:
        return own
    return own | targets_of(outcomes(physical, scope))


def declared_resource(name: str, scope: Scope) -> MappingNode | None:
    """The resource of a logical id, also one that a loop or an include makes."""
    section = scope.section("Resources")
    if section is None:
        return None
    (found,) = outcomes(section, scope)
    resource = found.node.get(name) if isinstance(found.node, MappingNode) else None
    return resource if isinstance(resource, MappingNode) else None


def _get_att(node: Node, argument: Node, scope: Scope) -> Iterator[Outcome]:
    match argument:
        case ScalarNode():
            path = argument.text
        case SequenceNode() if all(isinstance(item, ScalarNode) for item in argument.items):
            path = ".".join(i.text for i in argument.items if isinstance(i, ScalarNode))
        case _:
            yield _unknown(node, scope, "the attribute is computed")
            return
    yield from attribute(path.strip(), scope)


def attribute(path: str, scope: Scope) -> Iterator[Outcome]:
    """What `Fn::GetAtt` of a path gives."""
    name, _, rest = path.partition(".")
    nested = scope.nested.get(name)
    if nested is not None and rest.startswith("Outputs."):
        outputs = nested.section("Outputs")
        output = outputs.get(rest.removeprefix("Outputs.")) if outputs else None
        value = output.get("Value") if isinstance(output, MappingNode) else None
        if value is not None:
            yield from outcomes(value, nested)
            return
    yield _symbol(scope, Symbol(f"${{{path}}}", DEPLOYED, resource_targets(name, scope)))


def _import_value(_node: Node, argument: Node, scope: Scope) -> Iterator[Outcome]:
    for name in outcomes(argument, scope):
        text = written(name)
        exported = scope.exports.get(text)
        if exported is None:
            reason = "it is imported from another stack"
            yield _symbol(
                scope, Symbol(f"${{import {text}}}", reason, frozenset({f"export:{text}"}))
            )
            continue
        for one in outcomes(*exported):
            yield Outcome(one.node, one.scope, True, one.parts, one.absent, one.targets)


def written(outcome: Outcome) -> str:
    """A text with what is not known as it is written."""
    return "".join(part if isinstance(part, str) else part.text for part in outcome.parts)


# --- texts


def _sub(node: Node, argument: Node, scope: Scope) -> Iterator[Outcome]:
    variables: MappingNode | None = None
    if isinstance(argument, SequenceNode) and argument.items:
        second = argument.items[1] if len(argument.items) > 1 else None
        variables = second if isinstance(second, MappingNode) else None
        argument = argument.items[0]
    if not isinstance(argument, ScalarNode):
        yield _unknown(node, scope, "the text is computed")
        return
    choices: list[tuple[Parts, ...]] = []
    end = 0
    for match in _VARIABLE.finditer(argument.text):
        choices.append((tuple(_dynamic_parts(argument.text[end : match.start()])),))
        choices.append(_variable(match.group(1), variables, scope))
        end = match.end()
    choices.append((tuple(_dynamic_parts(argument.text[end:])),))
    for combination in itertools.product(*choices):
        yield text_outcome(node, scope, combination)


def _variable(name: str, variables: MappingNode | None, scope: Scope) -> tuple[Parts, ...]:
    """What one `${…}` of a text can be."""
    if name.startswith("!"):
        return ((f"${{{name[1:]}}}",),)
    name = name.strip()
    given = variables.get(name) if variables is not None else None
    found: tuple[Outcome, ...]
    if given is not None:
        found = outcomes(given, scope)
    elif "." in name:
        found = tuple(attribute(name, scope))
    else:
        found = tuple(reference(name, scope))
    return tuple(_parts(one) for one in found)


def _parts(outcome: Outcome) -> Parts:
    if outcome.absent:
        return ("",)
    if outcome.parts:
        return outcome.parts
    return (Symbol("${?}", "it is no text"),)


def _join(node: Node, argument: Node, scope: Scope) -> Iterator[Outcome]:
    if not isinstance(argument, SequenceNode) or len(argument.items) != 2:
        yield _unknown(node, scope, "it is malformed")
        return
    delimiter, listed = argument.items
    items = list_items(listed, scope)
    if items is None or not isinstance(delimiter, ScalarNode):
        yield _unknown(node, scope, "the list is known only when the stack is deployed")
        return
    for combination in itertools.product(*items):
        given = [_parts(one) for one in combination if not one.absent]
        between: Parts = (delimiter.text,)
        pieces = (piece for one in given for piece in (between, one))
        yield text_outcome(node, scope, itertools.islice(pieces, 1, None))


def list_items(node: Node, scope: Scope) -> list[tuple[Outcome, ...]] | None:
    """The items of a list, each with its outcomes; None when the list is not known."""
    (first, *others) = outcomes(node, scope)
    if others:
        return None
    if isinstance(first.node, SequenceNode):
        if not scope.affords(nodes=len(first.node.items)):
            return None
        return [outcomes(item, first.scope) for item in first.node.items]
    if first.text is not None and first.node is not None:
        # A CommaDelimitedList parameter.
        if not scope.affords(nodes=first.text.count(",") + 1):
            return None
        pieces = [piece.strip() for piece in first.text.split(",")]
        return [(text_outcome(first.node, scope, [(piece,)]),) for piece in pieces]
    return None


def _split(node: Node, argument: Node, scope: Scope) -> Iterator[Outcome]:
    if isinstance(argument, SequenceNode) and len(argument.items) == 2:
        delimiter, text = argument.items
        for one in outcomes(text, scope):
            if isinstance(delimiter, ScalarNode) and delimiter.text and one.text is not None:
                count = one.text.count(delimiter.text) + 1
                if not scope.affords(characters=len(one.text), nodes=count):
                    yield _unknown(node, scope, TOO_MUCH)
                    continue
                pieces: list[Node] = [
                    computed(node, piece) for piece in one.text.split(delimiter.text)
                ]
                yield Outcome(
                    SequenceNode(node.source, node.start, node.end, pieces, True), scope, one.shared
                )
            else:
                yield _unknown(node, scope, DEPLOYED)
        return
    yield _unknown(node, scope, "it is malformed")


def _select(node: Node, argument: Node, scope: Scope) -> Iterator[Outcome]:
    if isinstance(argument, SequenceNode) and len(argument.items) == 2:
        indexes = [one.text for one in outcomes(argument.items[0], scope)]
        items = list_items(argument.items[1], scope)
        for index in indexes:
            if items is None:
                yield _unknown(node, scope, _why_no_list(argument.items[1], scope))
            elif index is None or not index.isdecimal():
                yield _unknown(node, scope, DEPLOYED)
            elif int(index) < len(items):
                yield from items[int(index)]
            else:
                yield _unknown(node, scope, "the list has no such item")
        return
    yield _unknown(node, scope, "it is malformed")


def _why_no_list(node: Node, scope: Scope) -> str:
    (first, *others) = outcomes(node, scope)
    if first.symbol is not None:
        return first.symbol.reason
    # A list that is known was not read.
    known = not others and isinstance(first.node, (ScalarNode, SequenceNode))
    return TOO_MUCH if known else DEPLOYED


# --- choices


def _if(node: Node, argument: Node, scope: Scope) -> Iterator[Outcome]:
    if isinstance(argument, SequenceNode) and len(argument.items) == 3:
        for branch in argument.items[1:]:
            yield from outcomes(branch, scope)
        return
    yield _unknown(node, scope, "it is malformed")


def _find_in_map(node: Node, argument: Node, scope: Scope) -> Iterator[Outcome]:
    items = argument.items if isinstance(argument, SequenceNode) else []
    if len(items) < 3:
        yield _unknown(node, scope, "it is malformed")
        return
    section = scope.section("Mappings")
    default = (
        items[3].get("DefaultValue")
        if len(items) > 3 and isinstance(items[3], MappingNode)
        else None
    )
    places: Iterable[Node | None] = [section] if section is not None else []
    for key in items[:3]:
        places = _looked_up(places, outcomes(key, scope), scope)
    if default is not None:
        places = itertools.chain(places, [default])
    found = False
    for place in places:
        found = True
        if place is None:
            yield _unknown(node, scope, TOO_MUCH)
            continue
        for one in outcomes(place, scope):
            yield Outcome(one.node, one.scope, True, one.parts, one.absent, one.targets)
    if not found:
        yield _unknown(node, scope, "the mapping has no such key")


def _looked_up(
    places: Iterable[Node | None], keys: tuple[Outcome, ...], scope: Scope
) -> Iterator[Node | None]:
    """The values below some places for every key that they can be looked up by.

    None stands for all further ones where they are too many.
    """
    for place in places:
        if place is None or not scope.affords(characters=len(keys)):
            yield None
            return
        if isinstance(place, MappingNode):
            for one in keys:
                if one.text is None:
                    yield from (entry.value for entry in place)
                elif (value := place.get(one.text)) is not None:
                    yield value


def _transform(node: Node, argument: Node, scope: Scope) -> Iterator[Outcome]:
    file = included(argument, scope)
    if file is None:
        yield _unknown(node, scope, "a macro makes it")
    else:
        yield Outcome(expanded(file, scope, list_items), scope, node.shared)


def _without_value(node: Node, _argument: Node, scope: Scope) -> Iterator[Outcome]:
    yield _unknown(node, scope, "its alias stands for nothing, for what holds it, or for too much")


_FUNCTIONS: dict[str, Callable[[Node, Node, Scope], Iterator[Outcome]]] = {
    "Ref": _ref,
    "Fn::GetAtt": _get_att,
    "Fn::ImportValue": _import_value,
    "Fn::Sub": _sub,
    "Fn::Join": _join,
    "Fn::Split": _split,
    "Fn::Select": _select,
    "Fn::If": _if,
    "Fn::FindInMap": _find_in_map,
    "Fn::Transform": _transform,
    "Fn::alias": _without_value,
}
