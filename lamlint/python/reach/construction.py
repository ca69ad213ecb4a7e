"""What the call of a constructor says about the object."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lamlint.catalog.constructors import Constructors
    from lamlint.python.module import cst
    from lamlint.python.reach.call import Call
    from lamlint.python.reach.handler import Handler
    from lamlint.python.values.objects import Frame

_CREDENTIALS = frozenset({"aws_access_key_id", "aws_secret_access_key", "aws_session_token"})


def made_at_once(call: Call, others: Container[int]) -> bool:
    """Whether it only serves to make another of some calls: `Session()` in `Session().client()`."""
    module = call.module
    above = module.parent(call.node)
    outer = module.parent(above) if above is not None else None
    return getattr(outer, "func", None) is above and id(outer) in others


def which_session(call: Call) -> str:
    """Which session a client is made from, beside others whose session is made at one place.

    `get_session().client("s3")` makes one of its own whenever it runs.
    """
    from lamlint.python.module import cst

    match call.node.func:
        case cst.Attribute(value=cst.Call()):
            return "a session of its own"
        case _:
            return "the same session"


_SESSIONS = (".Session", ".get_session", ".AioSession")


def only_asked(handler: Handler, call: Call, constructors: Constructors) -> bool:
    """Whether an AWS session is built only to be asked for what it knows: `Session().region_name`.

    It loads no service and opens no connection, whether or not an object keeps it.
    """
    if not call.name.endswith(_SESSIONS):
        return False
    from lamlint.python.reach.local_use import OF_SESSIONS, makes_nothing
    from lamlint.python.reach.unasked import asked_no_more

    return makes_nothing(call, constructors) or asked_no_more(handler, call, OF_SESSIONS)


def sends_nothing(handler: Handler, call: Call, constructors: Constructors) -> bool:
    """Whether an AWS client is only asked for what it does by itself: addresses, signed there.

    Every use of it is seen, whether or not an object keeps it.
    """
    from lamlint.python.reach.local_use import META, OF_CLIENTS, asked_locally
    from lamlint.python.reach.unasked import asked_no_more

    return asked_locally(call, constructors) or asked_no_more(handler, call, OF_CLIENTS - {META})


def service(call: Call) -> str:
    """For which AWS service a client or resource is, as the end of a phrase.

    Only where the call itself says so: one that several handlers reach, each for a
    service of its own, is still one thing to mend.
    """
    from lamlint.python.module import cst

    here = isinstance(call.argument(0, "service_name"), cst.SimpleString)
    return f" for {call.service}" if here and call.service else ""


_CREDENTIALS_FROM = 6
"""The first place of an argument of a client, or resource, that is a credential."""


def credentials(handler: Handler, call: Call) -> bool:
    """Whether an AWS client has credentials that may be those of an assumed role."""
    made = [(call.node, call.frames)]
    receiver = call.receiver
    while receiver is not None:
        made.append((receiver.call, (receiver.frame,)))
        receiver = receiver.parent
    return any(
        _unknown(handler, node, frames, argument) for node, frames in made for argument in node.args
    )


def _unknown(handler: Handler, call: cst.Call, frames: Sequence[Frame], argument: cst.Arg) -> bool:
    if argument.star == "*":
        more = handler.count(frames, argument.value)
        ahead = sum(one.keyword is None and not one.star for one in call.args)
        return more is None or more + ahead > _CREDENTIALS_FROM
    given = _by_keyword(handler, frames, argument)
    return given is None or any(
        name == "botocore_session"
        or (name in _CREDENTIALS and not _is_of_the_environment(handler, value, frame))
        for name, value, frame in given
    )


def _is_of_the_environment(handler: Handler, value: cst.CSTNode, frame: Frame) -> bool:
    """Whether a credential is written, in the code or in a variable, so that it stays as it is."""
    return handler.text(frame, value).known or handler.is_setting(frame, value)


def _by_keyword(
    handler: Handler, frames: Sequence[Frame], argument: cst.Arg
) -> list[tuple[str, cst.CSTNode, Frame]] | None:
    """What an argument gives by keyword; None when `**` may hold anything."""
    if argument.star:
        return handler.keywords(frames, argument.value)
    if argument.keyword is None:
        return []
    return [(argument.keyword.value, argument.value, frame) for frame in frames]


class Choices:
    """The constructions of a handler, by the choice of which each is one branch.

    `return boto3.client(name)` beside one with an assumed role's credentials:
    which of them is made is up to the invocation.
    """

    def __init__(self, calls: Iterable[Call]) -> None:
        self._branches: dict[tuple[int, str], list[Call]] = {}
        for call in calls:
            given = _given_to(call)
            if given is not None:
                self._branches.setdefault((id(call.function), given), []).append(call)

    def alternative(self, call: Call) -> bool:
        """Whether another branch of the choice makes one of these constructions."""
        branches = self._branches.get((id(call.function), _given_to(call) or ""), ())
        others = [other for other in branches if other is not call]
        return bool(others) and not _is_decided(call, others)


def _is_decided(call: Call, others: Sequence[Call]) -> bool:
    """Whether some way into the function leaves no choice: what it gives decides each test.

    Nor is it one where the environment decides it.
    """
    from lamlint.python.reach.dead import dead
    from lamlint.python.reach.settled import settled

    if all(settled(call.analysis, call.frames, call.node, other.node) for other in others):
        return True
    for frame in call.frames:
        for edge in frame.edges if len(frame.edges) > 1 else ():
            one = call.analysis.inline(frame.module, frame.node, frame.closure or frame, edge)
            if one is not None and not dead(call.analysis, (one,), call.node):
                if all(dead(call.analysis, (one,), other.node) for other in others):
                    return True
    return False


def _given_to(call: Call) -> str | None:
    """What becomes of the object in its function: the name it gets, or that it is returned."""
    from lamlint.python.module import cst

    above = call.module.parent(call.node)
    while isinstance(above, (cst.IfExp, cst.Call, cst.Attribute)):
        above = call.module.parent(above)
    if isinstance(above, cst.Return):
        return _RETURN
    if isinstance(above, (cst.Assign, cst.AnnAssign)):
        target = above.target if isinstance(above, cst.AnnAssign) else above.targets[0].target
        return call.module.code(target)
    return None


_RETURN = "return"


def arms(calls: Sequence[Call]) -> list[list[Call]]:
    """Some calls of one kind, those together of which each run makes at most one.

    They stand in branches of one choice, and what they make gets the same name or is returned.
    """
    groups: list[list[Call]] = []
    alike: dict[tuple[object, ...], list[int]] = {}
    for call in calls:
        alternatives = list(_alternatives(call))
        known = sorted({at for each in alternatives for at in alike.get(each, ())})
        found = (at for at in known if _are_either(call, groups[at]))
        at = next(found, len(groups))
        if at == len(groups):
            groups.append([])
        groups[at].append(call)
        for each in alternatives:
            alike.setdefault(each, []).append(at)
    return groups


def deployed_first(branches: Sequence[Call]) -> Sequence[Call]:
    """Branches of one choice: behind all others those with an endpoint of their own.

    Such a branch runs where the code is tried out, and the other one where it is deployed.
    """
    return sorted(branches, key=lambda call: not call.lacks("endpoint_url"))


def _alternatives(call: Call) -> Iterator[tuple[object, ...]]:
    """What calls have in common that may be made in place of each other: one of these at least."""
    from lamlint.python.reach.branches import choices

    given = _given_to(call)
    kind = (id(call.function), call.name, _what(call), given)
    if given == _RETURN:
        yield kind
    elif given:
        yield from ((*kind, id(choice)) for choice in choices(call.module, call.node))


def _are_either(call: Call, others: Iterable[Call]) -> bool:
    """Whether none of some calls is made where another one is."""
    from lamlint.python.reach.branches import exclude

    return _given_to(call) == _RETURN or all(
        exclude(call.module, call.node, other.node) for other in others
    )


def _what(call: Call) -> str:
    """For which service a client is, as it is written; nothing for other constructors."""
    first = call.argument(0, "service_name")
    if first is None or not call.name.endswith((".client", ".resource", ".create_client")):
        return ""
    return service(call) or call.module.code(first)


_FILLING = frozenset(
    {"update", "mount", "add", "append", "extend", "register", "set", "setdefault"}
)


def put_in(call: Call) -> Iterator[cst.BaseExpression]:
    """What its function puts into the object: `session.auth = …`, `session.headers.update(…)`."""
    if call.function is not None:
        yield from put_in_by(call, call.function)


def put_in_by(call: Call, code: cst.FunctionDef | cst.ClassDef) -> Iterator[cst.BaseExpression]:
    """What a function, or a class, puts into the object by the name that the call gives it."""
    from lamlint.python.module import cst

    above = call.module.parent(call.node)
    called = named_by(above)
    if called is None:
        return
    filled = call.module.syntax.once(("filled", code), lambda: _filled(code))
    for node in filled.get(path_of(called), ()):
        if isinstance(node, cst.Call):
            yield from (argument.value for argument in node.args)
        elif isinstance(node, cst.Assign) and node is not above:
            yield node.value


def named_by(above: cst.CSTNode | None) -> cst.CSTNode | None:
    """What a statement calls the object that it makes: `session = …`, `with … as session`."""
    from lamlint.python.module import cst

    match above:
        case cst.Assign():
            return above.targets[0].target
        case cst.AnnAssign() | cst.NamedExpr():
            return above.target
        case cst.WithItem(asname=cst.AsName(name=name)):
            return name
        case _:
            return None


def _filled(code: cst.CSTNode) -> dict[tuple[str, ...], list[cst.CSTNode]]:
    """What puts something into each object of a function or class, by the object's name."""
    from lamlint.python.module import cst
    from lamlint.python.module.walk import descendants

    found: dict[tuple[str, ...], list[cst.CSTNode]] = {}
    for node in descendants(code):
        objects: set[tuple[str, ...]] = set()
        if isinstance(node, cst.Assign):
            for each in node.targets:
                objects.update(_around(_stored(each.target)))
        elif isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute):
            if node.func.attr.value in _FILLING:
                path = path_of(node.func)
                objects = {*_around(path), path} - {()}
        for one in objects:
            found.setdefault(one, []).append(node)
    return found


def _around(path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """`self` and `self.session` of `self.session.auth`."""
    return (path[:length] for length in range(1, len(path)))


def _stored(node: cst.CSTNode) -> tuple[str, ...]:
    """The names of what is stored in: `self.session.headers` of `self.session.headers[x]`."""
    from lamlint.python.module import cst

    while isinstance(node, cst.Subscript):
        node = node.value
    return path_of(node)


def path_of(node: cst.CSTNode) -> tuple[str, ...]:
    """The names of `self.session.headers`; empty for what is no such chain."""
    from lamlint.python.module import cst

    if isinstance(node, cst.Name):
        return (node.value,)
    if isinstance(node, cst.Attribute):
        path = path_of(node.value)
        return (*path, node.attr.value) if path else ()
    return ()
