"""What a template's references stand for: `Ref`, `Fn::GetAtt`, imports, `{{resolve:…}}`."""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.dialects.cloudformation.expansion import expanded
from lamlint.dialects.cloudformation.scope import MANY, Scope
from lamlint.dialects.cloudformation.syntax import expands
from lamlint.dialects.outcome import Outcome, plain, unknown
from lamlint.dialects.tree.node import MappingNode, Node, ScalarNode, SequenceNode
from lamlint.dialects.values import targets_of
from lamlint.model.condition import Fact
from lamlint.model.parts import Literal, Part, Symbol
from lamlint.text.dataclass import replace
from lamlint.text.regex import Regex

DEPLOYED = "it is known only when the stack is deployed"
_PSEUDO = Regex(r"AWS::\w+\Z")
_OPEN = "{{resolve:"
_DYNAMIC = Regex(r"\{\{resolve:[^{}]*\}\}")
_SYMBOLIC_TYPES = ("AWS::SSM::Parameter::Value", "AWS::EC2::", "List<AWS::")

_LISTS = frozenset({"AWS::NotificationARNs"})
"""What may have nothing in it."""
_CALLED = ("Arn", "ARN", "Id", "Name", "Url", "URL")
"""How the attributes end by which AWS calls a resource."""
_OF_OTHERS = "::CloudFormation::"
"""What is in the types of resources that are made by somebody else: a nested stack, a function."""

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


def literal(node: Node, scope: Scope) -> Outcome:
    """The outcome of a node that calls no function."""
    if isinstance(node, MappingNode) and expands(node):
        return Outcome(expanded(node, scope), scope, node.shared)
    if not isinstance(node, ScalarNode):
        return Outcome(node, scope, node.shared)
    if _OPEN not in node.text:
        return plain(node, scope)
    parts = tuple(dynamic_parts(node.text))
    if any(isinstance(part, Symbol) for part in parts):
        return Outcome(None, scope, node.shared, parts).standing(node)
    return plain(node, scope)


def dynamic_parts(text: str) -> Iterator[Part]:
    """A text and the dynamic references ({{resolve:…}}) in it."""
    if _OPEN not in text:
        if text:
            yield Literal(text)
        return
    end = 0
    for match in _DYNAMIC.finditer(text):
        if match.start() > end:
            yield Literal(text[end : match.start()])
        yield Symbol(match.group(), "a dynamic reference is resolved at deployment")
        end = match.end()
    if end < len(text):
        yield Literal(text[end:])


def _symbol(scope: Scope, symbol: Symbol) -> Outcome:
    return Outcome(None, scope, parts=(symbol,))


def ref(node: Node, argument: Node, scope: Scope) -> Iterator[Outcome]:
    """`Ref`."""
    if isinstance(argument, ScalarNode):
        yield from reference(argument.text.strip(), scope)
    else:
        yield unknown(node, scope, "the name is computed")


def reference(name: str, scope: Scope) -> Iterator[Outcome]:
    """What `Ref` of a name gives."""
    if name == "AWS::NoValue":
        yield Outcome(None, scope, absent=True)
    elif _PSEUDO.match(name):
        yield _symbol(scope, Symbol(f"${{{name}}}", DEPLOYED, filled=name not in _LISTS))
    elif scope.parameter(name) is not None:
        yield from _parameter(name, scope)
    else:
        filled = is_of_aws(name, scope)
        targets = resource_targets(name, scope)
        yield _symbol(scope, Symbol(f"${{{name}}}", DEPLOYED, targets, filled=filled))


def _parameter(name: str, scope: Scope) -> Iterator[Outcome]:
    identity = frozenset({scope.identity(name)})
    declared = scope.parameter(name)
    if declared is None:
        return
    candidates = _candidates(name, declared, scope)
    if not candidates:
        reason = f"the parameter {name} has no value here"
        yield _symbol(scope, Symbol(f"${{{name}}}", reason, identity))
    for one in candidates:
        targets = one.targets | identity
        known = {Fact(scope.identity(name), one.text)} if one.text is not None else set()
        yield replace(one, shared=True, targets=targets).under(frozenset(known))


def _candidates(name: str, declared: MappingNode, scope: Scope) -> list[Outcome]:
    """What a parameter can be; nothing where that is not known before the deployment."""
    kind = declared.get("Type")
    if isinstance(kind, ScalarNode) and kind.text.startswith(_SYMBOLIC_TYPES):
        return []
    if name in scope.bound:
        given, outer = scope.bound[name]
        return list(outer.outcomes(given))
    if name in scope.overrides.values:
        return [literal(scope.overrides.values[name], scope)]
    if not scope.overrides.complete:
        return []
    default = declared.get("Default")
    return [
        replace(literal(value, scope), offered=value is not default)
        for value in _declared_values(declared)
    ]


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
    own = frozenset({scope.identity(name)})
    if declared_resource(name, scope) is None:
        # `Function.Version`, `Function.Alias`: references of SAM to what it makes.
        name = name.partition(".")[0]
        own |= {scope.identity(name)}
    resource = declared_resource(name, scope)
    if resource is None:
        return own
    kind, properties = resource.get("Type"), resource.get("Properties")
    if not isinstance(kind, ScalarNode) or not isinstance(properties, MappingNode):
        return own
    physical = properties.get(PHYSICAL_NAMES.get(kind.text, ""))
    if physical is None:
        return own
    return own | targets_of(scope.outcomes(physical))


def declared_resource(name: str, scope: Scope) -> MappingNode | None:
    """The resource of a logical id, also one that a loop or an include makes."""
    section = scope.section("Resources")
    if section is None:
        return None
    (found,) = scope.outcomes(section)
    resource = found.node.get(name) if isinstance(found.node, MappingNode) else None
    return resource if isinstance(resource, MappingNode) else None


def is_of_aws(name: str, scope: Scope) -> bool:
    """Whether there is a resource of a logical id that AWS makes, and calls something."""
    resource = declared_resource(name, scope)
    kind = resource.get("Type") if resource is not None else None
    return (
        isinstance(kind, ScalarNode)
        and kind.text.startswith("AWS::")
        and _OF_OTHERS not in kind.text
    )


def get_att(node: Node, argument: Node, scope: Scope) -> Iterator[Outcome]:
    """`Fn::GetAtt`."""
    match argument:
        case ScalarNode():
            path = argument.text
        case SequenceNode() if all(isinstance(item, ScalarNode) for item in argument.items):
            path = ".".join(i.text for i in argument.items if isinstance(i, ScalarNode))
        case _:
            yield unknown(node, scope, "the attribute is computed")
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
            yield from nested.outcomes(value)
            return
    filled = rest.endswith(_CALLED) and is_of_aws(name, scope)
    targets = resource_targets(name, scope)
    yield _symbol(scope, Symbol(f"${{{path}}}", DEPLOYED, targets, filled=filled))


def import_value(_node: Node, argument: Node, scope: Scope) -> Iterator[Outcome]:
    """`Fn::ImportValue`."""
    for name in scope.outcomes(argument):
        text = name.written
        exported = scope.exports.get(text)
        if exported is None:
            reason = "it is imported from another stack"
            yield _symbol(
                scope, Symbol(f"${{import {text}}}", reason, frozenset({f"export:{text}"}))
            )
            continue
        value, exporting = exported
        for one in exporting.outcomes(value):
            yield one.inherited().under(name.when)
