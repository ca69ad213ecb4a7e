"""Whether a handler is asked for something as people and streams of work do, by its code alone.

How an event is read tells who sends it: each service writes its own. That of a state machine, of
a schedule, or of a person who tries it may have any form, and tells nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scope import dotted, positional
from lamlint.python.reach.job import is_job
from lamlint.python.reach.signature import is_event_name

if TYPE_CHECKING:
    from lamlint.python.reach.handler import Handler

_SELDOM = frozenset({"crhelper", "cloudformation_cli_python_lib", "rdklib"})
"""Servers of what is asked for by a deployment, or by a rule of AWS Config."""
_FIELDS = frozenset(
    {
        # of requests to an API, a URL, a load balancer or a WebSocket
        "requestContext", "pathParameters", "queryStringParameters", "httpMethod", "rawPath",
        "multiValueQueryStringParameters", "multiValueHeaders", "rawQueryString", "routeKey",
        "isBase64Encoded", "stageVariables", "authorizationToken", "methodArn",
        # of Cognito, of subscriptions to logs, of bots, of agents
        "triggerSource", "awslogs", "sessionState", "inputTranscript", "invocationSource",
        "currentIntent", "actionGroup", "apiPath",
    }
)  # fmt: skip
"""What only the events of such services have; of some, what only their answers have."""
_OF_EVENTS = frozenset(
    {"Records", "records", "body", "headers", "arguments", "detail", "rmqMessagesByQueue"}
)
"""What they have at their top, and what other things may be called, too."""
_BY_ALARMS = "Sns"
"""Topics bring alarms as well as work."""
_LIBRARY = frozenset(
    {
        "BatchProcessor", "AsyncBatchProcessor", "SqsFifoPartialProcessor", "batch_processor",
        "process_partial_response", "async_process_partial_response", "sqs_batch_processor",
        "APIGatewayProxyEvent", "APIGatewayProxyEventV2", "ALBEvent", "LambdaFunctionUrlEvent",
        "APIGatewayAuthorizerRequestEvent", "APIGatewayAuthorizerTokenEvent",
        "APIGatewayAuthorizerEventV2", "APIGatewayWebSocketMessageEvent", "AppSyncResolverEvent",
        "AppSyncAuthorizerEvent", "BedrockAgentEvent", "BedrockAgentFunctionEvent",
        "CloudWatchLogsEvent", "ConnectContactFlowEvent", "DynamoDBStreamEvent", "KafkaEvent",
        "ActiveMQEvent", "RabbitMQEvent", "KinesisFirehoseEvent", "KinesisStreamEvent",
        "LexV2Event", "S3Event", "SQSEvent", "SqsModel", "KinesisDataStreamModel",
        "APIGatewayProxyEventModel", "APIGatewayProxyEventV2Model", "SqsEnvelope",
        "ApiGatewayEnvelope", "ApiGatewayV2Envelope", "LambdaFunctionUrlEnvelope",
        "KinesisDataStreamEnvelope", "DynamoDBStreamEnvelope", "KafkaEnvelope",
    }
)  # fmt: skip
"""What Powertools makes of such events, or handles them with."""
_DURABLE = "durable_execution"
_ANSWER = frozenset({"statusCode", "headers"})


def is_asked(handler: Handler, *, alone: bool) -> bool:
    """Whether its code is made for events that come as people and other work send them.

    What it answers tells only where it is `alone`: no trigger of any kind is declared. A bare
    `{"statusCode": 200, "body": …}` is what a new function begins with, whatever calls it.
    """
    if handler.servers:
        return not handler.servers <= _SELDOM
    if _is_durable(handler):
        return True
    if is_job(handler):
        return False
    nodes = list(handler.nodes())
    read = frozenset(_read(nodes, _event_names(handler)))
    texts = {one.evaluated_value for one in nodes if isinstance(one, cst.SimpleString)}
    if _BY_ALARMS in texts:
        read -= {"Records"}
    named = any(isinstance(one, cst.Name) and one.value in _LIBRARY for one in nodes)
    asked = not (read.isdisjoint(_OF_EVENTS) and texts.isdisjoint(_FIELDS))
    return named or asked or (alone and any(map(_answers, nodes)))


def _is_durable(handler: Handler) -> bool:
    """Whether one execution runs it again and again, from its beginning."""
    function = handler.entry.definition
    decorators = () if function is None else function.decorators
    made = (one.decorator for one in decorators)
    called = (one.func if isinstance(one, cst.Call) else one for one in made)
    return any((dotted(one) or "").rpartition(".")[2] == _DURABLE for one in called)


def _event_names(handler: Handler) -> frozenset[str]:
    """What the handler calls its event."""
    function = handler.entry.definition
    first = positional(function)[:1] if function is not None else ()
    return frozenset(one.name.value for one in first)


def _read(nodes: Iterable[cst.CSTNode], events: frozenset[str]) -> Iterator[str]:
    """The keys that are asked of what is called an event: `event["a"]`, `event.get("a")`."""
    for node in nodes:
        match node:
            case (
                cst.Subscript(
                    value=cst.Name(value=of),
                    slice=[cst.SubscriptElement(cst.Index(cst.SimpleString() as key))],
                )
                | cst.Call(
                    func=cst.Attribute(cst.Name(value=of), cst.Name(value="get")),
                    args=[cst.Arg(cst.SimpleString() as key), *_],
                )
                | cst.Comparison(
                    left=cst.SimpleString() as key,
                    comparisons=[cst.ComparisonTarget(cst.In(), cst.Name(value=of))],
                )
            ) if of in events or is_event_name(of):
                yield str(key.evaluated_value)
            case _:
                pass


def _answers(node: cst.CSTNode) -> bool:
    """Whether an answer of HTTP is made there, with headers."""
    if not isinstance(node, cst.Dict):
        return False
    keys = (one.key for one in node.elements if isinstance(one, cst.DictElement))
    written = {key.evaluated_value for key in keys if isinstance(key, cst.SimpleString)}
    return written >= _ANSWER
