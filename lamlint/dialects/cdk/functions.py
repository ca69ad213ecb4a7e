"""What the CDK makes of a construct that is a function, beside its code: its properties."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lamlint.dialects.cdk.amounts import (
    Convert,
    alone,
    duration,
    plain,
    runtime,
    size,
    spelling,
    word,
)
from lamlint.dialects.cdk.nodes import Lowering
from lamlint.dialects.cdk.objects import Frame, Keyed, Made, Plain, Thing
from lamlint.dialects.cdk.place import Place
from lamlint.dialects.cdk.template import Template, given
from lamlint.dialects.cdk.writing import (
    Amount,
    Below,
    InCode,
    InModule,
    Member,
    New,
    RuntimeName,
    new_in,
)
from lamlint.dialects.python_literals import literal
from lamlint.dialects.tree.node import MappingNode, Node
from lamlint.dialects.tree.slots import Verbatim
from lamlint.model import Slot

_ARGUMENTS: Mapping[str, tuple[tuple[str, ...], Convert]] = {
    "function_name": (("FunctionName",), plain),
    "description": (("Description",), plain),
    "runtime": (("Runtime",), runtime),
    "handler": (("Handler",), plain),
    "timeout": (("Timeout",), duration),
    "memory_size": (("MemorySize",), plain),
    "ephemeral_storage_size": (("EphemeralStorage", "Size"), size),
    "architecture": (("Architectures",), alone),
    "recursive_loop": (("RecursiveLoop",), word),
    "tracing": (("TracingConfig", "Mode"), word),
    "logging_format": (("LoggingConfig", "LogFormat"), word),
    "log_format": (("LoggingConfig", "LogFormat"), word),
    "application_log_level": (("LoggingConfig", "ApplicationLogLevel"), word),
    "application_log_level_v2": (("LoggingConfig", "ApplicationLogLevel"), word),
    "log_group": (("LoggingConfig", "LogGroup"), plain),
    "reserved_concurrent_executions": (("ReservedConcurrentExecutions",), plain),
    "snap_start": (("SnapStart", "ApplyOn"), word),
    "durable_config": (("DurableConfig",), plain),
    "tenancy_config": (("TenancyConfig",), plain),
    "vpc": (("VpcConfig",), plain),
    "dead_letter_queue": (("DeadLetterConfig", "TargetArn"), plain),
    "dead_letter_topic": (("DeadLetterConfig", "TargetArn"), plain),
    "layers": (("Layers",), plain),
    "environment": (("Environment", "Variables"), plain),
    "environment_encryption": (("KmsKeyArn",), plain),
}
"""The arguments of a function's construct, and the properties that they are written to."""


_FOR_FAILURES = ("dead_letter_queue", "dead_letter_topic")
_VARIABLES = ("Environment", "Variables")


def properties(arguments: Made, added: Keyed | None, template: Template) -> MappingNode:
    """The properties of a function; `added` are variables that it is given later."""
    lowering = template.lowering(arguments)
    made = MappingNode(arguments.at.source, arguments.at.start, arguments.at.end)
    new = new_arguments(arguments, template.frame(arguments.at))
    made.layout = InCode(new=new)
    below: dict[str, MappingNode] = {}

    def put(path: tuple[str, ...], key: Place, node: Node) -> None:
        first, *rest = path
        if not rest:
            made.entries.append(lowering.entry(first, key, node))
            return
        if first not in below:
            below[first] = MappingNode(key.source, node.start, node.end, layout=InCode())
            made.entries.append(lowering.entry(first, key, below[first]))
        below[first].entries.append(lowering.entry(rest[0], key, node))

    for name, member in arguments.named.items():
        known = _ARGUMENTS.get(name)
        if known is not None and not _is_nothing(member.value):
            path, convert = known
            node = lowering.each(member.value, _converted(convert, lowering))
            node = lowering.handed(member.key, node) if name in _FOR_FAILURES else node
            extended = name == "environment" and added is not None
            put(path, member.key, _extended(node, added, lowering) if extended and added else node)
    if "environment" not in arguments.named and added is not None:
        variables = lowering.keyed(added)
        variables.layout = InCode(new=Below(new, _VARIABLES) if new is not None else None)
        put(_VARIABLES, arguments.at, variables)
    if not arguments.whole:
        made.entries.append(lowering.more(arguments.at))
    return made


def add_python_handler(found: MappingNode, arguments: Made, lowering: Lowering) -> None:
    """Write the handler of a `PythonFunction`: a name in a file, each with a default."""
    file, name = given(arguments, "index"), given(arguments, "handler")
    if not arguments.whole and (file is None or name is None):
        return
    plain_file = Plain("index.py", arguments.at) if file is None else file
    plain_name = Plain("handler", arguments.at) if name is None else name
    found.entries[:] = [entry for entry in found.entries if entry.name != "Handler"]
    at = plain_name.at
    if isinstance(plain_file, Plain) and isinstance(plain_name, Plain):
        module = str(plain_file.value).removesuffix(".py")
        slot = Slot(at.span, InModule(module)) if plain_name.written else None
        node: Node = lowering.text(at, f"{module}.{plain_name.value}", slot)
    else:
        node = lowering.unknown(at, "a part of it is not known")
    found.entries.append(lowering.entry("Handler", at, node))


def _converted(convert: Convert, lowering: Lowering) -> Callable[[Thing], Node]:
    return lambda thing: convert(thing, lowering)


def _is_nothing(thing: Thing) -> bool:
    return isinstance(thing, Plain) and thing.value is None


def _extended(node: Node, added: Keyed, lowering: Lowering) -> Node:
    """The variables with those that are given later."""
    if not isinstance(node, MappingNode):
        return node
    later = lowering.keyed(added)
    made = MappingNode(node.source, node.start, node.end, [*node.entries, *later.entries])
    made.layout, made.shared = node.layout, node.shared
    return made


def new_arguments(made: Made, frame: Frame | None) -> New | None:
    """How new arguments are written into a call."""
    spelled = spelling(frame)
    names: dict[tuple[str, ...], tuple[str, Callable[[object], str]]] = {
        ("MemorySize",): ("memory_size", literal),
        ("Handler",): ("handler", literal),
        ("Environment", "Variables"): ("environment", literal),
    }
    yes = "True" if made.options is None else "true"
    names["DeadLetterConfig", "TargetArn"] = ("dead_letter_queue_enabled", Verbatim(yes))
    if spelled.duration:
        names["Timeout",] = ("timeout", Amount(spelled.duration, "seconds"))
    if spelled.size:
        wrapped = Amount(spelled.size, "mebibytes")
        names["EphemeralStorage", "Size"] = ("ephemeral_storage_size", wrapped)
    if spelled.runtime:
        names["Runtime",] = ("runtime", RuntimeName(spelled.runtime))
    if spelled.tracing:
        names["TracingConfig", "Mode"] = ("tracing", Member(spelled.tracing))
    return new_in(made, frame, names)
