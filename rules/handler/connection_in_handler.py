"""A client or connection is built on every invocation, instead of once an environment.

## Why this matters

Lambda keeps an execution environment and uses it for one invocation after the
other. What stands at module level is made once, while the environment starts
(with the full CPU, whatever the memory setting); what stands in the handler,
or in anything that the handler calls, is made again and again. A boto3 client
loads its service's model, up to 100 ms at little memory, and does the TLS
handshake anew for its first request; a database connection costs 20 to 100 ms
and a process on the server; an SQLAlchemy engine or a Redis client throws its
pool away each time, so that nothing is ever pooled.

Reported is what runs on each invocation: in the handler, in a helper, in a
method of an object built there, in any module of the package, of its layers, or
of a folder of the project that its requirements.txt asks for; in the routes of
a web application that the handler serves. The report shows the way from the
handler to the construction. A `with` block that closes the object at its end is
reported too: closing it is what makes the next invocation connect again.

Not reported are objects that are kept: built at module level, behind
`lru_cache`, `global` and a test for None, a dictionary used as a cache, a
cached property of a long-lived object. Nor those that depend on the invocation:
on the event or the context (that may also be put in afterwards: `session.auth =
(event["user"], …)`), on the credentials of an assumed role (and what is built
in their stead when there is no role to assume), or on `**options` that may hold
such. Nor asynchronous clients when
each invocation has an event loop of its own (`asyncio.run`): kept, they fail on
the second invocation with "Event loop is closed". Nor anything in a branch for
errors, or in tests; nor mail and file transfer sessions, which the server drops
when they are idle, and SQLite or DuckDB, which connect to nothing.

A session and the clients made from it are one finding each client, whose fix
moves both. Branches of one choice that make the same kind of client and give it
the same name, or return it, are one finding at the first of them. What only
some invocations build (in a branch, behind a `return`, in a function that a
branch calls, in one route of many) is told so.

The finding is information where the function nearly always starts cold, so that
little is built in vain: where all that triggers it is declared, and is

- a schedule, or a rule of AWS Config that has one: all of them together an hour
  or more apart;
- a custom resource or a macro of a stack that is deployed, or the rotation of a
  secret;
- an alarm of CloudWatch, by itself or by a topic that nothing but alarms is
  seen to publish to;
- events on the default bus that are rare by their nature: AWS Health,
  Organizations, Control Tower, changes of alarms, certificates that expire,
  unusual costs.

And where nothing else is declared, and the handler, or what it leads to,
answers CloudFormation. Not in a loop, which builds many in one run. Durable
functions are replayed, and build anew each time.

It is information, too, where a client sends no request: what is asked of it is
`generate_presigned_url`, `exceptions`, `meta` and the like. Building it then
costs the loading of its model only.

## Example

```python title="app.py"
import boto3


def handler(event, context):
    table = boto3.resource("dynamodb").Table("orders")
    return table.get_item(Key={"id": event["id"]})["Item"]
```

## Use instead

```python title="app.py"
import boto3

table = boto3.resource("dynamodb").Table("orders")


def handler(event, context):
    return table.get_item(Key={"id": event["id"]})["Item"]
```

A **database connection** (psycopg, PyMySQL, …) that is kept may have been
closed by the server while the environment slept, and keeps an open transaction
from one invocation to the next. Keep it behind a function that looks whether it
still lives, and commit or roll back before the handler returns; or put RDS
Proxy in front of the database:

```python
connection = None


def connect():
    global connection
    if connection is None:
        connection = pymysql.connect(**SETTINGS, autocommit=True)
    connection.ping(reconnect=True)
    return connection
```

An **asynchronous client** lives in one event loop. Keep the loop with it, and
run each invocation by `loop.run_until_complete(…)`; or leave the client where
it is. A **Kafka producer** that is kept has to `flush()` before the handler
returns: its thread is frozen with the environment.

With SnapStart, what is made at module level is part of the snapshot: AWS SDK
clients and HTTP pools dial again by themselves, other connections are made
again in a hook of `@register_after_restore`.

## Fix safety

Unsafe: the construction moves to import time. It then runs before the handler's
own error handling, once for all invocations, and counts as part of the cold
start. Tests feel it too: what they set (a region, variables, `mock_aws`, a
patch of `boto3.client`) has to be there before they import the module, or they
replace the module's client instead. Several constructions move together and
keep their order, their comments and their types, and clients made alike become
one; imports and constant values of the function that they are made of move
along; a `with` block that closed the object is opened. There is no fix where
the move could change what the handler returns: where an argument is not
constant, where the name is assigned again, where the object is closed, changed
or handed on in a way that could be seen by the next invocation, where the
variables that it reads are set at run time, where it is one of several of which
a condition chooses, and for connections that have to be looked after
(databases, queues, asynchronous clients).

## References

- https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html
- https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
- https://docs.aws.amazon.com/lambda/latest/dg/snapstart-best-practices.html
- https://boto3.amazonaws.com/v1/documentation/api/latest/guide/clients.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from lamlint.catalog import Constructor, Constructors, Hoist
from lamlint.model import starts_cold
from lamlint.project import Project
from lamlint.python import (
    Call,
    Choices,
    Handler,
    When,
    answers_cloudformation,
    arms,
    credentials,
    iterated,
    made_at_once,
    only_asked,
    put_in,
    service,
)
from lamlint.rule import ERROR, INFORMATION, WARNING, rule
from lamlint.text import Finding, Fix, Related, Safety, Severity

_OWN_LOOP = frozenset({"asyncio.run", "asyncio.Runner", "asyncio.new_event_loop"})
Built: TypeAlias = "tuple[Call, Constructor]"
_LOCAL = "it loads the service's model each time, though no request is sent"
_CURE = "build it once, and keep it"
_DEPLOYED = "CloudFormation calls it when a stack is deployed, so that it nearly always starts cold"


@rule(severity=WARNING, since="0.1.0", fix=Safety.UNSAFE)
def check(handler: Handler, project: Project) -> Iterator[Finding]:
    """Look at everything that the handler builds on each of its runs."""
    catalog = project.catalog.constructors
    names = catalog.of_rule("connection-in-handler")
    calls = list(handler.calls(names))
    made = {id(call.node) for call in calls}
    chosen = [
        call for call in calls if _is_of_the_invocation(handler, call, names) and not call.is_dead
    ]
    of_the_invocation = {id(call) for call in chosen}
    choices = Choices(chosen)
    all_choices = Choices(call for call in calls if not made_at_once(call, made))
    built = [
        (call, row)
        for call in calls
        if (row := names.get(call.name)) is not None
        and not (project.is_test(call.module.path) or _is_meant(handler, call, row))
        and not (id(call) in of_the_invocation or choices.alternative(call))
    ]
    makers = {id(call.node): (call, row) for call, row in built}
    parts = {id(part.node) for call, _ in built for part, _ in _made_from(call, makers)}
    cold = _starts_cold(handler, project) if built else ()
    told = [call for call, _ in built if not (id(call.node) in parts or made_at_once(call, made))]
    for branches in arms(told):
        yield _finding(branches, makers, cold, all_choices, catalog)


def _finding(
    branches: Sequence[Call],
    makers: Mapping[int, Built],
    cold: tuple[Related, ...],
    choices: Choices,
    catalog: Constructors,
) -> Finding:
    """What is told of a construction, or of those of which a choice takes one."""
    (call, *others) = branches
    _, row = makers[id(call.node)]
    whole = [(call, row), *_made_from(call, makers)]
    rare = () if any(one.is_repeated for one in branches) else cold
    local = row.kind == "sdk" and all(one.sends_nothing(catalog) for one in branches)
    when = "whenever one of these branches runs" if others else call.when_run
    surely = "on every invocation" if not others and call.is_certain else when
    things = _things(whole)
    return Finding(
        f"{things} built {when}: {row.cost}; {_CURE}",
        call.module.span(call.node),
        flow=call.flow,
        related=(*(Related(one.span, "so it is in this branch") for one in others), *rare),
        severity=INFORMATION if rare or (local and len(whole) == 1) else _severity(row),
        fix=None if choices.alternative(call) else _fix(whole, catalog),
        surely=f"{things} built {surely}: {_LOCAL if local else row.cost}; {_CURE}",
    )


def _made_from(call: Call, makers: Mapping[int, Built]) -> Iterator[Built]:
    """What an object is made from, and is one finding with it: the session of a client."""
    receiver = call.receiver
    while receiver is not None:
        if id(receiver.call) in makers:
            yield makers[id(receiver.call)]
        receiver = receiver.parent


def _things(whole: Sequence[Built]) -> str:
    """What is built, with the verb."""
    (call, row), *makers = whole
    thing = f"{row.thing}{service(call)}"
    if not makers:
        return f"{thing} is"
    made = makers[0][1].thing.removeprefix("a ").removeprefix("an ")
    return f"{thing} and the {made} it is made from are"


def _severity(row: Constructor) -> Severity | None:
    return ERROR if row.kind == "cloud" and row.hoist is Hoist.MODULE else None


def _fix(whole: Sequence[Built], catalog: Constructors) -> Fix | None:
    """The fix that moves the object with what it is made from; else only the latter."""
    fixes = (call.hoisted(catalog) for call, _ in whole)
    return next((fix for fix in fixes if fix is not None), None)


def _starts_cold(handler: Handler, project: Project) -> tuple[Related, ...]:
    """Why the handler nearly always starts cold, so that little is built in vain; else nothing."""
    answering = Related(handler.span, _DEPLOYED) if answers_cloudformation(handler) else None
    if not handler.functions:
        return () if answering is None else (answering,)
    rare_events = project.catalog.rare_events
    reasons = [starts_cold(function, rare_events, answering) for function in handler.functions]
    return tuple(dict.fromkeys(one for some in reasons for one in some)) if all(reasons) else ()


def _is_meant(handler: Handler, call: Call, row: Constructor) -> bool:
    """Whether there is a reason to build it here, on this run, or none can be excluded."""
    if call.when is When.ERROR or only_asked(call):
        return True
    if row.hoist is Hoist.MODULE and call.when is not When.ALWAYS:
        return True  # `if not firebase_admin._apps:`
    if row.asynchronous and not _keeps_its_loop(handler):
        return True
    return handler.memoized(call) or call.is_dead


def _is_of_the_invocation(handler: Handler, call: Call, names: Constructors) -> bool:
    """Whether it is made of what only this invocation has."""
    given = [argument.value for argument in call.node.args]
    given += [call.node.func, *put_in(call)]
    if any(handler.depends_on_event(call, value) for value in given):
        return True
    row = names.get(call.name)
    sdk = row is not None and row.kind == "sdk"
    return sdk and (credentials(handler, call) or iterated(handler, call))


def _keeps_its_loop(handler: Handler) -> bool:
    """Whether the handler is seen to run its coroutines in a loop that outlives it."""
    names = {call.name for call in handler.calls()}
    runs = any(name.endswith(".run_until_complete") for name in names)
    return runs and not names & _OWN_LOOP
