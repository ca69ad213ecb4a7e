"""A policy document as it is written, whatever IAM makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from lamlint.model.value import Value
from lamlint.text import Span
from lamlint.text.dataclass import dataclass


@dataclass(frozen=True)
class Block:
    """One statement of a document. `elements` are its keys, each to be renamed where it stands.

    `complete` is false when a part could not be read, so that an element may be there
    that is not among them.
    """

    elements: Mapping[str, Value[str]] = field(hash=False)
    effect: Value[str]
    actions: tuple[Value[str], ...]
    resources: tuple[Value[str], ...]
    complete: bool
    span: Span


@dataclass(frozen=True)
class Document:
    """A policy: of what a role may do, or of who may assume it (`trust`).

    `version` is the one that IAM takes where none is written. `variable_places` are where
    the policy variables of its texts (`aws:username`) stand.
    """

    version: Value[str]
    elements: Mapping[str, Value[str]] = field(hash=False)
    blocks: tuple[Block, ...]
    variable_places: Mapping[str, Span] = field(hash=False)
    trust: bool
    span: Span
