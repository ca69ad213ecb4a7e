"""Which names a text in pieces may be."""

from __future__ import annotations

import pytest

from lamlint.python.values.spelling import Pieces, fits, modules

PACKAGES = {
    "": ("app", "jobs", "mail_job", "web"),
    "jobs": ("mail", "mailbox", "notify", "aws"),
    "jobs.aws": ("mail", "run"),
    "web": ("run",),
}


@pytest.mark.parametrize(
    ("pieces", "name", "fit"),
    [
        (("mail",), "mail", True),
        (("mail",), "mailbox", False),
        ((None,), "mail", True),
        ((None,), "", False),
        (("ma", None), "mail", True),
        (("mail", None), "mail", False),
        ((None, "il"), "mail", True),
        ((None, "mail"), "mail", False),
        (("m", None, "l"), "mail", True),
        (("mai", None, "il"), "mail", False),
        ((None, "a", None), "mail", True),
        ((None, "x", None), "mail", False),
        ((None, "m", None), "mail", False),
        ((None, "a", None, "l"), "mail", True),
        ((None, "ai", None, "il"), "mail", False),
        (("", None), "mail", True),
    ],
)
def test_what_is_written_stands_in_a_name_in_its_order(
    pieces: Pieces, name: str, fit: bool
) -> None:
    assert fits(pieces, name) is fit


@pytest.mark.parametrize(
    ("pieces", "found"),
    [
        (("jobs.mail",), ["jobs.mail"]),
        (("jobs.", None), ["jobs.mail", "jobs.mailbox", "jobs.notify", "jobs.aws"]),
        (("jobs.ma", None), ["jobs.mail", "jobs.mailbox"]),
        (
            ("jobs.", None, ".run"),
            ["jobs.mail.run", "jobs.mailbox.run", "jobs.notify.run", "jobs.aws.run"],
        ),
        (("jobs.aws.", None), ["jobs.aws.mail", "jobs.aws.run"]),
        ((None, "_job"), ["mail_job"]),
        ((None,), []),
        ((None, ".", None), []),
        (("tasks.", None), []),
    ],
)
def test_unknown_pieces_stand_for_names_of_a_package(pieces: Pieces, found: list[str]) -> None:
    assert modules(pieces, lambda package: PACKAGES.get(package, ())) == found
