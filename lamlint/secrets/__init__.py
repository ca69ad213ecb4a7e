"""Finds secrets in text, and never repeats one: pure functions over strings.

A secret is told by its shape (`find`: the tokens of providers, private keys,
URLs with a password) or by its name and how random its value looks
(`suspicious`). What is found is a place, not a text: nothing here returns a
secret, and `redact` and `mask` are the only ways one may reach an output.

What looks into the tree of a module is loaded when it is first asked for.
"""

from typing import TYPE_CHECKING

from lamlint.faces import handing_on
from lamlint.files.vendored import vendored
from lamlint.secrets.assignments import Assignment, assignments, lowered
from lamlint.secrets.beside import MADE_UP, lighter
from lamlint.secrets.code.hints import worth_parsing
from lamlint.secrets.files import Stored, of_variables, stored
from lamlint.secrets.keeping import cure_in_store
from lamlint.secrets.made_up import is_first_password, is_made_up, is_of_own_server
from lamlint.secrets.names import names_password, names_secret
from lamlint.secrets.nesting import too_deep
from lamlint.secrets.patterns import AWS_KEY_ID, PRIVATE_KEY
from lamlint.secrets.places import (
    DECLARES,
    SAYS_A_NAME,
    Kind,
    is_env,
    kind_of,
    may_be_template,
)
from lamlint.secrets.redaction import mask, redact, same
from lamlint.secrets.search import Match, find, shaped
from lamlint.secrets.spare_keys import SPARE_KEY, spare_keys
from lamlint.secrets.values import suspicious
from lamlint.secrets.variable import Found, in_variable, told_there
from lamlint.secrets.visitors import is_for_visitors
from lamlint.secrets.weight import AGAIN, CURE, NAMED, weight

if TYPE_CHECKING:
    from lamlint.secrets.code.asking import is_instead
    from lamlint.secrets.code.candidates import candidates
    from lamlint.secrets.code.copied import is_copied
    from lamlint.secrets.code.fallback import is_fallback
    from lamlint.secrets.code.first_given import is_first_given, is_thrown_away
    from lamlint.secrets.code.keys import Keys, keys, without_keys
    from lamlint.secrets.code.literals import Literal, literals
    from lamlint.secrets.code.mocked import mocked
    from lamlint.secrets.code.options import is_option_for_here
    from lamlint.secrets.code.redacted import is_redacted
    from lamlint.secrets.code.replacement import from_environment
    from lamlint.secrets.code.spare import is_for_trying
else:
    __getattr__ = handing_on(
        __name__,
        {
            "Keys": "lamlint.secrets.code.keys",
            "Literal": "lamlint.secrets.code.literals",
            "candidates": "lamlint.secrets.code.candidates",
            "from_environment": "lamlint.secrets.code.replacement",
            "keys": "lamlint.secrets.code.keys",
            "literals": "lamlint.secrets.code.literals",
            "is_fallback": "lamlint.secrets.code.fallback",
            "is_instead": "lamlint.secrets.code.asking",
            "is_copied": "lamlint.secrets.code.copied",
            "is_first_given": "lamlint.secrets.code.first_given",
            "is_for_trying": "lamlint.secrets.code.spare",
            "is_option_for_here": "lamlint.secrets.code.options",
            "is_redacted": "lamlint.secrets.code.redacted",
            "is_thrown_away": "lamlint.secrets.code.first_given",
            "mocked": "lamlint.secrets.code.mocked",
            "without_keys": "lamlint.secrets.code.keys",
        },
    )

__all__ = [
    "AGAIN",
    "AWS_KEY_ID",
    "CURE",
    "DECLARES",
    "MADE_UP",
    "NAMED",
    "PRIVATE_KEY",
    "SAYS_A_NAME",
    "SPARE_KEY",
    "Assignment",
    "Found",
    "Keys",
    "Kind",
    "Literal",
    "Match",
    "Stored",
    "assignments",
    "candidates",
    "cure_in_store",
    "find",
    "from_environment",
    "in_variable",
    "is_copied",
    "is_env",
    "is_fallback",
    "is_first_given",
    "is_first_password",
    "is_for_trying",
    "is_for_visitors",
    "is_instead",
    "is_made_up",
    "is_of_own_server",
    "is_option_for_here",
    "is_redacted",
    "is_thrown_away",
    "keys",
    "kind_of",
    "lighter",
    "literals",
    "lowered",
    "mask",
    "may_be_template",
    "mocked",
    "names_password",
    "names_secret",
    "of_variables",
    "redact",
    "same",
    "shaped",
    "spare_keys",
    "stored",
    "suspicious",
    "told_there",
    "too_deep",
    "vendored",
    "weight",
    "without_keys",
    "worth_parsing",
]
