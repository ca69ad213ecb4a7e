"""A suppressing comment that is not written as it should be: what is said of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import CLEAN, TEMPLATE
from tests.engine.outcomes import lay_out, outcome

RULE = "timeout-over-limit"
RIGHT = f"ignore[{RULE}]"
FAMILY = "'limits' is a family of rules; name the rule itself: "


def told(folder: Path, comment: str, template: str = TEMPLATE) -> tuple[bool, list[str]]:
    """Whether the timeout is found, and what is said of the comment behind it."""
    text = template.replace("Timeout: 1000", f"Timeout: 1000  {comment}")
    code = "def handler(event, context):\n    return 1\n"
    lay_out(folder, {"template.yaml": text, "src/app.py": code})
    shown = outcome(folder, select=(RULE, "unused-ignore")).settled.shown
    found = any(finding.rule == RULE for finding in shown)
    return found, [finding.message for finding in shown if finding.rule == "unused-ignore"]


@pytest.mark.parametrize(
    ("comment", "said"),
    [
        ("# lamlint: ignore", "must name its rules, in brackets: ignore[rule] reason"),
        ("# lamlint: ignore[]", "must name its rules, in brackets: ignore[rule] reason"),
        (f"# lamlint: ignore {RULE} known", f"in brackets: {RIGHT} reason"),
        (f"# lamlint: ignore: {RULE}", f"in brackets: {RIGHT} reason"),
        (f"# lamlint: ignore={RULE}", f"in brackets: {RIGHT} reason"),
        (f"# lamlint: ignore({RULE})", f"in brackets: {RIGHT} reason"),
        (f"# lamlint: ignore '{RULE}', memory-not-set", f"{RIGHT[:-1]}, memory-not-set]"),
        (f"# lamlint: ignore[{RULE} a well known one", f"is not closed; write {RIGHT} reason"),
        (f"# lamlint: disable[{RULE}]", f"no comment 'disable'; write {RIGHT} reason"),
        (f"# lamlint: disable={RULE}", f"no comment 'disable'; write {RIGHT} reason"),
        (f"# lamlint: noqa: {RULE}", f"no comment 'noqa'; write {RIGHT} reason"),
        ("# lamlint: noqa", "no comment 'noqa'; write ignore[rule] reason"),
        ("# lamlint: off", "no comment 'off'; write ignore[rule] reason"),
        (f"# lamlint: ignore-next-line[{RULE}]", f"'ignore-next-line'; write {RIGHT}"),
        (f"# lamlint: [{RULE}]", f"no comment ''; write {RIGHT} reason"),
        (
            f"# Lamlint: ignore[{RULE}]",
            f"in small letters, the mark in one word: # lamlint: {RIGHT}",
        ),
        (
            f"# LAMLINT: IGNORE[{RULE}]",
            f"in small letters, the mark in one word: # lamlint: {RIGHT}",
        ),
        (f"# lamlint : ignore[{RULE}]", f"in one word: # lamlint: {RIGHT}"),
        (
            f"# lamlint: Ignore[{RULE}]",
            f"in small letters, the mark in one word: # lamlint: {RIGHT}",
        ),
        (f"# lamlint ignore[{RULE}]", f"its mark has no colon; write # lamlint: {RIGHT} reason"),
        (f"# lamlint  ignore [{RULE}] known", f"no colon; write # lamlint: {RIGHT} reason"),
        (f"# lamlint ignore({RULE})", f"no colon; write # lamlint: {RIGHT} reason"),
        (f"# lamlint-ignore[{RULE}]", f"no colon; write # lamlint: {RIGHT} reason"),
        (f"# lamlint; ignore[{RULE}]", f"no colon; write # lamlint: {RIGHT} reason"),
        (f"# Lamlint Ignore[{RULE}]", f"no colon; write # lamlint: {RIGHT} reason"),
        (f"# noqa lamlint ignore[{RULE}]", f"a # of its own: # lamlint: {RIGHT}"),
        (f"# noqa: E501 lamlint: ignore[{RULE}]", f"a # of its own: # lamlint: {RIGHT}"),
        (f"# a long report, lamlint: ignore[{RULE}]", f"a # of its own: # lamlint: {RIGHT}"),
        ("# lamlint: ignore[limits]", FAMILY + "alias-routing-invalid or "),
        ("# lamlint: ignore[Limits]", "'Limits' is a family of rules"),
        ("# lamlint: ignore[all]", "names its rules, one by one; 'all' is no rule"),
        ("# lamlint: ignore[default]", "names its rules, one by one; 'default' is no rule"),
        ("# lamlint: ignore[*]", "there is no rule '*'"),
        ("# lamlint: ignore[Timeout-Over-Limit]", f"did you mean {RULE}?"),
        ("# lamlint: ignore[timeout_over_limit]", f"did you mean {RULE}?"),
        ("# lamlint: ignore[timeout-over-limt]", f"did you mean {RULE}?"),
        (f"# lamlint: {RIGHT} until=soon", "until=soon is no date"),
        (f"# lamlint: {RIGHT} until=", "until= is no date; write one such as 2027-03-01"),
        (f"# lamlint: {RIGHT} until=2027-3-1", "until=2027-3-1 is no date"),
        (f"# lamlint: {RIGHT} until=2027-02-30", "until=2027-02-30 is no date"),
        (f"# lamlint: {RIGHT} until=20270301", "until=20270301 is no date"),
        (f"# lamlint: {RIGHT} until = tomorrow", "until=tomorrow is no date"),
    ],
)
def test_a_comment_that_suppresses_nothing_says_how_it_is_written(
    comment: str, said: str, tmp_path: Path
) -> None:
    found, messages = told(tmp_path, comment)
    assert found
    (message,) = messages
    assert message.startswith("This comment suppresses nothing: ")
    assert said in message


@pytest.mark.parametrize(
    ("tail", "said"),
    [
        ("until 2027-03-01", "'until 2027-03-01' is read as its reason; write until=2027-03-01"),
        ("until: 2027-03-01", "'until: 2027-03-01' is read"),
        ("until = 2027-03-01", "'until = 2027-03-01' is read"),
        ("until= 2027-03-01", "write until=2027-03-01"),
        ("Until=2027-03-01", "write until=2027-03-01"),
        ("until 2027/3/1", "write until=2027-03-01"),
        ("expires=2027-03-01", "write until=2027-03-01"),
        ("expires 2027-03-01.", "write until=2027-03-01"),
    ],
)
def test_an_end_that_is_none_is_told_and_the_comment_still_suppresses(
    tail: str, said: str, tmp_path: Path
) -> None:
    found, messages = told(tmp_path, f"# lamlint: {RIGHT} a long report {tail}")
    assert not found
    (message,) = messages
    assert message.startswith("This comment does not end: ")
    assert said in message


@pytest.mark.parametrize(
    "comment",
    [
        f"# lamlint: {RIGHT}",
        f"#lamlint:{RIGHT}",
        f"# lamlint:  ignore [{RULE}]",
        f"# lamlint: ignore[ {RULE} ]",
        f"# lamlint: {RIGHT} until=2999-01-01",
        f"# lamlint: {RIGHT} until=2999-01-01, then no more",
        f"# lamlint: {RIGHT} until we have moved",
        f"# lamlint: {RIGHT} see #12, and until then nothing",
        f"# noqa: E501  # lamlint: {RIGHT}",
        f"# noqa: E501 # lamlint: {RIGHT} # type: ignore",
        f"## lamlint: {RIGHT}",
    ],
)
def test_what_is_right_suppresses_and_is_not_told(comment: str, tmp_path: Path) -> None:
    assert told(tmp_path, comment) == (False, [])


def test_a_second_one_in_the_same_comment_is_told(tmp_path: Path) -> None:
    found, (message,) = told(tmp_path, f"# lamlint: {RIGHT} lamlint: {RIGHT}")
    assert not found
    assert "it stands in another comment" in message


@pytest.mark.parametrize(
    "comment",
    [
        "# suppress it by lamlint: ignore[rule] and say why",
        "# see https://example.org/lamlint: a linter",
        "# lamlint reads this",
    ],
)
def test_a_comment_that_speaks_of_lamlint_is_none_of_its_own(comment: str, tmp_path: Path) -> None:
    assert told(tmp_path, comment) == (True, [])


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("limits", FAMILY),
        ("all", "names its rules, one by one"),
        ("timeout-over-limt", f"did you mean {RULE}?"),
    ],
)
def test_data_is_told_as_comments_are(name: str, said: str, tmp_path: Path) -> None:
    metadata = f"    Metadata: {{lamlint: {{ignore: [{name}]}}}}\n    Properties:"
    found, messages = told(tmp_path, "", CLEAN.replace("    Properties:", metadata))
    assert not found
    (message,) = messages
    assert message.startswith("This entry suppresses nothing: ")
    assert said in message


@pytest.mark.parametrize(
    "comment",
    [
        "# lamlint ignores this",
        "# lamlint ignore",
        f"# what lamlint says of {RULE}, we ignore",
        "# see how lamlint ignore[rule] is written",
        f"# mylint ignore[{RULE}]",
    ],
)
def test_words_about_lamlint_are_no_comment_of_its(comment: str, tmp_path: Path) -> None:
    assert told(tmp_path, comment) == (True, [])
