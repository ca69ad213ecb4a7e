"""What a function may do, and who may invoke it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from lamlint.model.policy import Document
from lamlint.model.slot import Later, Slot
from lamlint.model.value import Value
from lamlint.text import Span
from lamlint.text.dataclass import dataclass


@dataclass(frozen=True)
class Statement:
    """One statement of an IAM policy. Actions and resources as written.

    `complete` is false when a part could not be known. `origin` says where it
    comes from: inline, managed (by a known name) or a SAM policy template.
    """

    effect: str
    actions: tuple[str, ...]
    not_actions: tuple[str, ...]
    resources: tuple[str, ...]
    conditions: bool
    origin: str
    complete: bool
    span: Span
    places: Mapping[str, Span] = field(default_factory=dict, hash=False)
    """Where actions stand, as far as that is known, by how they are written."""

    def place(self, action: str) -> Span:
        """Where an action stands, or the statement that has it."""
        return self.places.get(action, self.span)


@dataclass(frozen=True)
class Supplied:
    """What a tool allows to the role that it makes, on all resources, whatever else is asked for.

    It does so until its `setting` names another policy.
    """

    tool: str
    setting: str
    actions: frozenset[str]


@dataclass(frozen=True)
class Role:
    """The execution role of one or more functions.

    `complete` is false when a policy could not be read, so that an action
    which is not here may still be allowed. `trusted` are the service
    principals that may assume it. What its policies allow counts only within a
    boundary where it is `bounded`. `documents` are the policies that are written out.
    """

    id: str
    name: str
    statements: tuple[Statement, ...]
    managed: tuple[Value[str], ...]
    trusted: tuple[str, ...]
    functions: tuple[str, ...]
    complete: bool
    span: Span
    block: Span
    bounded: bool = False
    documents: tuple[Document, ...] = ()
    supplied: Supplied | None = None


@dataclass(frozen=True)
class Permission:
    """A statement of a function's own policy (`AWS::Lambda::Permission`).

    `organization` is the id of the one that the principal has to be of, `token` what Alexa
    has to send, `url_auth` NONE or AWS_IAM for calls of a URL, `via_url` whether only those
    are allowed.
    """

    principal: Value[str]
    action: Value[str]
    source_arn: Value[str]
    source_account: Value[str]
    organization: Value[str]
    token: Value[str]
    url_auth: Value[str]
    via_url: Value[str]
    span: Span
    own_account: Slot | Later | None = None
    """Where, and how, the account that it is deployed to would be named as the source's."""
    qualifier: Value[str] | None = None
    """What of the function may be invoked: an alias, a version or $LATEST; None: not read."""
