"""The file of the summary of a GitHub Actions job."""

from __future__ import annotations

import os


def add(text: str) -> str:
    """Add to the summary of the job, if there is one; why it cannot be, or nothing."""
    file = os.environ.get("GITHUB_STEP_SUMMARY", "")
    if not file:
        return ""
    try:
        with open(file, "ab") as opened:
            opened.write(text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        reason = (error.strerror or "unreadable").lower()
        return f"{file}: the step summary cannot be written: {reason}"
    return ""
