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
from tests.handlers.connections import mended
from tests.memory import MemoryTree

EVERY = "on every invocation"
BRANCH = "whenever this branch runs"
LINE = "whenever this line runs"
BRANCHES = "whenever one of these branches runs"
ROUND = f"{EVERY}, again in each round of a loop"
AGAIN = ", in a loop"
REQUESTS = "opens new TLS connections"
LOCAL = "no request is sent"


DAY = date(2026, 11, 24)


API = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: .
      Handler: app.handler
      Runtime: python3.13
      Events: {Api: {Type: Api, Properties: {Path: /, Method: get}}}
"""


def found(body: str, more: str = "", head: str = "", template: str = API) -> list[Finding]:
    code = f"import boto3\n{head}\n\ndef handler(event, context):\n{body}{more}"
    tree = MemoryTree({"app.py": code, "template.yaml": template, "lamlint.toml": ""})
    built = project.build(tree, (), Catalog(), date(2026, 11, 24))
    return list(check.check(built, [rules()["connection-in-handler"]]))


def helper(body: str) -> str:
    return f"\n\ndef helper(event):\n{body}"


MADE = "boto3.client('s3')"
USED = f"{MADE}.list_buckets()"
WEST = "boto3.client('s3', region_name='us-west-1')"

WHEN = {
    "in the handler": (f"    return {USED}\n", "", EVERY),
    "in a helper": ("    return helper(event)\n", helper(f"    return {USED}\n"), EVERY),
    "tried": (f"    try:\n        {USED}\n    except ValueError:\n        pass\n", "", EVERY),
    "in a with": (f"    with open('a'):\n        {USED}\n", "", EVERY),
    "a test itself": (f"    if {USED}:\n        pass\n", "", EVERY),
    "behind a test that raises": (
        f"    if not event:\n        raise ValueError\n    return {USED}\n", "", EVERY,
    ),
    "behind a case that raises": (
        f"    match event:\n        case 1:\n            raise ValueError\n    return {USED}\n",
        "", EVERY,
    ),
    "behind a test that raises, and is tried with it": (
        f"    try:\n        if event['a']:\n            raise ValueError\n        return {USED}\n"
        "    except ValueError:\n        return 1\n", "", LINE,
    ),
    "behind a case that raises in a loop, tried further out": (
        "    try:\n        for one in event:\n            match one:\n                case 1:\n"
        f"                    raise ValueError\n        with open('a'):\n            return {USED}\n"
        "    except ValueError:\n        return 1\n", "", LINE,
    ),
    "a helper behind a test that raises, and is tried with it": (
        "    try:\n        if event['a']:\n            raise ValueError\n        helper(event)\n"
        "    except ValueError:\n        return 1\n", helper(f"    return {USED}\n"),
        "whenever helper runs",
    ),
    "behind a test that raises, which is tried": (
        "    try:\n        if event['a']:\n            raise ValueError\n    except ValueError:\n"
        f"        print(1)\n    return {USED}\n", "", EVERY,
    ),
    "behind a test that raises, tried without it": (
        f"    if event['a']:\n        raise ValueError\n    try:\n        return {USED}\n"
        "    except ValueError:\n        return 1\n", "", EVERY,
    ),
    "behind a test that raises, with something at the end": (
        f"    try:\n        if event['a']:\n            raise ValueError\n        return {USED}\n"
        "    finally:\n        print(1)\n", "", EVERY,
    ),
    "behind an error that is raised again": (
        f"    try:\n        print(1)\n    except ValueError:\n        raise\n    return {USED}\n",
        "", EVERY,
    ),
    "behind a test": (f"    if event['a']:\n        print(1)\n    return {USED}\n", "", EVERY),
    "behind an inner function that returns": (
        f"    def inner():\n        if event['a']:\n            return 1\n    {USED}\n", "", EVERY,
    ),
    "in a loop": (f"    for one in event:\n        {USED}\n", "", ROUND),
    "in a loop with a test at its head": (f"    while event['a']:\n        {USED}\n", "", ROUND),
    "in a comprehension": (f"    return [{USED} for one in event]\n", "", ROUND),
    "what a loop goes over": (f"    for one in {USED}:\n        print(one)\n", "", EVERY),
    "behind a loop": (f"    for one in event:\n        print(one)\n    return {USED}\n", "", EVERY),
    "in a helper that a loop calls": (
        "    for one in event:\n        helper(one)\n", helper(f"    return {USED}\n"), ROUND,
    ),
    "in a helper of a helper that a loop calls": (
        "    for one in event:\n        other(one)\n",
        helper(f"    return {USED}\n") + "\n\ndef other(event):\n    return helper(event)\n", ROUND,
    ),
    "in a loop of a helper": (
        "    helper(event)\n", helper(f"    for one in event:\n        {USED}\n"), ROUND,
    ),
    "in a loop of a helper that a branch calls": (
        "    if event['a']:\n        helper(event)\n",
        helper(f"    for one in event:\n        {USED}\n"), f"whenever helper runs{AGAIN}",
    ),
    "in a helper that a branch in a loop calls": (
        "    for one in event:\n        if one:\n            helper(one)\n",
        helper(f"    return {USED}\n"), f"whenever helper runs{AGAIN}",
    ),
    "in a helper that is mapped": (
        "    return list(map(helper, event))\n", helper(f"    return {USED}\n"), ROUND,
    ),
    "in branches in a loop": (
        f"    for one in event:\n        if one:\n            s3 = {MADE}\n        else:\n"
        f"            s3 = {WEST}\n        s3.list_buckets()\n", "", f"{BRANCHES}{AGAIN}",
    ),
    "in a branch": (f"    if event['a']:\n        {USED}\n", "", BRANCH),
    "in the other branch": (f"    if event['a']:\n        pass\n    else:\n        {USED}\n", "", BRANCH),
    "in one of many": (
        f"    if event['a']:\n        pass\n    elif event['b']:\n        {USED}\n", "", BRANCH,
    ),
    "in a case": (f"    match event:\n        case 1:\n            {USED}\n", "", BRANCH),
    "in a branch of an expression": (f"    return {USED} if event['a'] else 1\n", "", BRANCH),
    "behind an or": (f"    return event['a'] or {USED}\n", "", BRANCH),
    "in a branch in a loop": (
        f"    for one in event:\n        if one:\n            {USED}\n", "", f"{BRANCH}{AGAIN}",
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
    (one,) = found("    helper(event)\n", more, template="")
    assert "is built whenever helper runs: " in one.message
    always = more.replace("    if event['a']:\n        helper", "    helper")
    (one,) = found("    helper(event)\n", always, template="")
    assert EVERY in one.message


ALWAYS = "    helper(event)\n"
ASKED = "    event['headers']\n"
ONE_ROUTE = "    if event['a']:\n        helper(event)\n"
ONE_FOUND = "    if query()['Items']:\n        helper(event)\n"
SEVERAL = {
    "nothing tells of either": (ALWAYS, ONE_ROUTE, "; how often one of the functions runs is not known here: "),
    "one runs often": (ASKED + ALWAYS, ONE_ROUTE, "at 128 MB; build it once, and keep it"),
    "one builds some only": (
        ASKED + ONE_FOUND, ALWAYS, "; how often that is so is not known here: build it once, and keep it",
    ),
    "both build some only": (
        ASKED + ONE_FOUND, ASKED + ONE_FOUND, "; how often that is so is not known here: build it once",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("first", "second", "said"), SEVERAL.values(), ids=SEVERAL)
def test_what_several_handlers_reach_is_told_with_a_reason_that_holds(
    first: str, second: str, said: str
) -> None:
    other = f"\n\ndef lambda_handler(event, context):\n{second}"
    (one,) = found(first, helper(f"    return {USED}\n") + other, template="")
    assert "is built whenever helper runs: " in one.message
    assert said in one.message


SIGN = "generate_presigned_url('get_object')"
ONLY_LOCAL = {
    "a signed address": f"    return {MADE}.{SIGN}\n",
    "a signed form": f"    return {MADE}.generate_presigned_post('b', 'k')\n",
    "under a name": f"    s3 = {MADE}\n    return s3.{SIGN}\n",
    "under a typed name": f"    s3: object = {MADE}\n    return s3.{SIGN}\n",
    "under a name in a test": f"    if s3 := {MADE}:\n        return s3.{SIGN}\n",
    "twice": f"    s3 = {MADE}\n    s3.{SIGN}\n    return s3.meta.region_name\n",
    "often": f"    s3 = {MADE}\n" + f"    s3.{SIGN}\n" * 100,
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
    "where none is given": f"    return sign(event)\n\n\ndef sign(key, s3=None):\n"
    f"    s3 = s3 or {MADE}\n    return s3.{SIGN}\n",
    "where the one that is given is None": f"    return sign(event)\n\n\ndef sign(key, s3=None):\n"
    f"    if s3 is None:\n        s3 = {MADE}\n    return s3.{SIGN}\n",
    "given to another": f"    return sign(event, {MADE})\n\n\ndef sign(key, s3):\n"
    f"    return s3.{SIGN}\n",
    "given to another by name, and on": f"    s3 = {MADE}\n    return both(s3=s3, keys=event)\n\n\n"
    "def both(keys, s3):\n    return [sign(s3, key) for key in keys]\n\n\n"
    f"def sign(s3, key):\n    return s3.{SIGN} if s3 is not None and key else None\n",
    "given to one that gives it to itself": f"    return sign({MADE}, event)\n\n\n"
    f"def sign(s3, keys):\n    return [s3.{SIGN}] + sign(s3, keys[1:])\n",
    "of a property": f"    return Store().sign()\n\n\nclass Store:\n    @property\n"
    f"    def s3(self):\n        return {MADE}\n\n    def sign(self):\n        return self.s3.{SIGN}\n",
    "kept by an object": f"    return Store().sign()\n\n\nclass Store:\n    def __init__(self):\n"
    f"        self.s3 = {MADE}\n\n    def sign(self):\n        return self.s3.{SIGN}\n\n"
    "    def put(self):\n        return self.s3.put_object()\n",
}
REQUESTING = {
    "a request": f"    return {USED}\n",
    "more often than is looked at": f"    s3 = {MADE}\n" + f"    s3.{SIGN}\n" * 300,
    "both": f"    s3 = {MADE}\n    s3.{SIGN}\n    return s3.list_buckets()\n",
    "given to what is not here": f"    s3 = {MADE}\n    s3.{SIGN}\n    keep(s3, event)\n",
    "given to another": f"    return both({MADE}, event)\n\n\ndef both(s3, key):\n"
    f"    s3.{SIGN}\n    return s3.list_buckets()\n",
    "given to one of two": f"    (sign if event else lists)({MADE})\n\n\ndef sign(s3):\n"
    f"    return s3.{SIGN}\n\n\ndef lists(s3):\n    return s3.list_buckets()\n",
    "given to what takes any": f"    return sign({MADE})\n\n\ndef sign(*clients):\n"
    f"    return clients[0].{SIGN}\n",
    "given to what keeps it": f"    return Store({MADE}).sign()\n\n\nclass Store:\n"
    "    def __init__(self, s3):\n        self.s3 = s3\n\n"
    f"    def sign(self):\n        return self.s3.{SIGN}\n",
    "where none is given": f"    return lists()\n\n\ndef lists(s3=None):\n"
    f"    s3 = s3 or {MADE}\n    return s3.list_buckets()\n",
    "of a property": f"    return Store().lists()\n\n\nclass Store:\n    @property\n"
    f"    def s3(self):\n        return {MADE}\n\n    def lists(self):\n        self.s3.{SIGN}\n"
    "        return self.s3.list_buckets()\n",
    "kept by an object": f"    return Store().put()\n\n\nclass Store:\n    def __init__(self):\n"
    f"        self.s3 = {MADE}\n\n    def sign(self):\n        return self.s3.{SIGN}\n\n"
    "    def put(self):\n        return self.s3.put_object()\n",
    "a kept client of a resource": "    return Store().put()\n\n\nclass Store:\n"
    "    def __init__(self):\n        self.s3 = boto3.resource('s3')\n\n"
    "    def put(self):\n        return self.s3.meta.client.put_object()\n",
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
    assert "loading the service's model anew takes about 100 ms" in one.message


LOADED = {
    "the default session": f"    return {USED}\n",
    "the default session's resource": "    return boto3.resource('s3').Bucket('b').delete()\n",
    "a session that is kept": "    return SESSION.client('s3').list_buckets()\n",
    "a session that is kept by a memo": "    return kept().client('s3').list_buckets()\n",
}
ANEW = {
    "a session of the invocation": "    session = boto3.Session()\n"
    "    return session.client('s3').list_buckets()\n",
    "at once": "    return boto3.session.Session().resource('s3').Bucket('b').delete()\n",
    "a session of a helper": "    return made().client('s3').list_buckets()\n\n\n"
    "def made():\n    return boto3.Session()\n",
    "of botocore": "    return botocore.session.get_session().create_client('s3').list_buckets()\n",
}
KEPT = (
    "import botocore.session\nimport functools\nSESSION = boto3.Session()\n\n\n"
    "@functools.cache\ndef kept():\n    return boto3.Session()\n"
)


@pytest.mark.parametrize("body", LOADED.values(), ids=LOADED)
def test_the_model_is_loaded_once_by_a_session(body: str) -> None:
    (one,) = found(body, head=KEPT)
    assert "opens new TLS connections, and building it takes 2 to 8 ms each time" in one.message


@pytest.mark.parametrize("body", ANEW.values(), ids=ANEW)
def test_a_session_made_anew_loads_it_each_time(body: str) -> None:
    (one,) = found(body, head=KEPT)
    assert "opens new TLS connections, and loading the service's model anew takes" in one.message


UNUSED = {
    "a client under a name": f"    s3 = {MADE}\n    return event\n",
    "under no name": f"    {MADE}\n    return event\n",
    "a resource": "    db = boto3.resource('dynamodb', region_name='eu-west-1')\n    return event\n",
    "a session": "    session = boto3.Session(region_name=REGION)\n    return event\n",
    "an HTTP session": "    http = requests.Session()\n    return event\n",
    "in a branch": f"    if event:\n        s3 = {MADE}\n        print(1)\n    return event\n",
    "beside one of the same name elsewhere": f"    s3 = {MADE}\n    return event\n\n\n"
    "def other(s3):\n    return s3.list_buckets()\n",
}
UNUSED_UNMENDED = {
    "under a typed name": f"    s3: object = {MADE}\n    return event\n",
    "by a helper whose result nobody takes": f"    made()\n    return event\n\n\n"
    f"def made():\n    return {MADE}\n",
    "and deleted": f"    s3 = {MADE}\n    del s3\n    return event\n",
    "with a comment": f"    # the store\n    s3 = {MADE}\n    return event\n",
    "made of what is called": "    s3 = boto3.client('s3', config=config())\n    return event\n",
    "alone in a branch": f"    if event:\n        s3 = {MADE}\n    return event\n",
    "beside another statement": f"    s3 = {MADE}; print(1)\n    return event\n",
}
WRITTEN = {
    "into a text": f"    s3 = {MADE}\n    return f'{{s3}}'\n",
    "into a text that is logged": f"    log.error(f'client: {{{MADE}}} of {{event}}')\n",
    "printed": f"    print('made', {MADE})\n",
    "logged": f"    s3 = {MADE}\n    log.info('made %s', s3)\n    print(s3)\n",
    "an HTTP session": "    log.warning(f'{requests.Session()}')\n",
    "in a branch": f"    if event:\n        s3 = {MADE}\n        print(f'made {{s3}}')\n",
}
WRITTEN_AND_USED = {
    "what it lists": f"    print({MADE}.list_buckets())\n",
    "and asked": f"    s3 = {MADE}\n    print(s3)\n    return s3.list_buckets()\n",
    "asked within a text": f"    s3 = {MADE}\n    return f'{{s3.list_buckets()}}'\n",
    "handed on": f"    s3 = {MADE}\n    print(event, s3)\n    keep(s3)\n",
    "with all of it": f"    print(*{MADE}.list_buckets())\n",
}
USED_AFTER_ALL = {
    "by an inner function": f"    s3 = {MADE}\n    def inner():\n        return s3.list_buckets()\n"
    "    return inner()\n",
    "by all that is there": f"    s3 = {MADE}\n    return locals()\n",
    "by whoever asks for the global": f"    global s3\n    s3 = {MADE}\n    return event\n",
    "in a test": f"    s3 = {MADE}\n    if s3:\n        return event\n",
    "by a caller": f"    return made().list_buckets()\n\n\ndef made():\n    return {MADE}\n",
    "a database connection, which is a test by itself": "    c = psycopg2.connect('')\n    return 1\n",
}


@pytest.mark.parametrize(
    "body", [*UNUSED.values(), *UNUSED_UNMENDED.values()], ids=[*UNUSED, *UNUSED_UNMENDED]
)
def test_what_is_never_used_is_to_be_taken_out(body: str) -> None:
    (one,) = found(body, head="import psycopg2\nimport requests\nREGION = 'eu-west-1'\n")
    assert one.message.endswith(", and never used: take it out")
    assert one.severity is WARNING


@pytest.mark.parametrize("body", UNUSED.values(), ids=UNUSED)
def test_fixing_takes_out_its_line(body: str) -> None:
    code = f"import boto3\nimport requests\nREGION = 'r'\n\n\ndef handler(event, context):\n{body}"
    lines = [
        line for line in code.splitlines() if " boto3." not in line and "requests.S" not in line
    ]
    assert mended(code).texts["app.py"].splitlines() == lines


@pytest.mark.parametrize("body", UNUSED_UNMENDED.values(), ids=UNUSED_UNMENDED)
def test_what_may_do_more_than_build_is_left_to_the_author(body: str) -> None:
    (one,) = found(body)
    assert one.fix is None


@pytest.mark.parametrize("body", WRITTEN.values(), ids=WRITTEN)
def test_what_is_only_written_out_is_to_be_taken_out(body: str) -> None:
    (one,) = found(body, head="import logging\nimport requests\nlog = logging.getLogger()\n")
    assert one.message.endswith(", and only written out: take it out")
    assert "TLS" not in one.message
    assert one.fix is None


@pytest.mark.parametrize("body", WRITTEN_AND_USED.values(), ids=WRITTEN_AND_USED)
def test_what_is_written_out_and_used_is_to_be_kept(body: str) -> None:
    (one,) = found(body)
    assert "build it once, and keep it" in one.message


@pytest.mark.parametrize("body", USED_AFTER_ALL.values(), ids=USED_AFTER_ALL)
def test_what_may_be_used_is_to_be_kept(body: str) -> None:
    (one,) = found(body, head="import psycopg2\n")
    assert "build it once, and keep it" in one.message


def test_a_client_that_one_of_two_handlers_uses_is_used() -> None:
    more = helper(f"    return {MADE}\n") + (
        "\n\ndef lambda_handler(event, context):\n    return helper(event).list_buckets()\n"
    )
    (one,) = found("    helper(event)\n", more, template="")
    assert "build it once, and keep it" in one.message
    assert one.fix is None or "Take out" not in one.fix.title


@pytest.mark.parametrize("path", ["docs/examples/app.py", "old/app.py", "deprecated-2026/app.py"])
def test_an_example_and_what_is_set_aside_are_no_defects(path: str) -> None:
    code = f"import boto3\n\n\ndef handler(event, context):\n    return {USED}\n"
    tree = MemoryTree({path: code, "lamlint.toml": ""})
    built = project.build(tree, (), Catalog(), date(2026, 11, 24))
    (one,) = check.check(built, [rules()["connection-in-handler"]])
    assert one.severity is INFORMATION


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


LOCAL_BRANCH = "boto3.client('s3', endpoint_url=LOCAL, use_ssl=False)"
FIRST = f"    if LOCAL:\n        s3 = {LOCAL_BRANCH}\n    else:\n        s3 = {MADE}\n    s3.list_buckets()\n"
CHOSEN = f"    s3 = {LOCAL_BRANCH} if LOCAL else {MADE}\n    s3.list_buckets()\n"
LAST = f"    if not LOCAL:\n        s3 = {MADE}\n    else:\n        s3 = {LOCAL_BRANCH}\n    s3.list_buckets()\n"
EACH = FIRST.replace(f"= {MADE}", "= boto3.client('s3', endpoint_url=os.environ['OTHER'])")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (FIRST, MADE),
        (CHOSEN, MADE),
        (LAST, MADE),
        (EACH, LOCAL_BRANCH),
        (FIRST.replace(LOCAL_BRANCH, WEST), WEST),
    ],
)
def test_the_branch_that_is_deployed_is_told_first(body: str, told: str) -> None:
    head = "import os\nLOCAL = os.environ.get('LOCAL')\n"
    (one,) = found(body, head=head)
    text = f"import boto3\n{head}\n\ndef handler(event, context):\n{body}"
    assert text[one.span.start : one.span.end] == told


@pytest.mark.parametrize("body", APART.values(), ids=APART)
def test_what_may_be_built_twice_is_told_twice(body: str) -> None:
    assert len(found(body)) == 2


# --- what is kept for each of several

ONCE = "; build it once, and keep it"
GET = (
    "\n\n\ndef get(region, name=None):\n    return boto3.client('s3', region_name=region).head()\n"
)
SHEET = "\n\n\ndef sheet(scope):\n    return gspread.authorize(made(scope)).open('x')\n"
OF_EACH = {
    "two that are written": ("    get('eu-west-1')\n    get('us-east-1')\n", GET, "region"),
    "those of a loop": ("    for one in SCOPES:\n        sheet(one)\n", SHEET, "scope"),
    "what a caller is given": (
        "    one(['a'])\n    one(['b'])\n",
        f"\n\n\ndef one(scopes):\n    sheet(of(scopes)){SHEET}", "scope",
    ),
    "mapped ones": ("    return list(map(sheet, SCOPES))\n", SHEET, "scope"),
    "what a value is made of": (
        "    get(SCOPES)\n    get(MORE)\n", "\nSCOPES = ['a']\nMORE = ['b']\n\n\ndef get(scopes):\n"
        "    creds = made().with_scopes(scopes)\n    return gspread.authorize(creds).open('x')\n",
        "scopes",
    ),
    "two parameters": (
        "    get('a', 'b')\n    get('b', 'c')\n", "\n\n\ndef get(region, role):\n"
        "    return boto3.client('s3', region_name=region, config=of(role)).head()\n",
        "region and role",
    ),
    "three": (
        "    get('a', 'b', 'c')\n    get('b', 'c', 'd')\n", "\n\n\ndef get(a, b, c):\n"
        "    return boto3.client('s3', region_name=a, config=of(b, c)).head()\n",
        "set of parameters",
    ),
}  # fmt: skip
OF_ONE = {
    "none": (f"    return {USED}\n", ""),
    "one that all callers give": ("    get('eu-west-1')\n    get('eu-west-1')\n", GET),
    "a default that nobody replaces": (
        "    get()\n", "\n\n\ndef get(region='eu-west-1'):\n"
        "    return boto3.client('s3', region_name=region).head()\n",
    ),
    "another parameter": (
        "    get('a')\n    get('b')\n", "\n\n\ndef get(name):\n"
        "    return boto3.client('s3').head_bucket(Bucket=name)\n",
    ),
    "one that is not known": ("    get(REGION)\n", f"\nREGION = open('r').read(){GET}"),
    "what a client gives": (
        "    get(boto3.client('ssm'))\n    get(SSM)\n", "\nSSM = boto3.client('ssm')\n\n\n"
        "def get(ssm):\n    key = ssm.get_parameter(Name='k')['Parameter']['Value']\n"
        "    return gspread.authorize(key).open('x')\n",
    ),
    "a name of an attribute": (
        "    get('a')\n    get('b')\n", "\n\n\ndef get(region):\n"
        "    return boto3.client('s3', region_name=SETTINGS.region).head(region)\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("body", "more", "what"), OF_EACH.values(), ids=OF_EACH)
def test_what_is_made_of_parameters_is_kept_for_each(body: str, more: str, what: str) -> None:
    (one,) = found(body, more, head="import gspread")
    assert one.message.endswith(f"; build it once for each {what}, and keep it")


def test_what_one_of_two_handlers_keeps_for_each_is_one_finding() -> None:
    template = API + API.partition("Resources:\n")[2].replace("Fn:", "Other:").replace(
        "app.handler", "app.other"
    )
    more = "\n\n\ndef other(event, context):\n    return get('us-east-1')\n"
    body = "    get('eu-west-1')\n    return get('us-east-1')\n"
    (one,) = found(body, more + GET, template=template)
    assert one.message.endswith(ONCE)


@pytest.mark.parametrize(("body", "more"), OF_ONE.values(), ids=OF_ONE)
def test_what_is_the_same_for_all_is_kept_once(body: str, more: str) -> None:
    (*_, one) = found(body, more, head="import gspread")
    assert one.message.endswith(ONCE)


# --- what only has the signature of a handler

ROUTES = f"""import boto3


def create_order(event, context):
    return {USED}


def delete_order(event, context):
    return {WEST}.list_buckets()
"""


def read(code: str) -> list[Finding]:
    built = project.build(MemoryTree({"app.py": code, "lamlint.toml": ""}), (), Catalog(), DAY)
    return list(check.check(built, [rules()["connection-in-handler"]]))


def test_what_may_be_one_of_many_is_not_said_to_run_each_time() -> None:
    one, other = read(ROUTES)
    assert "is built whenever create_order runs: " in one.message
    assert "is built whenever delete_order runs: " in other.message


@pytest.mark.parametrize("name", ["handler", "lambda_handler", "order_handler", "main", "handle"])
def test_what_is_called_a_handler_runs_each_time(name: str) -> None:
    one, _ = read(ROUTES.replace("create_order", name))
    assert EVERY in one.message


# --- what an object keeps

KEEPING = """import boto3


class Store:
    def __init__(self):
        self._s3 = None

    {decorator}
    def s3(self):
        if self._s3 is None:
            self._s3 = boto3.client("s3")
        return self._s3

    def read(self, key):
        return self.{asked}.get_object(Bucket="b", Key=key)


def handler(event, context):
{body}
"""


@pytest.mark.parametrize(("decorator", "asked"), [("@property", "s3"), ("# plain", "s3()")])
@pytest.mark.parametrize(
    ("body", "again"),
    [
        ("    store = Store()\n    return [store.read(key) for key in event['keys']]", False),
        ("    store = Store()\n    for key in event['keys']:\n        store.read(key)", False),
        ("    for key in event['keys']:\n        Store().read(key)", True),
        ("    for key in event['keys']:\n        store = Store()\n        store.read(key)", True),
    ],
)
def test_what_an_object_keeps_is_built_as_often_as_the_object(
    decorator: str, asked: str, body: str, again: bool
) -> None:
    (one,) = read(KEEPING.format(decorator=decorator, asked=asked, body=body))
    assert (AGAIN in one.message) is again


MANY = """import boto3


class Tools:
    def __init__(self):
        self.s3 = boto3.client("s3")
        self.ses = boto3.client("ses")
        self.sns: object = boto3.client("sns")

    def read(self):
        return self.s3.list_buckets()

    def mail(self):
        return self.ses.send_email(Source="a")

    def title(self):
        return "title"


def handler(event, context):
    event["headers"]
    tools = Tools()
    {body}
"""
UNASKED = "and nothing that then runs uses it"


@pytest.mark.parametrize(
    ("body", "asked"),
    [
        ("return tools.title()", ""),
        ("return tools.read()", "s3"),
        ("tools.mail()", "ses"),
        ("tools.read(), tools.mail(), tools.sns.publish()", "s3 ses sns"),
        ("send = tools.mail\n    tools.read()\n    send()", "s3 ses"),
        ("return getattr(tools, event['what'])()", "s3 ses sns"),
        ("return vars(tools)", "s3 ses sns"),
    ],
)
def test_clients_of_an_object_that_nothing_asks_are_little(body: str, asked: str) -> None:
    for one, name in zip(read(MANY.format(body=body)), ("s3", "ses", "sns"), strict=True):
        used = name in asked.split()
        assert (UNASKED in one.message) is not used
        assert one.severity is (WARNING if used else INFORMATION)
        assert bool(one.cause) is not used  # so that they are told as one


def test_a_client_that_another_handler_asks_is_told_with_the_way_of_that_one() -> None:
    other = "\n\ndef mail_handler(event, context):\n    event['headers']\n    tools = Tools()\n    tools.title()\n    tools.mail()\n"
    found_ = read(MANY.format(body="return tools.title()") + other)
    (mail,) = [one for one in found_ if " for ses " in one.message]
    assert mail.severity is WARNING
    assert "mail_handler" in mail.flow[0].message


SENT = "    c.request('GET', '/')\n    return c.getresponse().read()\n"
SEND = f"    c = http.client.HTTPSConnection('a.example')\n{SENT}"
SELDOM = "    if query()['Items']:\n" + SEND.replace("    ", "        ")
OTHER_CLIENT = (
    "keep a client instead that connects again where the server has closed the connection "
    "(urllib3, requests)"
)


@pytest.mark.parametrize(
    ("body", "ending"),
    [
        (f"    event['headers']\n{SEND}", f"; {OTHER_CLIENT}"),
        (SEND, f": {OTHER_CLIENT}, if it runs often"),
        (f"    event['headers']\n{SELDOM}", f": {OTHER_CLIENT}, if it is often"),
    ],
    ids=["surely", "not known how often", "only sometimes"],
)
def test_a_connection_that_dials_by_itself_no_more_is_not_what_to_keep(
    body: str, ending: str
) -> None:
    (one,) = read(f"import http.client\n\n\ndef handler(event, context):\n{body}")
    assert one.message.endswith(ending)
    assert "build it once" not in one.message
    assert (one.fix, one.severity) == (None, INFORMATION)


@pytest.mark.parametrize("made", ["requests.Session()", "urllib3.PoolManager()"])
def test_a_client_that_dials_by_itself_is_what_to_keep(made: str) -> None:
    (one,) = found(f"    c = {made}\n", SENT, "import requests, urllib3")
    assert one.message.endswith("; build it once, and keep it")


def test_many_connections_of_one_run_are_more_than_one() -> None:
    each = "    for host in HOSTS:\n        c = http.client.HTTPSConnection('a.example')\n"
    sent = SENT.replace("    ", "        ").replace("return", "yield")
    (one,) = found(each, sent, "import http.client")
    assert one.severity is WARNING


USE = f"    {MADE}.list_buckets()\n"
JOBS = {
    "nothing is returned": USE,
    "a word": f"{USE}    return 'done'\n",
    "a status": f"{USE}    return {{'statusCode': 200, 'body': json.dumps('Done')}}\n",
    "a sentence with a number": f"    n = len({MADE}.list_buckets())\n    return f'{{n}} buckets'\n",
    "on two ways": f"    if not {MADE}.list_buckets():\n        return None\n    return True\n",
    "the event is printed": f"    print(event)\n{USE}",
    "the event is logged as JSON": f"    logger.info(json.dumps(event))\n{USE}",
    "the event stands in a text that is logged": f"    logger.info(f'got {{event}}')\n{USE}",
}
NO_JOBS = {
    "a field is read": f"    {MADE}.list_objects(Bucket=event['bucket'])\n",
    "it is asked for": f"{USE}    return event.get('name')\n",
    "it is handed on": f"    work(event)\n{USE}",
    "an inner function reads it": f"    def bucket():\n        return event['bucket']\n{USE}    bucket()\n",
    "it is looked through": f"    for record in event:\n        print(record)\n{USE}",
    "what is found is the answer": f"    return {MADE}.list_buckets()\n",
    "it is the answer of an API": f"    found = {MADE}.list_buckets()\n"
    "    return {'statusCode': 200, 'body': json.dumps(found)}\n",
    "a part of it is logged": f"    print(event['bucket'])\n{USE}",
}
UNTOLD = "; how often the function runs is not known here: "


@pytest.mark.parametrize("body", JOBS.values(), ids=JOBS)
def test_what_does_not_read_its_event_may_be_run_by_a_state_machine_as_well(body: str) -> None:
    head = "import json\nimport logging\nlogger = logging.getLogger()\n"
    (one,) = found(body, head=head, template="")
    assert one.severity is INFORMATION
    assert UNTOLD in one.message


@pytest.mark.parametrize("body", NO_JOBS.values(), ids=NO_JOBS)
def test_who_asks_for_something_else_is_not_known(body: str) -> None:
    (one,) = found(body, head="import json\n", template="")
    assert one.severity is INFORMATION
    assert UNTOLD in one.message


def test_what_a_decorator_may_read_is_read() -> None:
    code = f"import boto3\n\n\n@app.entry\ndef handler(event, context):\n{USE}"
    (one,) = read(code)
    assert UNTOLD in one.message


def test_a_loop_of_a_job_builds_many() -> None:
    (one,) = found(
        "    for name in names():\n        boto3.client('s3').head_bucket(Bucket=name)\n",
        template="",
    )
    assert one.severity is WARNING


def test_a_template_that_says_nothing_of_what_calls_it_tells_nothing() -> None:
    (one,) = found(USE, template=API.rpartition("      Events")[0])
    assert one.severity is INFORMATION
    assert UNTOLD in one.message


IN_VAIN = """\
    client = boto3.client("firehose")
    if os.environ.get("TO_S3") is True:
        client.put_record(DeliveryStreamName="to-s3", Record={"Data": event["data"]})
    if "later" in locals():
        return None
"""


def test_a_client_that_is_used_where_no_condition_lets_it() -> None:
    (one,) = found(IN_VAIN, head="import os\n")
    assert one.message == (
        "a boto3 client for firehose is built on every invocation, and what uses it never runs, "
        "by the conditions there: correct them, or take it out"
    )
    assert one.fix is None


@pytest.mark.parametrize(
    "made",
    [
        "sqlalchemy.create_engine('postgresql://db/shop')",
        "sqlmodel.create_engine('postgresql://db/shop')",
    ],
)
def test_an_engine_connects_once_and_not_for_each_query(made: str) -> None:
    (one,) = found(f"    return {made}\n", head="import sqlalchemy, sqlmodel")
    assert "its pool is thrown away each time, so each new one connects" in one.message
    assert "query" not in one.message
