"""Finds secrets in text, and never repeats one: pure functions over strings.

A secret is told by its shape (`find`: the tokens of providers, private keys,
URLs with a password) or by its name and how random its value looks
(`suspicious`). What is found is a place, not a text: nothing here returns a
secret, and `redact` and `mask` are the only ways one may reach an output.
"""

from lamlint.secrets.assignments import Assignment, assignments
from lamlint.secrets.names import names_secret
from lamlint.secrets.redaction import mask, redact
from lamlint.secrets.search import Match, find
from lamlint.secrets.values import suspicious

__all__ = [
    "Assignment",
    "Match",
    "assignments",
    "find",
    "mask",
    "names_secret",
    "redact",
    "suspicious",
]
