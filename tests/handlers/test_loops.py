"""How many a loop builds in one run of a handler, and how that is told."""

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

TEMPLATE = """\
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src
      Events: {E: {Type: EVENT}}
"""
DAILY = "Schedule, Properties: {Schedule: rate(1 day)}"
API = "Api, Properties: {Path: /, Method: get}"
HEAD = "import asyncio\nimport boto3\nimport collections\nimport heapq\nimport itertools\nimport os\nimport random\nimport subprocess\nimport time\nfrom settings import NAMES, SET\n\n"
HEAD += "table = boto3.resource('dynamodb').Table('t')\nCODES = {'a': 1, 'b': 2}\nTWO = 2\n"
HEAD += "MANY = ['a', 'b']\nMANY.extend(os.listdir('/opt'))\n"
SETTINGS = "NAMES = ('a', 'b', 'c')\nSET = {'a', *NAMES}\n"
MADE = "\n\ndef converted(one):\n    done = subprocess.check_output(['ffmpeg', one])\n"
MADE += "    return done.decode()\n"
MADE += "\n\ndef made(name):\n    return boto3.client('s3').head_bucket(Bucket=name)\n"


def found(body: str, event: str = DAILY, more: str = "") -> list[Finding]:
    files = {
        "template.yaml": TEMPLATE.replace("EVENT", event),
        "src/settings.py": SETTINGS,
        "src/app.py": f"{HEAD}{MADE}{more}\n\ndef handler(event, context):\n{body}",
    }
    built = project.build(MemoryTree(files), (), Catalog(), date(2026, 11, 24))
    return list(check.check(built, [rules()["connection-in-handler"]]))


def over(what: str, before: str = "") -> str:
    return f"{before}    for one in {what}:\n        made(one)\n"


SLOT = "class Of:\n    names = ['a', 'b']\n\n    def go(self):\n        for one in self.names:\n"
SLOT += "            made(one)\n"
KEPT = (
    "class Of:\n    def __init__(self, names):\n        self.names = names\n\n    def go(self):\n"
)
KEPT += "        for one in self.names:\n            made(one)\n"
GIVEN = "def each(names):\n    for one in names:\n        made(one)\n"
FEW = {
    "a dict": (over("{'a': 1, 'b': 2}"), ""),
    "the items of a dict of the module": (over("CODES.items()"), ""),
    "the names of another module": (over("NAMES"), ""),
    "a set with all of another": (over("SET"), ""),
    "some lines above": (over("names", "    names = [{'a': event}, {'b': event}]\n"), ""),
    "some lines above, and read": (
        over("names", "    names = [event, 'b']\n    first = names[0]\n    print(len(names))\n"), "",
    ),
    "numbered": (over("enumerate(NAMES)"), ""),
    "in order": (over("sorted(set(NAMES))"), ""),
    "two together": (over("zip(event['a'], NAMES)"), ""),
    "one after the other": (over("['a'] + list(NAMES)"), ""),
    "the first": (over("event['names'][:3]"), ""),
    "the first, by a number of the module": (over("event['names'][:TWO]"), ""),
    "all but the first": (over("NAMES[1:]"), ""),
    "as often as the module says": (over("range(TWO)"), ""),
    "from one number to another": (over("range(2020, 2024)"), ""),
    "words of a text": (over("'eu-west-1 us-east-1'.split()"), ""),
    "names that are wanted": (over("[name for name in NAMES if name in event]"), ""),
    "what a helper gives": (over("names(event)"), "def names(event):\n    return [event, 'b']\n"),
    "a default that nobody replaces": (
        "    each()\n", "def each(names=None):\n    for one in NAMES if names is None else names:\n"
        "        made(one)\n",
    ),
    "a class's own": ("    Of().go()\n", SLOT),
    "what an object is given": ("    Of(['a', 'b']).go()\n", KEPT),
    "what a helper is given": ("    each(NAMES)\n", GIVEN),
    "what a helper is given by its name": ("    each(names=['a', 'b'])\n", GIVEN),
    "a list that others read": (
        "    names = [event, 'b']\n    each(names)\n    each(names)\n", GIVEN,
    ),
    "a comprehension": ("    return [made(one) for one in NAMES]\n", ""),
    "mapped": ("    return list(map(made, NAMES))\n", ""),
    "the last": (over("event['names'][-3:]"), ""),
    "the first, if there are as many": (over("event['a'][:min(3, len(event['a']))]"), ""),
    "as many as there are, and no more": (over("range(min(3, len(event['a'])))"), ""),
    "as many as there are names": (over("range(len(NAMES))"), ""),
    "the first of what may have no end": (over("itertools.islice(event['a'], 3)"), ""),
    "some of many": (over("random.sample(event['a'], 3)"), ""),
    "some of many, by a keyword": (over("random.choices(event['a'], k=TWO)"), ""),
    "the largest": (over("heapq.nlargest(3, event['a'])"), ""),
    "the most common": (over("collections.Counter(event['a']).most_common(3)"), ""),
    "counted": ("    n = 0\n    while n < 3:\n        made(n)\n        n += 1\n", ""),
    "counted by a number of the module, while there is more": (
        "    page = 1\n    while event['more'] and page <= TWO:\n        page += 1\n"
        "        if page:\n            continue\n        made(page)\n", "",
    ),
}  # fmt: skip
MANY = {
    "a dict with others in it": (over("{'a': 1, **event}"), ""),
    "a list that grows when the code starts": (over("MANY"), ""),
    "a list that starts empty": (over("names", "    names = []\n    table.fill(names)\n"), ""),
    "a list that a helper fills": (
        over("names", "    names = ['a']\n    fill(names, event)\n"),
        "def fill(names, event):\n    names.extend(event['b'])\n",
    ),
    "a list that a helper hands on to be filled": (
        over("names", "    names = ['a']\n    deep(names, event)\n"),
        "def deep(names, event):\n    fill(names, event)\n\n\n"
        "def fill(names, event):\n    names.extend(event['b'])\n",
    ),
    "all but the first of many": (over("event['names'][1:]"), ""),
    "all but the last": (over("event['names'][:-1]"), ""),
    "many words": (over("' '.join(event).split(' ')"), ""),
    "two lists that are long": (over("zip(event['a'], event['b'])"), ""),
    "what a helper gives": (over("names(event)"), "def names(event):\n    return [*event, 'b']\n"),
    "what one of two callers gives": ("    each(NAMES)\n    each(event['names'])\n", GIVEN),
    "what an object is given": ("    Of(event['names']).go()\n", KEPT),
    "a class's own that is filled": (
        "    one = Of()\n    one.names.extend(event['b'])\n    one.go()\n", SLOT,
    ),
    "a comprehension in another": (
        "    return [made(a) for a in event['a'] for one in NAMES]\n", "",
    ),
    "mapped": ("    return list(map(made, event['names']))\n", ""),
    "from the second on": (over("event['names'][-event['n']:]"), ""),
    "as many as there are": (over("range(len(event['a']))"), ""),
    "from one of two numbers on": (over("range(min(3, event['a']), 900)"), ""),
    "the first of as many as are asked for": (over("itertools.islice(event['a'], event['n'])"), ""),
    "all after the first": (over("itertools.islice(event['a'], 3, None)"), ""),
    "as many as are asked for": (over("random.sample(event['a'], event['n'])"), ""),
    "all, by how common they are": (over("collections.Counter(event['a']).most_common()"), ""),
    "counted to many": ("    n = 0\n    while n < 300:\n        made(n)\n        n += 1\n", ""),
    "counted to what is asked for": (
        "    n = 0\n    while n < event['n']:\n        made(n)\n        n += 1\n", "",
    ),
    "counted in some rounds": (
        "    n = 0\n    while n < 3:\n        made(n)\n        if event['a']:\n"
        "            n += 1\n", "",
    ),
    "counted in rounds that are not cut short": (
        "    n = 0\n    while n < 3:\n        if made(n):\n            continue\n"
        "        n += 1\n", "",
    ),
    "counted anew": (
        "    n = 0\n    while n < 3:\n        made(n)\n        n += 1\n"
        "        if event['a']:\n            n = 0\n", "",
    ),
    "counted, or while there is more": (
        "    n = 0\n    while n < 3 or event['a']:\n        made(n)\n        n += 1\n", "",
    ),
    "counted down": (
        "    n = 3\n    while n > 0:\n        made(n)\n        n -= event['a']\n", "",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("body", "more"), FEW.values(), ids=FEW)
def test_few_rounds_that_are_written_there_are_no_loop_to_warn_of(body: str, more: str) -> None:
    assert [one.severity for one in found(body, more=more)] in ([INFORMATION], [])
    (one,) = found(body, API, more)
    assert one.severity is WARNING


@pytest.mark.parametrize(("body", "more"), MANY.values(), ids=MANY)
def test_a_loop_of_any_number_of_rounds_is_warned_of(body: str, more: str) -> None:
    (one,) = found(body, more=more)
    assert one.severity is WARNING


STORE = """
class Store:
    def __init__(self):
        self.s3 = boto3.client("s3")


def save(item, store=None):
    TAKEN
    store.s3.put_object(Body=item)
"""
TAKEN = {
    "or": "store = store or Store()",
    "a test": "if store is None:\n        store = Store()",
    "a test of what is there": "if not store:\n        store = Store()",
    "an expression": "store = Store() if store is None else store",
    "an expression the other way round": "store = store if store is not None else Store()",
}
HANDED = "    store = Store()\n    for one in event['a']:\n        save(one, store=store)\n"
ANEW = "    for one in event['a']:\n        save(one)\n"


@pytest.mark.parametrize("taken", TAKEN.values(), ids=TAKEN)
def test_what_is_built_before_a_loop_and_handed_on_is_in_none(taken: str) -> None:
    more = STORE.replace("TAKEN", taken)
    (one,) = found(HANDED, API, more)
    assert "loop" not in one.message
    (one,) = found(ANEW, API, more)
    assert (one.severity, "loop" in one.message) == (WARNING, True)
    (one,) = found(HANDED.replace("store=store", "store=event.get('s')"), API, more)
    assert "loop" in one.message


def listed(condition: str) -> str:
    return (
        "    for one in table.scan()['Items']:\n"
        f"        if {condition}:\n            made(one['name'])\n"
    )


RARE = {
    "what is read says so": listed("one['old']"),
    "what a helper says": listed("is_old(one)"),
    "and what is read before": listed("event and table.get_item(Key=one).get('Item')"),
    "in a comprehension": "    return [made(one) for one in table.scan()['Items'] if one['old']]\n",
}
IN_ALL = {
    "what the event says": listed("event['all']"),
    "what the configuration says": listed("os.environ['ALL'] == 'yes'"),
    "each": listed("True").replace("        if True:\n    ", ""),
    "a branch around the loop": "    if table.get_item(Key=event)['Item']:\n"
    "        for one in table.scan()['Items']:\n            made(one)\n",
}
OLD = "def is_old(one):\n    return one['at'] < table.get_item(Key={})['Item']['at']\n"
SOMETIMES = "how often that is so is not known here: build it once, and keep it, if it is often"


@pytest.mark.parametrize("body", RARE.values(), ids=RARE)
def test_what_some_rounds_build_may_be_rare(body: str) -> None:
    (one,) = found(body, more=OLD)
    assert one.severity is INFORMATION
    assert one.message.endswith(SOMETIMES)
    (other,) = found(body, API, OLD)
    assert other.severity is WARNING
    assert "each round" not in one.message + other.message


@pytest.mark.parametrize("body", IN_ALL.values(), ids=IN_ALL)
def test_what_as_many_rounds_build_as_somebody_asks_for_is_warned_of(body: str) -> None:
    (one,) = found(body)
    assert one.severity is WARNING


def test_each_round_is_only_said_where_each_builds_one() -> None:
    (one,) = found("    made('a')\n" + listed("one['old']"))
    assert "on every invocation, again in some rounds of a loop on another way: " in one.message
    skipping = "    for one in event['a']:\n        if not one:\n            continue\n"
    (one,) = found(f"{skipping}        made(one)\n", API)
    assert "again in some rounds of a loop: " in one.message
    (one,) = found(over("event['a']"), API)
    assert "again in each round of a loop: " in one.message


MANY_ROUNDS = over("event['names']")
HELPERS = "def one():\n    made('a')\n\n\ndef many(event):\n" + MANY_ROUNDS
WAYS = {
    "in the loop": (MANY_ROUNDS, "", ""),
    "beside the loop, too": ("    made('a')\n" + MANY_ROUNDS, "", " on another way"),
    "by another helper": ("    one()\n    many(event)\n", HELPERS, " on another way"),
    "by the helper with the loop": ("    many(event)\n", HELPERS, ""),
    "mapped by another helper": (
        "    made('a')\n    many(event)\n",
        "def many(event):\n    return list(map(made, event['names']))\n",
        " on another way",
    ),
    "in one loop, and in another": (
        MANY_ROUNDS + MANY_ROUNDS.replace("names", "more"), "", "",
    ),
    "of an object that is made in each round": (
        "    for one in event['names']:\n        Of().go()\n",
        "class Of:\n    def __init__(self):\n        self.s3 = None\n\n    def go(self):\n"
        "        if not self.s3:\n            self.s3 = boto3.client('s3')\n"
        "        return self.s3.list_buckets()\n",
        "",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("body", "more", "where"), WAYS.values(), ids=WAYS)
def test_a_loop_on_another_way_than_the_one_that_is_told_is_told_as_such(
    body: str, more: str, where: str
) -> None:
    (one,) = found(body, API, f"\n\n{more}" if more else "")
    assert one.severity is WARNING
    assert f" a loop{where}: " in one.message
    shown = [note.message for note in one.related if "loop" in note.message]
    assert shown == (["this loop leads to it, too"] if where else [])


def sleeping(line: str) -> str:
    return f"    for one in event['names']:\n        made(one)\n        {line}\n"


SLOW = {
    "a second": sleeping("time.sleep(1)"),
    "as long as the module says": sleeping("time.sleep(TWO)"),
    "in the end": "    for one in event['names']:\n        try:\n            made(one)\n"
    "        finally:\n            time.sleep(1.5)\n",
    "a program": sleeping("subprocess.run(['ffmpeg', one], check=True)"),
    "a program by a helper": sleeping("kept = converted(one)"),
    "until it is done": "    while event:\n        time.sleep(30)\n        made('a')\n",
}
FAST = {
    "a moment": sleeping("time.sleep(0.05)"),
    "as long as the event says": sleeping("time.sleep(event['n'])"),
    "in some rounds": sleeping("if one == 'a':\n            time.sleep(5)"),
    "after the loop": over("event['names']") + "    time.sleep(5)\n",
    "a quick program": sleeping("subprocess.run(['/bin/ls', one])"),
    "any program": sleeping("subprocess.run(one)"),
    "a program that is only begun": sleeping("subprocess.Popen(['ffmpeg', one])"),
    "something else": sleeping("table.sleep(5)"),
}


@pytest.mark.parametrize("body", SLOW.values(), ids=SLOW)
def test_beside_the_time_that_a_loop_sleeps_little_is_lost(body: str) -> None:
    (one,) = found(body)
    assert one.severity is INFORMATION
    assert (
        "; little is lost beside what each round of the loop waits for: build it once"
        in one.message
    )


@pytest.mark.parametrize("body", FAST.values(), ids=FAST)
def test_a_loop_that_hardly_sleeps_is_warned_of(body: str) -> None:
    (one,) = found(body)
    assert one.severity is WARNING


TRIED = """\
    while event['n'] < 3:
        try:
            answer = made('a')
            if answer['ok']:
                return answer
            else:
                LEFT
        except ValueError:
            event['n'] += 1
"""


def test_a_loop_that_each_branch_leaves_unless_it_fails_builds_one() -> None:
    (one,) = found(TRIED.replace("LEFT", "raise ValueError"), API)
    assert "loop" not in one.message
    (one,) = found(TRIED.replace("LEFT", "print(1)"), API)
    assert "loop" in one.message


def batch(size: str, kind: str = "SQS, Properties: {Queue: arn:aws:sqs:eu-west-1:1:q") -> str:
    return f"{kind}, BatchSize: {size}}}" if size else f"{kind}}}"


STREAM = (
    "Kinesis, Properties: {Stream: arn:aws:kinesis:eu-west-1:1:stream/s, StartingPosition: LATEST"
)
MORE = "}, F: {Type: S3, Properties: {Bucket: b, Events: 's3:ObjectCreated:*'}"
RECORDS = {
    "item": over("event['Records']"),
    "get": over("event.get('Records', [])"),
    "or nothing": over("event.get('Records') or []"),
    "a name": over("records", "    records = event['Records']\n"),
    "numbered": over("enumerate(event['Records'])"),
    "a comprehension": "    return [made(one['body']) for one in event['Records']]\n",
    "mapped": "    return list(map(made, event['Records']))\n",
    "a helper": "    each(event['Records'])\n",
}
INNER = {
    "a list in each": "    for one in event['Records']:\n        for name in one['body']:\n"
    "            made(name)\n",
    "the records of each": "    import json\n    for one in event['Records']:\n"
    "        for name in json.loads(one['body'])['Records']:\n            made(name)\n",
    "another list": over("event['items']"),
}


@pytest.mark.parametrize("body", RECORDS.values(), ids=RECORDS)
@pytest.mark.parametrize("event", [batch("1"), batch("1", STREAM), "SNS, Properties: {Topic: t}"])
def test_the_only_record_of_each_event_makes_no_loop(body: str, event: str) -> None:
    (one,) = found(body, event, GIVEN)
    assert (one.severity, "loop" in one.message) == (WARNING, False)


@pytest.mark.parametrize("body", RECORDS.values(), ids=RECORDS)
@pytest.mark.parametrize("event", [batch("2"), batch(""), batch("!Ref Size"), batch("1") + MORE])
def test_a_batch_of_records_makes_one(body: str, event: str) -> None:
    (one,) = found(body, event, GIVEN)
    assert (one.severity, "loop" in one.message) == (WARNING, True)


@pytest.mark.parametrize("body", INNER.values(), ids=INNER)
def test_what_the_only_record_lists_makes_one(body: str) -> None:
    (one,) = found(body, batch("1"))
    assert "loop" in one.message


PICKED = """

def first(name):
    return boto3.client('s3').head_bucket(Bucket=name)


def second(name):
    return name


def run(check, name):
    return check(name)


CHECKS = {'a': (first, 1), 'b': (second, 2)}
PLAIN = {'a': first, 'b': second}
TWICE = {'a': first, 'c': first}
"""


@pytest.mark.parametrize(
    "body",
    [
        "    for name in event['names']:\n        PLAIN[name](name)\n",
        "    for name in event['names']:\n        run(PLAIN[name], name)\n",
        "    for name in event['names']:\n        one, _ = CHECKS[name]\n        run(one, name)\n",
        "    for name in event['names']:\n        run(check=PLAIN.get(name), name=name)\n",
        "    for name, one in PLAIN.items():\n        run(one, name)\n",
    ],
)
def test_each_round_that_calls_another_function_is_no_loop_for_one(body: str) -> None:
    assert found(body, DAILY, PICKED) == []
    (only,) = found(body, API, PICKED)
    assert "loop" not in only.message


@pytest.mark.parametrize(
    "body",
    [
        "    for name in event['names']:\n        run(TWICE[name], name)\n",
        "    for name in event['names']:\n        run(first, name)\n",
        "    for name in event['names']:\n        run(PLAIN['a'], name)\n",
        "    for name in event['names']:\n        run(PLAIN[event['kind']], name)\n",
        "    one = PLAIN[event['kind']]\n    for name in event['names']:\n        run(one, name)\n",
        "    for name in event['names']:\n        for _ in event['days']:\n"
        "            run(PLAIN[name], name)\n",
    ],
)
def test_rounds_that_call_it_again_are_one(body: str) -> None:
    (only,) = found(body, DAILY, PICKED)
    assert "loop" in only.message


def due(test: str) -> str:
    """A helper that renews what lasts for a time, called from a loop by another."""
    helpers = "def soon(one, now):\n    if " + test + ":\n        return renewed(one)\n"
    return "import datetime\n\n\n" + helpers + "\n\ndef renewed(one):\n    return made(one)\n"


EACH = "    for one in table.scan()['Items']:\n        soon(one, time.time())\n"
ENDING = {
    "time left": "one['ends'] - now < 300",
    "as a number of seconds": "(one['ends'] - datetime.datetime.now()).total_seconds() <= 300",
    "a margin that is added": "now + 300 >= one['ends']",
    "a margin that is taken off": "now > one['ends'] - 300",
    "or nothing is there": "not one['token'] or one['ends'] - now < 300",
    "of those that are used": "one['used'] and one['ends'] - now < 300",
}


@pytest.mark.parametrize("event", [API, DAILY])
@pytest.mark.parametrize("test", ENDING.values(), ids=ENDING)
def test_what_is_built_when_time_is_nearly_over_may_be_rare(test: str, event: str) -> None:
    (one,) = found(EACH, event, due(test))
    assert one.severity is INFORMATION
    assert one.message.endswith(SOMETIMES)


@pytest.mark.parametrize(
    "test",
    [
        "one['sends'] - one['left'] < 300",  # of no time
        "one['at'] <= now",  # what is listed may be due, all of it
        "time.time() - now < 300",  # as long as the handler has time
        "one['all'] or one['ends'] - now < 300",
        "one['ends'] - now != 300",
    ],
)
def test_other_branches_of_a_loop_stay_as_they_are(test: str) -> None:
    (one,) = found(EACH, API, due(test))
    assert one.severity is WARNING


def test_what_is_not_nearly_over_is_built_in_each_round() -> None:
    other = due("one['ends'] - now < 300").replace("return renewed", "return str")
    (one,) = found(EACH, API, other.replace("return str(one)\n", "return 1\n    renewed(one)\n", 1))
    assert one.severity is WARNING


WAITING = {
    "a loop that waits": "    while True:\n        if job.get_job()['done']:\n            return 1\n"
    "        time.sleep(10)\n",
    "until a time": "    ends = time.time() + 300\n    while time.time() < ends:\n"
    "        if job.get_job()['done']:\n            return 1\n        time.sleep(10)\n",
    "a program": "    subprocess.run(['terraform', 'plan'])\n",
    "a program by a helper": "    converted('a')\n",
    "a second": "    time.sleep(2)\n",
}
NOT_WAITING = {
    "a condition": "    if event:\n        time.sleep(10)\n",
    "not for long": "    while True:\n        if job.get_job()['done']:\n            return 1\n"
    "        time.sleep(0.05)\n",
    "only when it fails": "    try:\n        job.get_job()\n    except ValueError:\n"
    "        time.sleep(10)\n",
    "behind what may be the end": "    if event['now']:\n        return 1\n    time.sleep(10)\n",
    "a quick program": "    subprocess.run(['uname'])\n",
}


def beside(lines: str, event: str) -> Finding:
    (one,) = found(f"    job = boto3.client('glue')\n    job.start()\n{lines}", event)
    return one


@pytest.mark.parametrize("lines", WAITING.values(), ids=WAITING)
def test_beside_what_waits_for_long_little_is_lost(lines: str) -> None:
    one = beside(lines, API)
    assert one.severity is INFORMATION
    assert "; little is lost beside what it waits for there: build it once" in one.message


@pytest.mark.parametrize("lines", NOT_WAITING.values(), ids=NOT_WAITING)
def test_beside_what_may_be_quick_it_is_warned_of(lines: str) -> None:
    assert beside(lines, API).severity is WARNING


POLLED = """\
class Scan:
    def client(self):
        return boto3.client("s3")
    def put(self, name):
        self.client().put_object(Bucket="b", Key=name)
    def state(self, name):
        return self.client().get_object_tagging(Bucket="b", Key=name)["TagSet"]
    def run(self, name):
        self.put(name)
        for attempt in range(%s):
            %s
            found = self.state(name)
            if found:
                break
"""
RUN = "    Scan().run('a')\n"


@pytest.mark.parametrize("rounds", ["1, 11", "100", "event_count()"])
def test_what_asks_again_and_again_and_sleeps_loses_little(rounds: str) -> None:
    """Each way to it leads through the loop, or is beside it, in whichever function."""
    (one,) = found(RUN, API, f"\n\n{POLLED % (rounds, 'time.sleep(15)')}")
    assert one.severity is INFORMATION
    assert "; little is lost beside what each round of the loop waits for: build" in one.message


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (RUN, "time.sleep(0.05)"),
        (RUN, "print(attempt)"),
        ("    if event['all']:\n        Scan().run('a')\n    Scan().put('b')\n", "time.sleep(15)"),
        ("    for one in event['names']:\n        Scan().put(one)\n" + RUN, "time.sleep(15)"),
    ],
)
def test_what_another_way_does_not_wait_for_is_warned_of(body: str, line: str) -> None:
    (one,) = found(body, API, f"\n\n{POLLED % ('30', line)}")
    assert one.severity is WARNING
