"""Functions that an API asks who may call it."""

from __future__ import annotations

import pytest

from lamlint.model import EventKind
from tests.dialects.serverless.reading import functions

HTTP = "http: {path: /a, method: get, authorizer: "
ASKED = {
    "a route by a name": (f"{HTTP}check}}", EventKind.API),
    "a route at length": (f"{HTTP}{{name: check, resultTtlInSeconds: 0}}}}", EventKind.API),
    "a socket": ("websocket: {route: $connect, authorizer: {name: check}}", EventKind.WEBSOCKET),
    "the rights of AWS": (f"{HTTP}aws_iam}}", None),
    "another stack's": (f"{HTTP}{{name: check, arn: 'arn:aws:lambda:e:1:function:c'}}}}", None),
    "a user pool": (f"{HTTP}{{arn: 'arn:aws:cognito-idp:e:1:userpool/p'}}}}", None),
    "nobody": ("http: GET /a", None),
}


@pytest.mark.parametrize(("event", "kind"), ASKED.values(), ids=ASKED)
def test_who_asks_a_function(event: str, kind: EventKind | None) -> None:
    found = functions(
        "provider: {name: aws, runtime: python3.13}\n"
        "functions:\n"
        "  check: {handler: app.check}\n"
        "  read:\n"
        "    handler: app.read\n"
        f"    events: [{{{event}}}, {{{event}}}]\n"
    )
    assert [one.kind for one in found["check"].events] == ([kind] if kind is not None else [])
    assert len(found["read"].events) == 2


def test_the_provider_names_those_of_http_apis() -> None:
    found = functions(
        "provider:\n"
        "  name: aws\n"
        "  runtime: python3.13\n"
        "  httpApi:\n"
        "    authorizers:\n"
        "      mine: {type: request, functionName: check}\n"
        "      others: {type: request, functionArn: 'arn:aws:lambda:e:1:function:c'}\n"
        "functions:\n"
        "  check: {handler: app.check}\n"
        "  other: {handler: app.other}\n"
    )
    assert {name: [e.kind for e in one.events] for name, one in found.items()} == {
        "check": [EventKind.HTTP_API],
        "other": [],
    }
