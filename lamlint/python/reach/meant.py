"""Whether there is a reason to build something where it is built, on each invocation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from lamlint.catalog.constructors import Constructor, Constructors, Hoist
from lamlint.model.parts import Literal
from lamlint.python.reach.construction import credentials, only_asked, put_in
from lamlint.python.reach.minted import carries_minted
from lamlint.python.values.objects import When
from lamlint.text import Regex

if TYPE_CHECKING:
    from lamlint.python.module import cst
    from lamlint.python.reach.call import Call
    from lamlint.python.reach.handler import Handler
    from lamlint.python.values.alternatives import Text

_DEFAULT_SESSION = frozenset({"boto3.client", "boto3.resource"})
_ON_THIS_MACHINE = Regex(
    r"(?i)https?://(?:localhost|127\.[\d.]+|0\.0\.0\.0|host\.docker\.internal|localstack)(?:[:/]|\Z)"
)
"""What answers where somebody tries the code: no service of AWS is found there in Lambda."""
_ENDPOINT = 5
"""The place of `endpoint_url`."""
_IN_A_FILE = Regex(r"(?i)(?:sqlite|duckdb)(?:\+\w+)?:")
"""How the address of a database starts that is a file or memory: nothing connects to it."""
_ADDRESSES = (("url", 0), ("db_url", None))
"""Where engines are given the address of their database."""
_OWN_LOOP = frozenset({"asyncio.run", "asyncio.Runner", "asyncio.new_event_loop"})


def is_meant(handler: Handler, call: Call, row: Constructor, catalog: Constructors) -> bool:
    """Whether there is a reason to build it here, on this run, or none can be excluded."""
    if call.when is When.ERROR or only_asked(handler, call, catalog):
        return True
    from lamlint.python.reach.after_failure import after_failure  # it needs LibCST

    if after_failure(call.frames, call.node):
        return True
    if row.hoist is Hoist.MODULE and call.when is not When.ALWAYS:
        return True  # `if not firebase_admin._apps:`
    if row.asynchronous and not _keeps_its_loop(handler):
        return True
    if any(not call.lacks(name) for name in row.sends_by):
        return True  # what it is given may be kept, and is a finding of its own where it is not
    if row.kind == "sdk" and _is_for_trying_out(call):
        return True
    if row.kind == "pool" and any(_is_in_a_file(call.text(*one)) for one in _ADDRESSES):
        return True
    return handler.memoized(call) or call.is_dead


def _is_for_trying_out(call: Call) -> bool:
    """Whether a client asks a service that runs on the machine of who tries the code."""
    written = call.text("endpoint_url", _ENDPOINT).literal
    return written is not None and _ON_THIS_MACHINE.match(written) is not None


def _is_in_a_file(address: Text) -> bool:
    """Whether an address surely is that of a local database, whatever its file is called."""
    starts = [choice[0] for choice in address.choices if choice]
    return bool(starts) and all(
        isinstance(one, Literal) and _IN_A_FILE.match(one.text) is not None for one in starts
    )


def is_of_the_invocation(handler: Handler, call: Call, names: Constructors) -> bool:
    """Whether it is made of what only this invocation has."""
    given = [argument.value for argument in call.node.args]
    given += [call.node.func, *put_in(call)]
    if any(handler.depends_on_event(call, value) for value in given):
        return True
    if call.name in _DEFAULT_SESSION and _sets_up_session(handler):
        return True
    row = names.get(call.name)
    if row is None:
        return False
    if row.kind != "sdk":
        return carries_minted(handler, call, given, row.kind) or (
            row.kind == "http" and _is_of_one_visit(handler, call, given)
        )
    from lamlint.python.reach.iterated import iterated  # it needs LibCST

    return credentials(handler, call) or iterated(handler, call)


def _is_of_one_visit(handler: Handler, call: Call, given: Iterable[cst.CSTNode]) -> bool:
    """Whether a session logs in, or goes by an identity of its own."""
    from lamlint.python.reach.disguised import is_disguised  # these need LibCST
    from lamlint.python.reach.logged_in import collects_cookies

    return is_disguised(handler, call, given) or collects_cookies(handler, call)


def _sets_up_session(handler: Handler) -> bool:
    """Whether invocations change the default session, and with it where its clients work."""
    return any(True for _ in handler.calls({"boto3.setup_default_session"}))


def _keeps_its_loop(handler: Handler) -> bool:
    """Whether the handler is seen to run its coroutines in a loop that outlives it."""
    names = {call.name for call in handler.calls()}
    runs = any(name.endswith(".run_until_complete") for name in names)
    return (runs or handler.is_served_in_one_loop) and not names & _OWN_LOOP
