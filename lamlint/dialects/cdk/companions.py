"""What the CDK makes beside a function: URLs, aliases, settings of asynchronous calls, logs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from lamlint.dialects.cdk.additions import receivers
from lamlint.dialects.cdk.amounts import Convert, duration, plain, spelling, word
from lamlint.dialects.cdk.nodes import Lowering
from lamlint.dialects.cdk.objects import Frame, Items, Library, Made, Part, Thing
from lamlint.dialects.cdk.template import Template, given, is_construct, scalar
from lamlint.dialects.cdk.writing import InCode, New, new_in
from lamlint.dialects.tree.node import MappingNode, Node
from lamlint.dialects.tree.slots import Verbatim
from lamlint.model import UNPUBLISHED
from lamlint.text.dataclass import dataclass

_DAYS = {
    "ONE_DAY": 1,
    "THREE_DAYS": 3,
    "FIVE_DAYS": 5,
    "ONE_WEEK": 7,
    "TWO_WEEKS": 14,
    "ONE_MONTH": 30,
    "TWO_MONTHS": 60,
    "THREE_MONTHS": 90,
    "FOUR_MONTHS": 120,
    "FIVE_MONTHS": 150,
    "SIX_MONTHS": 180,
    "ONE_YEAR": 365,
    "THIRTEEN_MONTHS": 400,
    "EIGHTEEN_MONTHS": 545,
    "TWO_YEARS": 731,
    "FIVE_YEARS": 1827,
    "TEN_YEARS": 3653,
}
"""How long `RetentionDays` keeps logs."""


def _methods(thing: Thing, lowering: Lowering) -> Node:
    """A list of members of `HttpMethod`."""
    if not isinstance(thing, Items):
        return lowering.node(thing)
    return lowering.listed(thing.at, [_method(one, lowering) for one in thing.values])


def _method(thing: Thing, lowering: Lowering) -> Node:
    if not isinstance(thing, Library) or ".HttpMethod." not in thing.name:
        return lowering.node(thing)
    name = thing.name.rpartition(".")[2]
    return lowering.scalar(thing.at, "*" if name == "ALL" else name)


_CORS: Mapping[str, tuple[str, Convert]] = {
    "allowed_origins": ("AllowOrigins", plain),
    "allowed_methods": ("AllowMethods", _methods),
    "allowed_headers": ("AllowHeaders", plain),
    "exposed_headers": ("ExposeHeaders", plain),
    "allow_credentials": ("AllowCredentials", plain),
}


@dataclass(frozen=True)
class Companion:
    """A resource that a call makes beside others: the end of its id, its kind, and properties."""

    suffix: str
    kind: str
    properties: MappingNode


def of_function(name: str, arguments: Made, lowering: Lowering) -> Iterator[Companion]:
    """What the arguments of a function make beside it."""
    asynchronous = _asynchronous(arguments, lowering)
    if asynchronous:
        yield _invoked(name, arguments, asynchronous, lowering)
    retention = given(arguments, "log_retention")
    if retention is not None:
        group = lowering.log_group(retention.at, name)
        entries = {"LogGroupName": group, "RetentionInDays": days(retention, lowering)}
        yield Companion(
            "LogRetention", "AWS::Logs::LogGroup", lowering.mapping(arguments.at, entries)
        )


def of_call(call: Made, template: Template) -> Iterator[tuple[Made, Companion]]:
    """What a method of a function makes beside it, with the function."""
    known = _METHODS.get(call.name)
    if known is None:
        return
    for made, _ in receivers(call.receiver):
        name = template.logical.get(id(made))
        if name is not None:
            companion = known(name, call, template.lowering(call))
            companion.properties.layout = InCode(new=_new_in(call, template.frame(call.at)))
            yield made, companion


def _new_in(call: Made, frame: Frame | None) -> New | None:
    """How more is written into a call: the account that a stack is deployed to."""
    here = spelling(frame).here
    if not here or call.name != _PERMITS:
        return None
    own = Verbatim(f"{here}.ACCOUNT_ID")
    return new_in(call, frame, {("SourceAccount",): ("source_account", own)})


def url(name: str, call: Made, lowering: Lowering) -> Companion:
    """The URL of a function."""
    cors = given(call, "cors")
    listed = {
        key: convert(member.value, lowering)
        for argument, (key, convert) in _CORS.items()
        if isinstance(cors, Made) and (member := cors.named.get(argument)) is not None
    }
    entries = {
        "TargetFunctionArn": lowering.refer(call.at, name),
        "AuthType": _worded(call, "auth_type", "AWS_IAM", lowering),
        "InvokeMode": _worded(call, "invoke_mode", "BUFFERED", lowering),
        "Cors": lowering.mapping(cors.at, listed) if cors is not None else None,
    }
    return Companion("FunctionUrl", "AWS::Lambda::Url", lowering.mapping(call.at, entries))


def _worded(call: Made, name: str, default: str, lowering: Lowering) -> Node:
    value = given(call, name)
    return word(value, lowering) if value is not None else scalar(call.at, default)


def alias(name: str, call: Made, lowering: Lowering) -> Companion:
    """An alias of a function."""
    named = given(call, "alias_name", place=0)
    provisioned = given(call, "provisioned_concurrent_executions")
    inner = (
        {"ProvisionedConcurrentExecutions": lowering.node(provisioned)}
        if provisioned is not None
        else {}
    )
    version = given(call, "version")
    latest = isinstance(version, Part) and version.name == "latest_version"
    entries = {
        "FunctionName": lowering.refer(call.at, name),
        "FunctionVersion": scalar(call.at, UNPUBLISHED) if latest else None,
        "Name": lowering.node(named) if named is not None else None,
        "ProvisionedConcurrencyConfig": lowering.mapping(call.at, inner) if inner else None,
    }
    return Companion("Alias", "AWS::Lambda::Alias", lowering.mapping(call.at, entries))


def _configured(name: str, call: Made, lowering: Lowering) -> Companion:
    return _invoked(name, call, _asynchronous(call, lowering), lowering)


def _invoked(
    name: str, call: Made, entries: Mapping[str, Node | None], lowering: Lowering
) -> Companion:
    whole = {
        "FunctionName": lowering.refer(call.at, name),
        "Qualifier": scalar(call.at, UNPUBLISHED),
        **entries,
    }
    return Companion(
        "EventInvokeConfig", "AWS::Lambda::EventInvokeConfig", lowering.mapping(call.at, whole)
    )


def _asynchronous(call: Made, lowering: Lowering) -> dict[str, Node | None]:
    """What becomes of asynchronous calls."""
    found: dict[str, Node | None] = {}
    converters: Mapping[str, tuple[str, Callable[[Thing, Lowering], Node]]] = {
        "retry_attempts": ("MaximumRetryAttempts", plain),
        "max_event_age": ("MaximumEventAgeInSeconds", duration),
    }
    for name, (key, convert) in converters.items():
        value = given(call, name)
        if value is not None:
            found[key] = convert(value, lowering)
    ends: dict[str, Node | None] = {}
    for name, key in (("on_success", "OnSuccess"), ("on_failure", "OnFailure")):
        value = given(call, name)
        if value is not None:
            inner = (
                given(value, "queue", "topic", "fn", "event_bus", place=0)
                if isinstance(value, Made) and not is_construct(value)
                else None
            )
            target = lowering.node(inner if inner is not None else value)
            target = lowering.handed(value.at, target)
            ends[key] = lowering.mapping(value.at, {"Destination": target})
    if ends:
        found["DestinationConfig"] = lowering.mapping(call.at, ends)
    return found


_PERMITS = "add_permission"
_ANYBODY = ("AnyPrincipal", "StarPrincipal")
_NARROWS = {
    "SourceArn": "source_arn",
    "SourceAccount": "source_account",
    "PrincipalOrgID": "organization_id",
    "EventSourceToken": "event_source_token",
    "InvokedViaFunctionUrl": "invoked_via_function_url",
}


def _principal(thing: Thing | None, lowering: Lowering) -> Node | None:
    """Who is permitted: a service by its name, everybody, or one that is not known."""
    if not isinstance(thing, Made):
        return None
    if thing.name.endswith(_ANYBODY):
        return scalar(thing.at, "*")
    service = given(thing, "service", place=0) if thing.name.endswith("ServicePrincipal") else None
    return lowering.node(service) if service is not None else None


def _permitted(name: str, call: Made, lowering: Lowering) -> Companion:
    """`fn.add_permission(id, principal=…)`."""
    action, kind = given(call, "action"), given(call, "function_url_auth_type")
    entries: dict[str, Node | None] = {
        "FunctionName": lowering.refer(call.at, name),
        "Principal": _principal(given(call, "principal"), lowering),
        "Action": lowering.node(action) if action else scalar(call.at, "lambda:InvokeFunction"),
        "FunctionUrlAuthType": word(kind, lowering) if kind is not None else None,
    }
    for key, written in _NARROWS.items():
        value = given(call, written)
        entries[key] = lowering.node(value) if value is not None else None
    made = lowering.mapping(call.at, entries)
    if not call.whole:
        made.entries.append(lowering.more(call.at))
    return Companion("Permission", "AWS::Lambda::Permission", made)


def days(thing: Thing, lowering: Lowering) -> Node:
    """`RetentionDays.ONE_WEEK`, in days."""
    name = thing.name.rpartition(".")[2] if isinstance(thing, Library) else ""
    if name in _DAYS:
        return lowering.number(thing.at, _DAYS[name], None)
    return lowering.node(thing)


_METHODS: Mapping[str, Callable[[str, Made, Lowering], Companion]] = {
    "add_function_url": url,
    "add_alias": alias,
    "configure_async_invoke": _configured,
    _PERMITS: _permitted,
}
