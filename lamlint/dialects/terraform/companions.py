"""Resources that say more of a function: permissions, URLs, aliases, invocations, log groups."""

from __future__ import annotations

from collections.abc import Callable

from lamlint.dialects.linking import Change
from lamlint.dialects.properties import Properties
from lamlint.dialects.terraform.scope import Scope
from lamlint.dialects.tree import slots
from lamlint.dialects.tree.hcl import Block
from lamlint.model import (
    UNPUBLISHED,
    Alias,
    AsyncConfig,
    Cors,
    Later,
    Permission,
    Scalar,
    Url,
    Value,
)
from lamlint.text import Span
from lamlint.text.dataclass import replace

_IDENTITY = "aws_caller_identity"


def permission(given: Properties, span: Span, principal: Value[str] | None = None) -> Change:
    """Who may invoke a function."""
    made = Permission(
        principal=given.text("principal") if principal is None else principal,
        action=given.text("action", default="lambda:InvokeFunction"),
        source_arn=given.text("source_arn"),
        source_account=given.text("source_account"),
        organization=given.text("principal_org_id"),
        token=given.text("event_source_token"),
        url_auth=given.text("function_url_auth_type"),
        via_url=given.text("invoked_via_function_url"),
        span=span,
        own_account=_own_account(given),
    )
    return lambda function: replace(
        function, invoke_permissions=(*function.invoke_permissions, made)
    )


def _own_account(given: Properties) -> Later | None:
    """Where the account of the deployment would be named; None where nothing here names it."""
    scope = given.scope
    if given.shared or not isinstance(scope, Scope):
        return None
    known = (block for block in scope.module.of("data") if _is_own_identity(block))
    named = next((block.labels[1].text for block in known), None)
    slot = slots.insertion(given.mapping, (*given.lead, "source_account"), ("principal",))
    if named is None or slot is None:
        return None
    written = slots.Verbatim(f"data.{_IDENTITY}.{named}.account_id")
    return slot.by(lambda _: written)


def _is_own_identity(block: Block) -> bool:
    """Whether a block asks for the account that the module is applied to, and is one block."""
    kinds = [label.text for label in block.labels]
    elsewhere = any(block.body.get(key) is not None for key in ("provider", "count", "for_each"))
    return len(kinds) == 2 and kinds[0] == _IDENTITY and not elsewhere


def url(given: Properties, span: Span, key: str = "qualifier") -> Change:
    """A function URL, of the qualifier under a key."""
    made = Url(
        qualifier=given.text(key, default=UNPUBLISHED),
        auth=given.text("authorization_type", default="NONE"),
        invoke_mode=given.text("invoke_mode", default="BUFFERED"),
        cors=_cors(given.child("cors")),
        span=span,
    )
    return lambda function: replace(function, urls=(*function.urls, made))


def _cors(given: Properties | None) -> Cors | None:
    if given is None:
        return None
    return Cors(
        origins=given.texts("allow_origins"),
        methods=given.texts("allow_methods"),
        headers=given.texts("allow_headers"),
        exposed=given.texts("expose_headers"),
        credentials=given.number("allow_credentials"),
        maximum_age=given.number("max_age"),
    )


def alias(given: Properties, span: Span) -> Change:
    """An alias."""
    weights: dict[str, Value[Scalar]] = {}
    child = given.child("routing_config", "additional_version_weights")
    for entry in child.mapping if child is not None else ():
        if child is not None and not entry.key.tag:
            weights[entry.name] = child.number(entry.name)
    made = Alias(
        name=given.text("name"),
        version=given.text("function_version"),
        weights=weights,
        provisioned=given.number("provisioned_concurrent_executions"),
        span=span,
    )
    return lambda function: replace(function, aliases=(*function.aliases, made))


def asynchronous(given: Properties, span: Span) -> Change:
    """What becomes of asynchronous invocations."""
    made = AsyncConfig(
        qualifier=given.text("qualifier", default=UNPUBLISHED),
        retries=given.number("maximum_retry_attempts"),
        maximum_age=given.number("maximum_event_age_in_seconds"),
        on_success=given.text("destination_config", "on_success", "destination"),
        on_failure=given.text("destination_config", "on_failure", "destination"),
        span=span,
    )
    return lambda function: replace(function, asynchronous=(*function.asynchronous, made))


def recursion(given: Properties, _span: Span) -> Change:
    """What becomes of calls that come back to the function."""
    loop = given.text("recursive_loop")
    return lambda function: replace(function, recursive_loop=loop)


def provisioned(given: Properties, _span: Span) -> Change:
    """How many environments are kept."""
    amount = given.number("provisioned_concurrent_executions")
    return lambda function: replace(function, provisioned_concurrency=amount)


def retention(given: Properties) -> Change:
    """How long logs are kept."""
    days = given.number("retention_in_days", default=0)
    return lambda function: replace(function, log_retention=days)


KINDS: dict[str, Callable[[Properties, Span], Change]] = {
    "aws_lambda_alias": alias,
    "aws_lambda_function_event_invoke_config": asynchronous,
    "aws_lambda_function_recursion_config": recursion,
    "aws_lambda_function_url": url,
    "aws_lambda_permission": permission,
    "aws_lambda_provisioned_concurrency_config": provisioned,
}
"""What names its function as `function_name`, and what it says of it."""
