"""An object and what it is made from: one finding, at the object, whose fix moves both."""

from __future__ import annotations

import pytest

from tests.handlers.connections import mended, reported

HEAD = "import boto3\n\n\ndef handler(event, context):\n"

ONE = {
    "named": "    session = boto3.Session()\n    s3 = session.client('s3')  # here\n"
    "    return s3.list_buckets()\n",
    "at once": "    return boto3.Session().client('s3').list_buckets()  # here\n",
    "a resource": "    session = boto3.session.Session(region_name='eu-west-1')\n"
    "    return session.resource('s3').Bucket('a').load()  # here\n",
    "two clients": "    session = boto3.Session()\n    s3 = session.client('s3')  # here\n"
    "    sns = session.client('sns')  # here\n    return s3.list_buckets(), sns.list_topics()\n",
    "of a helper": "    return made().client('s3').list_buckets()  # here\n\n\n"
    "def made():\n    return boto3.Session()\n",
    "given to a helper": "    return listed(boto3.Session())\n\n\n"
    "def listed(session):\n    return session.client('s3').list_buckets()  # here\n",
    "kept by an object": "    return Store().s3.list_buckets()\n\n\nclass Store:\n"
    "    def __init__(self):\n        self.session = boto3.Session()\n"
    "        self.s3 = self.session.client('s3')  # here\n",
}
APART = {
    "the client is of the invocation": "    session = boto3.Session()  # here\n"
    "    return session.client('s3', region_name=event['region']).list_buckets()\n",
    "no client is made from it": "    session = boto3.Session()\n    return session.region_name\n",
    "it is given away": "    session = boto3.Session()  # here\n    print(session.region_name)\n"
    "    return event['sign'](session)\n",
    "an object keeps it": "    handler.session = boto3.Session()  # here\n"
    "    return handler.session.get_credentials()\n",
    "something may read it unseen": "    session = boto3.Session()  # here\n"
    "    print(session.region_name)\n    return locals()\n",
    "the client is made from another": "    session = boto3.Session()\n"
    "    print(session.region_name)\n    return boto3.client('s3').list_buckets()  # here\n",
}


def expected(body: str) -> list[int]:
    return [n for n, line in enumerate((HEAD + body).splitlines(), 1) if line.endswith("# here")]


@pytest.mark.parametrize("body", [*ONE.values(), *APART.values()], ids=[*ONE, *APART])
def test_only_the_last_of_what_is_made_is_told(body: str) -> None:
    assert reported(HEAD + body) == expected(body)


@pytest.mark.parametrize("case", ["named", "at once", "a resource", "two clients"])
def test_its_fix_moves_both(case: str) -> None:
    done = mended(HEAD + ONE[case])
    assert not done.reading.findings
    _, _, handler = done.texts["app.py"].partition("def handler")
    assert "ession" not in handler


def test_the_message_names_both() -> None:
    (one,) = mended(HEAD + ONE["named"]).applied
    told = "a boto3 client for s3 and the boto3 session it is made from are built"
    assert one.message.startswith(told)


@pytest.mark.parametrize("case", ["of a helper", "given to a helper"])
def test_what_another_function_makes_is_told_with_its_place(case: str) -> None:
    (one,) = mended(HEAD + ONE[case]).applied
    assert one.message.startswith("a boto3 client for s3 is built on every invocation, from a ")
    assert ", from a boto3 session that is made anew: " in one.message
    text = (HEAD + ONE[case]).encode()
    (place,) = [note.span for note in one.related if "made from is built here" in note.message]
    assert text[place.start : place.end] == b"boto3.Session()"
