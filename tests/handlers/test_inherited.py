"""What the methods run that a class inherits from a library: `start` of a thread runs `run`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from lamlint import project
from lamlint.catalog import Catalog
from lamlint.engine import check
from tests.checking import rules
from tests.memory import MemoryTree

RULE = "connection-in-handler"
SENDS = 'boto3.client("sns").publish(TopicArn="t", Message="m")'
HEAD = "import boto3, json, multiprocessing, threading\nfrom threading import Thread\n"
RUN = f"    def run(self):\n        {SENDS}\n"
INIT = "    def __init__(self):\n        super().__init__()\n"
HANDLER = "def handler(event, context):\n"
APPLICATION = "from company.lambdas import Application\nclass Job(Application):\n"
STARTED: Mapping[str, str] = {
    "a thread": f"class W(threading.Thread):\n{INIT}{RUN}{HANDLER}    w = W()\n    w.start()\n",
    "threads in a list": f"class W(Thread):\n{RUN}{HANDLER}    ws = [W() for _ in event]\n"
    "    for w in ws:\n        w.start()\n",
    "threads put into a list": f"class W(Thread):\n{RUN}{HANDLER}    ws = []\n"
    "    for _ in event:\n        w = W()\n        ws.append(w)\n"
    "    for w in ws:\n        w.start()\n",
    "a process of a class between": "class B(multiprocessing.Process):\n    pass\n"
    f"class W(B):\n{RUN}{HANDLER}    W().start()\n",
    "a thread that starts itself": f"class W(Thread):\n{INIT}        self.start()\n{RUN}"
    f"{HANDLER}    W()\n",
    "a start of its own that goes on": f"class W(Thread):\n{RUN}"
    "    def start(self):\n        super().start()\n"
    f"{HANDLER}    W().start()\n",
    "an application of a library that is given the event": f"{APPLICATION}    def start(self):\n"
    f"        self.work()\n    def work(self):\n        {SENDS}\n"
    "app = Job()\ndef handler(event, context):\n    return app.main(event, context)\n",
    "one with a class between, made anew": f"{APPLICATION}    def main_of_ours(self):\n"
    f"        pass\nclass Mine(Job):\n    def start(self, retries=3):\n        {SENDS}\n"
    "def handler(event, context):\n    job = Mine()\n    return job.run(event)\n",
    "an encoder": "class E(json.JSONEncoder):\n    def default(self, o):\n"
    f"        {SENDS}\n{HANDLER}    return E().encode(event)\n",
}
QUIET: Mapping[str, str] = {
    "a thread that nothing starts": f"class W(Thread):\n{RUN}{HANDLER}    W()\n",
    "a class of another kind": f"class W:\n{RUN}{HANDLER}    W().start()\n",
    "a start that starts nothing": f"class W(Thread):\n{RUN}"
    f"    def start(self):\n        pass\n{HANDLER}    W().start()\n",
    "another thread": f"class W(Thread):\n{RUN}class V(Thread):\n    pass\n"
    f"{HANDLER}    V().start()\n",
    "an application that is not given the event": f"{APPLICATION}    def start(self):\n"
    f"        {SENDS}\ndef handler(event, context):\n    return Job().main()\n",
    "methods of one that need something": f"{APPLICATION}    def start(self, order):\n"
    f"        {SENDS}\ndef handler(event, context):\n    return Job().main(event)\n",
    "methods of one that something else calls": f"{APPLICATION}    def start(self):\n"
    f"        {SENDS}\njob = Job()\nif job.debug:\n    job.start()\n"
    "def handler(event, context):\n    return job.main(event)\n",
    "methods of a class that is of no library": f"class Job:\n    def start(self):\n"
    f"        {SENDS}\ndef handler(event, context):\n    return Job().main(event)\n",
    "another method": f"class W(Thread):\n{RUN}{HANDLER}    W().join()\n",
}


def found(code: str) -> list[str]:
    tree = MemoryTree({"app.py": f"{HEAD}{code}", "lamlint.toml": ""})
    built = project.build(tree, (), Catalog(), date(2026, 11, 24))
    return [one.rule for one in check.check(built, [rules()[RULE]])]


@pytest.mark.parametrize("code", STARTED.values(), ids=STARTED)
def test_what_an_inherited_method_calls_is_run(code: str) -> None:
    assert found(code) == [RULE]


@pytest.mark.parametrize("code", QUIET.values(), ids=QUIET)
def test_what_no_inherited_method_calls_is_not_run(code: str) -> None:
    assert found(code) == []
