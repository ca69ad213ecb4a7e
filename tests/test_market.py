"""One project in each dialect: twenty mistakes that are found, and forty traps that are not.

The mistakes are marked in the fixtures `market-…` as in all others. The traps are what other
tools report and what nothing is wrong with; a comment `fine: NAME, …` is on the line of each
(in `fine.txt`, where the language has no comments).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from lamlint.dialects.dialect import TITLES
from lamlint.text import Source
from tests.checking import reader
from tests.dialect_table import reasons
from tests.fixture_cases import Places
from tests.market import TWENTY, case_of, marked

IN_THEIR_STEAD = {
    "connection-in-handler",
    "event-loop",
    "handler-calls-itself",
    "hardcoded-aws-credentials",
    "hardcoded-secret",
    "invalid-function-property",
    "private-key-in-package",
    "secret-in-configuration",
    "self-invocation",
}
"""What a dialect shows that cannot express all of the twenty."""

VALUES = {
    "cache-key",
    "checksum",
    "cookie-name",
    "documentation-key",
    "forty-characters",
    "forty-hex-digits",
    "grant-type",
    "key-id",
    "key-name",
    "key-path",
    "local-database",
    "name-of-two-characters",
    "parameter-name",
    "parameter-under-a-secrets-name",
    "password-field",
    "password-to-fill-in",
    "placeholder",
    "public-key",
    "publishable-key",
    "secret-arn",
    "secret-header",
    "secret-name",
    "time-zone",
    "token-lifetime",
    "token-of-a-text",
    "token-url",
    "tokenizer",
    "unique-id-of-a-role",
    "uuid",
    "written-path",
}
"""Values of variables that look like secrets, or like what Lambda keeps for itself."""
SETTINGS = {
    "action-in-lower-case": "IAM reads actions without case",
    "any-origin-with-iam": "who reads is asked for a signature, whatever page sends them",
    "any-resource": "the action has no resources",
    "balancer-without-source": "the target group needs the permission before it is there",
    "days-of-the-week": "EventBridge counts them from 1, Sunday",
    "fifo-queue-for-fifo-queue": "what fails of a queue of FIFO has to go to one",
    "longest-timeout": "900 seconds are allowed",
    "memory-in-single-steps": "memory goes in steps of 1 MB",
    "most-memory": "10,240 MB are allowed",
    "most-storage": "10,240 MB are allowed",
    "newest-runtime": "it is supported",
    "no-code-signing": "nobody has to sign",
    "no-dead-letter-queue": "what fails of a queue stays in it",
    "no-own-key": "AWS encrypts by a key of its own",
    "no-reserved-concurrency": "reserving takes from all others",
    "no-vpc": "most functions need none",
    "queue-without-destination": "the mapping of a queue takes none",
    "snapstart-of-python": "Python has it from 3.12 on",
    "stream-batch-without-window": "only queues need a window for more than 10",
}
"""Settings that others demand or forbid, and why nothing is wrong."""
LACKING = {
    "cdk": {},
    "cdk-typescript": {},
    "chalice": {
        "action-in-lower-case": "its policies lie in files of their own",
        "any-origin-with-iam": "Chalice makes no URLs of functions",
        "any-resource": "its policies lie in files of their own",
        "balancer-without-source": "Chalice has no load balancer",
        "days-of-the-week": "a schedule is told of in any case, as failures cannot be kept",
        "fifo-queue-for-fifo-queue": "queues are declared elsewhere",
        "most-storage": "Chalice has no such setting",
        "newest-runtime": "Chalice deploys to the Python that it runs with itself",
        "snapstart-of-python": "Chalice has no such setting",
    },
    "cloudformation": {},
    "sam": {},
    "serverless": {},
    "terraform": {},
    "zappa": {
        "any-origin-with-iam": "its URLs of functions are not read",
        "balancer-without-source": "Zappa makes the permission by itself",
        "fifo-queue-for-fifo-queue": "queues are declared elsewhere",
        "no-dead-letter-queue": "tasks of Zappa are invoked asynchronously, so it has one",
    },
}
"""Traps that a dialect has no words for."""


@pytest.mark.parametrize("dialect", TITLES)
def test_twenty_mistakes_are_found_and_no_trap_is(dialect: str, tmp_path: Path) -> None:
    expected = case_of(dialect).lay_out(tmp_path)
    reading = reader(tmp_path, None)({})
    found = Places()
    for finding in reading.findings:
        source = reading.project.tree.read(finding.span.path)
        assert isinstance(source, Source)
        line = source.position(finding.span.start).line
        found[finding.span.path, line, finding.rule] += 1
    assert found == expected
    assert len({rule for _, _, rule in found}) == len(TWENTY)
    places = {(path, line) for path, line, _ in found}
    assert [trap for trap, path, line in marked(dialect) if (path, line) in places] == []


@pytest.mark.parametrize("dialect", TITLES)
def test_the_mistakes_are_the_twenty_that_the_dialect_has(dialect: str, tmp_path: Path) -> None:
    shown = {rule for _, _, rule in case_of(dialect).lay_out(tmp_path)}
    assert {rule for rule in TWENTY - shown if (rule, dialect) not in reasons()} == set()
    assert shown <= TWENTY | IN_THEIR_STEAD
    assert len(shown - TWENTY) == len(TWENTY - shown)


@pytest.mark.parametrize("dialect", TITLES)
def test_the_traps_are_all_that_the_dialect_has(dialect: str) -> None:
    names = [trap for trap, _, _ in marked(dialect)]
    assert len(set(names)) == len(names) >= 40
    assert set(names) == (VALUES | SETTINGS.keys()) - LACKING[dialect].keys()
