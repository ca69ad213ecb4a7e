"""Where a handler's code hands what fails in it to a service that tracks errors.

By its integration for Lambda, which tells of what leaves the handler: a client of such a service
that is only made tells of what it is given.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from lamlint.python.module import cst

if TYPE_CHECKING:
    from lamlint.python.reach.handler import Handler
    from lamlint.text import Span

_WRAPPING = frozenset(
    {
        "datadog_lambda.datadog_lambda_wrapper",
        "datadog_lambda.wrapper.datadog_lambda_wrapper",
        "elasticapm.capture_serverless",
        "epsagon.lambda_wrapper",
        "lumigo_tracer.lumigo_tracer",
        "newrelic.agent.lambda_handler",
        "raven_python_lambda.RavenLambdaWrapper",
        "rollbar.lambda_function",
        "sentry_sdk.integrations.aws_lambda.AwsLambdaIntegration",
    }
)
"""What such an integration is made by, as each service's page on AWS Lambda has it."""
_WORDS = tuple({name.rpartition(".")[2] for name in _WRAPPING})


def tracks_errors(handler: Handler) -> Span | None:
    """Where what fails in a handler is handed to a service that tracks errors, if it is."""
    for module in handler.imported_modules():
        if module.failure is None and any(word in module.source.text for word in _WORDS):
            for node in chain(module.nodes(cst.Call), module.nodes(cst.Decorator)):
                named = node.decorator if isinstance(node, cst.Decorator) else node
                if module.qualified(named) in _WRAPPING:
                    return module.span(named)
    return None
