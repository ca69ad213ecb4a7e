"""Whether a session of HTTP collects the cookies of a login, which the next invocation would see.

Kept, it answers the second login with what the first one left: no redirect, no form, no
token of the page. Such a dance belongs to a session of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.reach.construction import named_by, path_of
from lamlint.text import Regex

if TYPE_CHECKING:
    from lamlint.python.reach.call import Call
    from lamlint.python.reach.handler import Handler

_METHODS = ("delete", "get", "head", "patch", "post", "put", "request")
_STAYING = ("allow_redirects", "follow_redirects")
_LOGIN = Regex(r"(?i)log_?[io]n(?![a-z])|sign_?[io]n(?![a-z])|authenticate|passw|\bpwd\b")
_GIVING = frozenset({"set", "set_cookie", "update"})
"""What puts cookies of the code's own in, the same for all invocations."""


def collects_cookies(handler: Handler, call: Call) -> bool:
    """Whether what a session is asked depends on the cookies that it was given before."""
    names = frozenset(f"{call.name}.{method}" for method in _METHODS)
    requests = [one for one in handler.calls(names) if one.comes_from(call)]
    if len(requests) > 1 and any(_stays(one) or _logs_in(one) for one in requests):
        return True
    return bool(requests) and _reads_cookies(call)


def _stays(request: Call) -> bool:
    """Whether a request looks at a redirect itself, so that another can follow it."""
    return any(
        isinstance(value, cst.Name) and value.value == "False"
        for value in (request.argument(None, keyword) for keyword in _STAYING)
    )


def _logs_in(request: Call) -> bool:
    """Whether a request sends a name and a password, or goes where one does."""
    if not request.name.endswith((".post", ".request")):
        return False
    function = request.function.name.value if request.function is not None else ""
    sent = (request.module.code(argument.value) for argument in request.node.args)
    return any(_LOGIN.search(text) for text in (function, *sent))


def _reads_cookies(call: Call) -> bool:
    """Whether the code takes cookies out of the session, by the name that it gives it."""
    module = call.module
    named = named_by(module.parent(call.node))
    path = path_of(named) if named is not None else ()
    for node in module.nodes(cst.Attribute) if path else ():
        if node.attr.value == "cookies" and path_of(node.value) == path:
            if path[0] == "self" or module.enclosing_function(node) is call.function:
                above = module.parent(node)
                if not (isinstance(above, cst.Attribute) and above.attr.value in _GIVING):
                    return True
    return False
