"""The functions that the Amplify CLI adds to a project for its own resources.

What an author adds lies in `amplify/backend/function`; beside it the CLI writes templates with
code of its own in them, and writes them again with its next version.
"""

from __future__ import annotations

from lamlint.text.regex import Regex

LIBRARY = "@aws-amplify/cli"
"""What brings newer runtimes for its own functions."""
_OWN = Regex(r"(?:^|/)amplify/backend/(?:auth|hosting|storage|interactions|predictions)/")


def library(template: str, *, inline: bool) -> str:
    """The library whose own function a resource is; empty for what an author declares."""
    return LIBRARY if inline and _OWN.search(template) else ""
