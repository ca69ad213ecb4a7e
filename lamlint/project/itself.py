"""The calls by which a function invokes itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lamlint.model import ContextField, Literal, Part, Parts, Variable
from lamlint.project.identity import all_meet, context_fields, environment_names
from lamlint.text.regex import Regex

if TYPE_CHECKING:
    from lamlint.model import Function
    from lamlint.python import Call, Handler, Text

INVOKING = (
    "boto3.client.invoke",
    "boto3.client.invoke_async",
    "boto3.client.invoke_with_response_stream",
)
_LAST = "invoked_function_arn:-1"
"""The name, or the alias that is asked for: what is called a function's name, is no alias."""
OWN_FIELDS = frozenset({"function_name", "invoked_function_arn", "invoked_function_arn:6", _LAST})
OWN_VARIABLE = "AWS_LAMBDA_FUNCTION_NAME"
_PARTS = {
    "function_name": "<6>", "AWS_LAMBDA_FUNCTION_NAME": "<6>", "AWS_REGION": "<3>",
    "AWS_DEFAULT_REGION": "<3>", _LAST: "<6>",
} | {f"invoked_function_arn:{place}": f"<{place}>" for place in range(7)}  # fmt: skip
_OWN_ARN = Regex(r"(?:arn:(?:aws|<1>):(?:lambda|<2>):<3>:)?(?:<4>:(?:function|<5>):)?<6>(?::.*)?")
"""An ARN, or the end of one, that is put together of the function's own parts."""


def self_invocations(
    handler: Handler, only: Sequence[Function] | None = None
) -> Iterator[tuple[Call, Function | None]]:
    """The calls that invoke the function of a handler, and which it is; None by its context.

    With `only` some of its functions are looked for.
    """
    for call in handler.calls(INVOKING, handed=True):
        if call.service != "lambda" or "DryRun" in call.text("InvocationType").literals:
            continue
        name = call.text("FunctionName")
        if _is_own_by_context(name):
            yield call, None
            continue
        for function in handler.functions if only is None else only:
            if all_meet(name, function.physical_name.targets | {function.id}, function):
                yield call, function


def hands_itself_work(handler: Handler, function: Function) -> bool:
    """Whether a function invokes itself and waits for no answer: so it has two kinds of runs."""
    return any(waits_for_nothing(call) for call, _ in self_invocations(handler, [function]))


def waits_for_nothing(call: Call) -> bool:
    """Whether a call that invokes a function goes on without an answer."""
    return call.name.endswith(".invoke_async") or call.text("InvocationType").literal == "Event"


def _is_own_by_context(name: Text) -> bool:
    fields = context_fields(name)
    if fields is not None:
        return fields <= OWN_FIELDS
    if all(_OWN_ARN.fullmatch(_written(choice)) for choice in name.choices):
        return True
    return (
        name.known
        and environment_names(name) == (OWN_VARIABLE,)
        and all(len(choice) == 1 for choice in name.choices)
    )


def _written(choice: Parts) -> str:
    """A text with the places of its parts in the function's own ARN."""
    return "".join(map(_shown, choice))


def _shown(part: Part) -> str:
    if isinstance(part, Literal):
        return part.text
    given = part.taken_from
    return _PARTS.get(given.name, "<?>") if isinstance(given, (ContextField, Variable)) else "<?>"
