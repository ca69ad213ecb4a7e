"""What is told of a connection in a handler: when it is built, what it costs, and how often."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import project
from lamlint.catalog import Catalog
from lamlint.engine import check
from lamlint.rule import INFORMATION, WARNING
from lamlint.text import Finding
from tests.checking import rules
from tests.memory import MemoryTree

EVERY = "on every invocation"
BRANCH = "whenever this branch runs"
LINE = "whenever this line runs"
BRANCHES = "whenever one of these branches runs"
REQUESTS = "opens new TLS connections"
LOCAL = "no request is sent"


def found(body: str, more: str = "", head: str = "") -> list[Finding]:
    code = f"import boto3\n{head}\n\ndef handler(event, context):\n{body}{more}"
    tree = MemoryTree({"app.py": code, "lamlint.toml": ""})
    built = project.build(tree, (), Catalog(), date(2026, 11, 24))
    return list(check.check(built, [rules()["connection-in-handler"]]))


def helper(body: str) -> str:
    return f"\n\ndef helper(event):\n{body}"


MADE = "boto3.client('s3')"
USED = f"{MADE}.list_buckets()"

WHEN = {
    "in the handler": (f"    return {USED}\n", "", EVERY),
    "in a helper": ("    return helper(event)\n", helper(f"    return {USED}\n"), EVERY),
    "tried": (f"    try:\n        {USED}\n    except ValueError:\n        pass\n", "", EVERY),
    "in a with": (f"    with open('a'):\n        {USED}\n", "", EVERY),
    "a test itself": (f"    if {USED}:\n        pass\n", "", EVERY),
    "behind a test that raises": (
        f"    if not event:\n        raise ValueError\n    return {USED}\n", "", EVERY,
    ),
    "behind a test": (f"    if event['a']:\n        print(1)\n    return {USED}\n", "", EVERY),
    "behind an inner function that returns": (
        f"    def inner():\n        if event['a']:\n            return 1\n    {USED}\n", "", EVERY,
    ),
    "in a loop": (f"    for one in event:\n        {USED}\n", "", EVERY),
    "in a loop with a test at its head": (f"    while event['a']:\n        {USED}\n", "", EVERY),
    "in a branch": (f"    if event['a']:\n        {USED}\n", "", BRANCH),
    "in the other branch": (f"    if event['a']:\n        pass\n    else:\n        {USED}\n", "", BRANCH),
    "in one of many": (
        f"    if event['a']:\n        pass\n    elif event['b']:\n        {USED}\n", "", BRANCH,
    ),
    "in a case": (f"    match event:\n        case 1:\n            {USED}\n", "", BRANCH),
    "in a branch of an expression": (f"    return {USED} if event['a'] else 1\n", "", BRANCH),
    "behind an or": (f"    return event['a'] or {USED}\n", "", BRANCH),
    "in a branch in a loop": (
        f"    for one in event:\n        if one:\n            {USED}\n", "", BRANCH,
    ),
    "in a branch of a helper": (
        "    return helper(event)\n", helper(f"    if event['a']:\n        {USED}\n"), BRANCH,
    ),
    "behind a hit": (f"    if event['a']:\n        return 1\n    return {USED}\n", "", LINE),
    "behind a hit in a loop": (
        f"    for one in event:\n        if one:\n            return 1\n    return {USED}\n", "", LINE,
    ),
    "behind a hit of a helper": (
        "    return helper(event)\n",
        helper(f"    if event['a']:\n        return 1\n    return {USED}\n"),
        LINE,
    ),
    "a helper that a branch calls": (
        "    if event['a']:\n        helper(event)\n", helper(f"    return {USED}\n"),
        "whenever helper runs",
    ),
    "a helper behind a hit": (
        "    if event['a']:\n        return 1\n    helper(event)\n", helper(f"    return {USED}\n"),
        "whenever helper runs",
    ),
    "a helper that is called in a branch and always": (
        "    if event['a']:\n        helper(event)\n    helper(event)\n", helper(f"    return {USED}\n"),
        EVERY,
    ),
    "a method that a branch calls": (
        "    store = Store()\n    if event['a']:\n        store.read()\n",
        f"\n\nclass Store:\n    def read(self):\n        return {USED}\n",
        "whenever Store.read runs",
    ),
    "one of several functions": (
        "    return {'a': helper, 'b': other}[event['x']](event)\n",
        helper(f"    return {USED}\n") + "\n\ndef other(event):\n    return 1\n",
        "whenever helper runs",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("body", "more", "when"), WHEN.values(), ids=WHEN)
def test_a_message_says_when_it_is_built(body: str, more: str, when: str) -> None:
    (one,) = found(body, more)
    assert f"a boto3 client for s3 is built {when}: " in one.message


def test_a_route_is_one_of_many() -> None:
    head = (
        "from aws_lambda_powertools.event_handler import APIGatewayRestResolver\n"
        "app = APIGatewayRestResolver()\n\n\n@app.get('/a')\ndef listed():\n"
        f"    return {USED}\n"
    )
    (one,) = found("    return app.resolve(event, context)\n", head=head)
    assert "is built whenever listed runs: " in one.message


def test_what_two_handlers_reach_is_told_so_that_it_is_true_of_both() -> None:
    other = "\n\ndef lambda_handler(event, context):\n    if event['a']:\n        helper(event)\n"
    more = helper(f"    return {USED}\n") + other
    (one,) = found("    helper(event)\n", more)
    assert "is built whenever helper runs: " in one.message
    (one,) = found(
        "    helper(event)\n", more.replace("    if event['a']:\n        helper", "    helper")
    )
    assert EVERY in one.message


SIGN = "generate_presigned_url('get_object')"
ONLY_LOCAL = {
    "a signed address": f"    return {MADE}.{SIGN}\n",
    "a signed form": f"    return {MADE}.generate_presigned_post('b', 'k')\n",
    "under a name": f"    s3 = {MADE}\n    return s3.{SIGN}\n",
    "under a typed name": f"    s3: object = {MADE}\n    return s3.{SIGN}\n",
    "under a name in a test": f"    if s3 := {MADE}:\n        return s3.{SIGN}\n",
    "twice": f"    s3 = {MADE}\n    s3.{SIGN}\n    return s3.meta.region_name\n",
    "its errors": f"    s3 = {MADE}\n    try:\n        print(event)\n"
    "    except s3.exceptions.NoSuchKey:\n        pass\n",
    "what it knows of itself": f"    return {MADE}.meta.endpoint_url\n",
    "whether it has pages": f"    return {MADE}.can_paginate('list_objects_v2')\n",
    "in a comprehension": f"    s3 = {MADE}\n    return [s3.{SIGN} for _ in range(3)]\n",
    "in an inner function": f"    s3 = {MADE}\n    def sign():\n        return s3.{SIGN}\n    return sign()\n",
    "the client of a resource": f"    return boto3.resource('s3').meta.client.{SIGN}\n",
    "a token of a database": "    return boto3.client('rds').generate_db_auth_token('h', 1, 'u')\n",
    "a client that a helper makes": f"    return made().{SIGN}\n\n\ndef made():\n    return {MADE}\n",
    "a client of a helper, under a name": f"    s3 = made()\n    return s3.{SIGN}\n\n\n"
    f"def made():\n    s3 = {MADE}\n    return s3\n",
    "never used": f"    {MADE}\n",
}
REQUESTING = {
    "a request": f"    return {USED}\n",
    "both": f"    s3 = {MADE}\n    s3.{SIGN}\n    return s3.list_buckets()\n",
    "given to another": f"    s3 = {MADE}\n    s3.{SIGN}\n    print(s3)\n",
    "kept in an object": f"    event.s3 = {MADE}\n",
    "kept in a list": f"    return [{MADE}]\n",
    "under two names": f"    s3 = {MADE}\n    s4 = s3\n    return s4.list_buckets()\n",
    "a request of the client of a resource": "    return boto3.resource('s3').meta.client.list_buckets()\n",
    "a resource's bucket": "    return boto3.resource('s3').Bucket('b').delete()\n",
    "meta, given on": "    return list(vars(boto3.resource('s3').meta))\n",
    "pages": f"    return {MADE}.get_paginator('list_objects_v2').paginate()\n",
    "a method by a name that is computed": f"    return getattr({MADE}, event['m'])()\n",
    "a client that the handler returns": f"    return {MADE}\n",
    "a client that a helper makes": f"    made().{SIGN}\n    return made().list_buckets()\n\n\n"
    f"def made():\n    return {MADE}\n",
}


@pytest.mark.parametrize("body", ONLY_LOCAL.values(), ids=ONLY_LOCAL)
def test_a_client_that_sends_no_request_costs_its_model_only(body: str) -> None:
    (one,) = found(body)
    assert (LOCAL in one.message, REQUESTS in one.message) == (True, False)
    assert one.severity is INFORMATION


@pytest.mark.parametrize("body", REQUESTING.values(), ids=REQUESTING)
def test_a_client_that_may_send_one_costs_its_connections(body: str) -> None:
    (one,) = found(body)
    assert (LOCAL in one.message, REQUESTS in one.message) == (False, True)
    assert one.severity is WARNING


def test_a_session_that_is_built_for_it_loads_all_again() -> None:
    (one,) = found(f"    return boto3.Session().client('s3').{SIGN}\n")
    assert (LOCAL in one.message, one.severity) == (True, WARNING)


WEST = "boto3.client('s3', region_name='us-west-1')"
BOTH = {
    "if and else": f"    if event['b']:\n        s3 = {MADE}\n    else:\n        s3 = {WEST}\n",
    "an expression": f"    s3 = {MADE} if event['b'] else {WEST}\n",
    "cases": f"    match len(event):\n        case 1:\n            s3 = {MADE}\n"
    f"        case _:\n            s3 = {WEST}\n",
    "tables": "    if event['b']:\n        s3 = boto3.resource('s3').Bucket('a')\n"
    "    else:\n        s3 = boto3.resource('s3').Bucket('b')\n",
    "typed": f"    if event['b']:\n        s3: object = {MADE}\n    else:\n        s3 = {WEST}\n",
    "an attribute": f"    if event['b']:\n        handler.s3 = {MADE}\n    else:\n        handler.s3 = {WEST}\n",
    "returned": f"    return made()\n\n\ndef made():\n    if handler:\n        return {MADE}\n    else:\n"
    f"        return {WEST}\n",
    "returned early": f"    return made()\n\n\ndef made():\n    if handler:\n        return {MADE}\n"
    f"    return {WEST}\n",
    "returned by an expression": f"    return made()\n\n\ndef made():\n"
    f"    return {MADE} if handler else {WEST}\n",
    "a name for the service": "    return made('s3')\n\n\ndef made(name):\n    if handler:\n"
    "        return boto3.client(name)\n    return boto3.client(name, region_name='us-west-1')\n",
}
THREE = {
    "elif": f"    if event['b']:\n        s3 = {MADE}\n    elif event['c']:\n        s3 = {WEST}\n"
    f"    else:\n        s3 = {MADE}\n",
}
APART = {
    "one after the other": f"    s3 = {MADE}\n    s3.list_buckets()\n    s3 = {WEST}\n",
    "two tests": f"    if event['b']:\n        s3 = {MADE}\n    if event['c']:\n        s3 = {WEST}\n",
    "two names": f"    if event['b']:\n        s3 = {MADE}\n    else:\n        s4 = {WEST}\n",
    "two services": f"    if event['b']:\n        c = {MADE}\n    else:\n        c = boto3.client('sqs')\n",
    "a client and a resource": f"    if event['b']:\n        c = {MADE}\n    else:\n"
    "        c = boto3.resource('s3')\n",
    "two functions": f"    if event['b']:\n        return one()\n    return two()\n\n\ndef one():\n    return {MADE}"
    f"\n\n\ndef two():\n    return {WEST}\n",
    "tried, and the rest": f"    try:\n        s3 = {MADE}\n    except ValueError:\n        raise\n"
    f"    else:\n        s3 = {WEST}\n",
}


@pytest.mark.parametrize("body", BOTH.values(), ids=BOTH)
def test_branches_of_one_choice_are_one_finding(body: str) -> None:
    (one,) = found(body)
    assert BRANCHES in one.message
    assert "so it is in this branch" in [note.message for note in one.related]
    assert one.fix is None


@pytest.mark.parametrize("body", THREE.values(), ids=THREE)
def test_the_other_branches_are_all_named(body: str) -> None:
    (one,) = found(body)
    assert [note.message for note in one.related].count("so it is in this branch") == 2


@pytest.mark.parametrize("body", APART.values(), ids=APART)
def test_what_may_be_built_twice_is_told_twice(body: str) -> None:
    assert len(found(body)) == 2
