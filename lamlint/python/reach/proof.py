"""Whether a handler asks a header who calls: a key, a token or a signature that no page has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.text import Regex

if TYPE_CHECKING:
    from lamlint.python.reach.handler import Handler

_HEADER = Regex(
    r"(?i)authorization|api-?key|(?!x-amz)(?:[a-z0-9]{1,30}-){1,6}(?:auth|key|secret|signature|token)"
)
_REFUSING = frozenset({"401", "403"})
_COMPARING = frozenset({"hmac.compare_digest", "secrets.compare_digest"})
_VALIDATING = frozenset(
    {
        "twilio.request_validator.RequestValidator", "stripe.Webhook.construct_event",
        "stripe.WebhookSignature.verify_header", "slack_sdk.signature.SignatureVerifier",
        "linebot.SignatureValidator", "linebot.WebhookHandler", "linebot.WebhookParser",
        "linebot.v3.WebhookHandler", "linebot.v3.WebhookParser", "svix.webhooks.Webhook",
        "svix.Webhook", "nacl.signing.VerifyKey", "discord_interactions.verify_key",
    }
)  # fmt: skip
"""What is made, or called, to check the signature of a service that calls back."""


def asks_who_calls(handler: Handler) -> bool:
    """Whether it reads such a header, and refuses some calls, or compares something in secret.

    Or it has the library of a service check that the call is signed.
    """
    if any(True for _ in handler.calls(_VALIDATING)):
        return True
    refuses = any(True for _ in handler.calls(_COMPARING))
    reads = False
    for node in handler.nodes():
        if isinstance(node, cst.SimpleString):
            value = node.evaluated_value
            reads = reads or (isinstance(value, str) and _HEADER.fullmatch(value) is not None)
        elif isinstance(node, cst.Integer):
            refuses = refuses or node.value in _REFUSING
        if reads and refuses:
            return True
    return False
