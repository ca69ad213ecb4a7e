"""The finding for a defect of lamlint itself."""

from __future__ import annotations

from lamlint.text.finding import Finding, Severity
from lamlint.text.span import Span

INTERNAL_ERROR = "internal-error"


def internal_error(what: str, error: Exception, place: Span) -> Finding:
    """The finding for a defect of lamlint itself (or of a user's rule).

    The error's own text is left out: it may quote the user's file.
    """
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    at = ""
    if trace is not None:
        code = trace.tb_frame.f_code
        at = f" ({code.co_filename.replace(chr(92), '/').rpartition('/')[2]}:{trace.tb_lineno})"
    cause = f"{type(error).__name__}{at}"
    message = f"lamlint could not finish, so findings may be missing: {what}: {cause}; report this"
    return Finding(message, place, severity=Severity.ERROR, rule=INTERNAL_ERROR)
