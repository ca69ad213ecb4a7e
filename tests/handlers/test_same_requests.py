"""What handlers ask of AWS is the same before and after their constructions have moved."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from tests.handlers.connections import BUILT, mended

pytest.importorskip("boto3")
client = pytest.importorskip("botocore.client")
loaders = pytest.importorskip("botocore.loaders")

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

EVENT = {
    "id": "7",
    "key": "a.txt",
    "body": "text",
    "text": "text",
    "kind": "remote",
    "action": "list",
    "name": "notify",
    "path": "/notify",
    "keys": ["a", "b"],
    "Records": [{"body": "one"}, {"body": "two"}],
    "notify": True,
    "queued": True,
}
CONTEXT = SimpleNamespace(
    function_name="work",
    invoked_function_arn="arn:aws:lambda:eu-west-1:123456789012:function:work",
)
_OTHERS = re.compile(
    r"^\s*(?:import|from) (?!boto|functools|contextlib|dataclasses|concurrent|os|asyncio)",
    re.MULTILINE,
)
RUNNABLE = {name: text for name, text in BUILT.items() if not _OTHERS.search(text)}
SILENT = {
    "conditional expression",
    "a branch that returns in a try",
    "a status of another kind",
    "dispatch by if",
    "else of try",
    "factory of a class by a dict",
    "match",
    "the cache is of the invocation",
    "wrapper of a method",
    "wrapper that hands its arguments on as it got them",
}
"""Those that come to no request with the event above."""


@pytest.fixture(scope="module", autouse=True)
def models() -> Iterator[None]:
    """Each session reads the same models of services; they are read once for all."""
    loader = loaders.create_loader()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loaders, "create_loader", lambda _path=None: loader)
        yield


class Answer(dict[str, Any]):
    """An answer of AWS that has whatever is asked for."""

    def __missing__(self, key: str) -> Answer:
        return Answer()


def run(text: str, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What a handler asks for, and how it ends, in two invocations."""
    told: list[object] = []
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.setenv(name, "eu-west-1")
    monkeypatch.setenv("MODE", "silo")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")

    def ask(self: Any, operation: str, parameters: dict[str, object]) -> Answer:
        told.append((self.meta.service_model.service_name, operation, sorted(parameters)))
        return Answer()

    monkeypatch.setattr(client.BaseClient, "_make_api_call", ask)
    module = ModuleType("app")
    monkeypatch.setitem(sys.modules, "app", module)
    exec(compile(text, "app.py", "exec", dont_inherit=True), module.__dict__)  # noqa: S102
    return [*told, *(outcome(module.handler) for _ in range(2)), *told]


def outcome(handler: Callable[[object, object], object]) -> str:
    """How an invocation ends."""
    try:
        return type(handler(EVENT, CONTEXT)).__name__
    except Exception as error:  # noqa: BLE001  whatever it is, it is to be the same
        return repr(error)


@pytest.mark.parametrize("title", RUNNABLE)
def test_a_mended_handler_asks_for_the_same(title: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = RUNNABLE[title]
    before = run(text, monkeypatch)
    assert (len(before) > 2) is (title not in SILENT)
    assert run(mended(text).texts.get("app.py", text), monkeypatch) == before
