"""What a deployment reads from a store of secrets, and writes out into a value."""

from __future__ import annotations

from enum import Enum

from lamlint.text import Span
from lamlint.text.dataclass import dataclass


class Store(Enum):
    """Where the deployment has a value from."""

    HIDDEN = "a hidden parameter"
    """One that whoever deploys gives, and that nobody is shown again: `NoEcho`, `sensitive`."""
    SHOWN = "a parameter without NoEcho"
    """One that whoever deploys gives, and that everybody is shown who may describe the stack."""
    SECRETS_MANAGER = "Secrets Manager"
    PARAMETER_STORE = "the Parameter Store"


@dataclass(frozen=True)
class Resolved:
    """One thing that a deployment fills in: from where, and what it is called there.

    `key` is the field of a secret that is a JSON object; empty for all of it.
    """

    store: Store
    name: str
    key: str
    span: Span
