"""Whether a client carries a credential that this invocation was given by a service.

A token that is minted is good for minutes or hours, and often for one tenant: a client that
is kept would go on with it, and so would an engine, for each new connection. A secret that is only
read is the same for all invocations.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from lamlint.text import Regex

if TYPE_CHECKING:
    from lamlint.python.module import cst
    from lamlint.python.reach.call import Call
    from lamlint.python.reach.handler import Handler

_OUTLIVING = frozenset({"database", "queue"})
"""The kinds that are one connection, and last beyond the token by which it was opened.

Engines, pools and clients that dial by themselves log in with it again for each new connection.
"""
_MINTING = Regex(
    r"(?i)(?:acquire|create|fetch|generate|get|issue|mint|obtain|refresh|request)(?=\w*(?:jwt|token))"
    r"|(?:admin_)?initiate_auth$|assume_role|get_(?:role_credentials|credentials_for_identity)$"
    r"|get_cluster_credentials(?:_with_iam)?$"
    r"|(?:iam|oidc|jwt)_login$"
)
"""Methods of libraries that answer with a credential of their own making."""
_SIGNING = frozenset(
    {
        "authlib.jose.jwt.encode", "boto3.client.get_credentials",
        "botocore.signers.RequestSigner.generate_presigned_url", "jose.jwt.encode",
        "jwt.api_jwt.encode", "jwt.encode",
    }
)  # fmt: skip
_OF_HTTP = ("aiohttp.", "botocore.vendored.requests.", "httpx.", "requests.", "urllib.", "urllib3.")
_SENDING = frozenset({"post", "request", "urlopen", "Request"})
_METHOD, _DATA = "method", "data"


def carries_minted(
    handler: Handler, call: Call, given: Iterable[cst.CSTNode], kind: str | None
) -> bool:
    """Whether what is given to a client is made of a token that the invocation asked for."""
    if kind in _OUTLIVING:
        return False
    from lamlint.python.module import cst

    # What is called for each new connection, `creator=lambda: …`, asks for another token then.
    kept = [one for one in given if not isinstance(one, cst.Lambda)]
    names = frozenset(name for one in kept for name in handler.origins(call, one))
    if any(name in _SIGNING or _mints(name) for name in names):
        return True
    asked = frozenset(filter(_may_post, names))
    return bool(asked) and any(_posts(one) for one in handler.calls(asked))


def _mints(name: str) -> bool:
    return _MINTING.match(name.rpartition(".")[2]) is not None


def _may_post(name: str) -> bool:
    return name.startswith(_OF_HTTP) and name.rpartition(".")[2] in _SENDING


def _posts(call: Call) -> bool:
    """Whether a request has something in it: what is only read from an address is no token."""
    last = call.name.rpartition(".")[2]
    if last in ("post", "urlopen"):
        return last == "post" or not call.lacks(_DATA, 1)
    place = None if last == "Request" else 0
    return call.text(_METHOD, place).literal == "POST" or (
        last == "Request" and not call.lacks(_DATA, 1)
    )
