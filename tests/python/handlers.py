"""A handler of some files, and its calls."""

from __future__ import annotations

from lamlint.python import Call, Codebase, Handler, handler_in
from tests.memory import MemoryTree


def handler(text: str, **others: str) -> Handler:
    files = {"app.py": text} | {
        f"{name.replace('__', '/').replace('INIT', '__init__')}.py": t for name, t in others.items()
    }
    codebase = Codebase(MemoryTree(files), [""])
    module = codebase.module("app")
    assert module is not None
    found = handler_in(codebase, module, "handler")
    assert found is not None
    return found


def only(of: Handler, name: str) -> Call:
    (call,) = of.calls({name})
    return call
