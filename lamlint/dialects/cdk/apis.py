"""How long the APIs of an app wait for a function, as their integrations say."""

from __future__ import annotations

from collections.abc import Mapping

from lamlint.dialects.cdk.amounts import milliseconds
from lamlint.dialects.cdk.nodes import Lowering
from lamlint.dialects.cdk.objects import Made
from lamlint.dialects.cdk.template import given
from lamlint.dialects.tree.node import Node

TIMEOUT = "TimeoutInMillis"
"""The property of an integration that says how long it waits."""
_OPTIONS: Mapping[str, str] = {
    "LambdaIntegration": "",
    "LambdaRestApi": "integration_options",
    "HttpLambdaIntegration": "",
    "LambdaProxyIntegration": "",
    "WebSocketLambdaIntegration": "",
    "LambdaWebSocketIntegration": "",
}
"""The classes that ask a function for an API, and the argument that holds the options."""


def waits(call: Made, lowering: Lowering) -> Mapping[str, Node] | None:
    """What an integration says of how long it waits; None where it is none, or that is unknown."""
    held = _OPTIONS.get(call.name.rpartition(".")[2])
    if held is None or not call.whole:
        return None
    options = given(call, held) if held else call
    if options is None:
        return {}
    if not isinstance(options, Made) or not options.whole:
        return None
    if given(options, "response_transfer_mode") is not None:
        return None  # one that streams may wait far longer
    timeout = given(options, "timeout")
    return {} if timeout is None else {TIMEOUT: milliseconds(timeout, lowering)}
