"""What an invocation waits for beside what it builds, in whichever function."""

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
      Events: {E: {Type: Api, Properties: {Path: /, Method: post}}}
"""
HEAD = """\
import subprocess
import time
import boto3
import openai
from botocore.config import Config
from playwright.sync_api import sync_playwright
from strands import Agent

models = boto3.client("bedrock-runtime")
slow = boto3.client("lambda", config=Config(read_timeout=600))
usual = boto3.client("lambda", config=Config(read_timeout=60))
jobs = boto3.client("batch")
asked = openai.OpenAI()
agent = Agent()


class Writer:
    def __init__(self):
        self.client = openai.OpenAI()

    def write(self, text):
        for attempt in range(3):
            try:
                return self.client.chat.completions.create(model="m", messages=[text])
            except ValueError:
                time.sleep(2)


WRITER = Writer()


def made(name):
    return boto3.client("s3").head_bucket(Bucket=name)


def saved(name):
    made(name)


def wait_for(job):
    while True:
        if jobs.describe_jobs(jobs=[job])["jobs"]:
            return True
        time.sleep(5)


def again(text):
    for attempt in range(3):
        found = jobs.list_jobs(jobQueue=text)
        if found:
            return found
        time.sleep(2)


def tried(text):
    while True:
        try:
            return jobs.list_jobs(jobQueue=text)
        except ValueError:
            pass
        time.sleep(2)


def cached(text):
    if text in KNOWN:
        return KNOWN[text]
    return models.converse(modelId="m", messages=[text])


def checked(text):
    if not text:
        raise ValueError("nothing")
    return models.converse(modelId="m", messages=[text])


def embed(text):
    return models.invoke_model(modelId=MODEL, body=text)


"""


def found(body: str) -> Finding:
    files = {"template.yaml": TEMPLATE, "src/app.py": f"{HEAD}def handler(event, context):\n{body}"}
    built = project.build(MemoryTree(files), (), Catalog(), date(2026, 11, 24))
    named = (one for one in check.check(built, [rules()["connection-in-handler"]]))
    (one,) = (each for each in named if "for s3" in each.message)
    return one


BUILT = "    saved('a')\n"
WAITING = {
    "a model": "    models.converse(modelId='m', messages=[event])\n",
    "a model, in an expression": "    text = str(models.invoke_model(modelId='m', body='')['body'])\n",
    "a model of another library": "    asked.chat.completions.create(model='m', messages=[])\n",
    "an agent": "    answer = agent('what is new?')\n",
    "by a method": "    WRITER.write(event['body'])\n",
    "by a function that refuses some": "    answer = checked(event['body'])\n",
    "in what is tried": "    try:\n        checked('a')\n    except ValueError:\n        return 1\n",
    "in each of two branches": "    if event['a']:\n        checked('a')\n    else:\n"
    "        WRITER.write('a')\n",
    "a loop that asks by another function": "    wait_for('a')\n",
    "a waiter": "    boto3.client('ecs').get_waiter('tasks_stopped').wait(tasks=['a'])\n",
    "a client that is patient": "    slow.invoke(FunctionName='other')\n",
    "a browser": "    with sync_playwright() as browsers:\n        browsers.chromium.launch()\n",
    "a program whose end is waited for": "    subprocess.Popen(['ffmpeg', 'a']).communicate()\n",
    "a second": "    time.sleep(2)\n",
    "behind an error": "    if not event['body']:\n        return {'statusCode': 400}\n"
    "    checked('a')\n",
}
QUICK = {
    "in a branch": "    if event['a']:\n        checked('a')\n",
    "in one of two": "    if event['a']:\n        checked('a')\n    else:\n        print('a')\n",
    "unless it is known": "    cached(event['body'])\n",
    "where it fails": "    try:\n        print('a')\n    except ValueError:\n        checked('a')\n",
    "for each of what may be none": "    for one in event['all']:\n        checked(one)\n",
    "in an expression that may not run": "    text = event['text'] or checked('a')\n",
    "later": "    write = lambda: checked('a')\n",
    "an embedding": "    models.invoke_model(modelId='amazon.titan-embed-text-v2:0', body='')\n",
    "an embedding, by its function": "    embed(event['body'])\n",
    "attempts that mostly do at once": "    again(event['body'])\n",
    "what is tried until it does": "    tried(event['body'])\n",
    "what may be there": "    boto3.client('ecr').get_waiter('image_exists').wait(Name='a')\n",
    "a client that waits as any": "    usual.invoke(FunctionName='other')\n",
    "no request": "    slow.get_paginator('list_functions')\n",
    "nothing": "    pass\n",
}


@pytest.mark.parametrize("lines", WAITING.values(), ids=WAITING)
@pytest.mark.parametrize("ahead", [False, True])
def test_beside_what_each_invocation_waits_for_little_is_lost(lines: str, ahead: bool) -> None:
    one = found(lines + BUILT if ahead else BUILT + lines)
    assert one.severity is INFORMATION
    assert "; little is lost beside what it waits for there: build it once" in one.message


@pytest.mark.parametrize("lines", QUICK.values(), ids=QUICK)
@pytest.mark.parametrize("ahead", [False, True])
def test_beside_what_only_some_wait_for_it_is_warned_of(lines: str, ahead: bool) -> None:
    assert found(lines + BUILT if ahead else BUILT + lines).severity is WARNING


OTHER = {
    "behind what may be the end": BUILT + "    if event['now']:\n        return 1\n"
    "    checked('a')\n",
    "in the other branch": "    if event['a']:\n        saved('a')\n    else:\n        checked('b')\n",
    "behind a branch that is left": "    if event['a']:\n        return saved('a')\n"
    "    checked('a')\n",
    "on one way of two": "    if event['a']:\n        saved('a')\n        checked('a')\n"
    "        return 1\n    saved('b')\n",
    "ahead, in a branch": "    if event['a']:\n        checked('a')\n    saved('a')\n",
}


@pytest.mark.parametrize("lines", OTHER.values(), ids=OTHER)
def test_what_is_waited_for_elsewhere_does_not_count(lines: str) -> None:
    assert found(lines).severity is WARNING


@pytest.mark.parametrize(
    "lines",
    [
        "    for one in event['all']:\n        saved(one)\n        checked(one)\n",
        "    for one in event['all']:\n        if one:\n            saved(one)\n        checked(one)\n",
        "    for one in event['all']:\n        checked(one)\n        if one:\n            saved(one)\n",
    ],
)
def test_rounds_that_each_wait_lose_little(lines: str) -> None:
    one = found(lines)
    assert one.severity is INFORMATION
    assert "; little is lost beside what each round of the loop waits for: build" in one.message


def test_many_functions_that_call_each_other_are_looked_at_once() -> None:
    each = (f"def f{n}(a):\n    f{n + 1}(a)\n    f{n + 1}(a)\n    f{n % 7}(a)\n" for n in range(60))
    last = "def f60(a):\n    return models.converse(modelId='m', messages=[a])\n"
    assert (
        found("    saved('a')\n    f0('a')\n" + "\n" + "\n".join(each) + last).severity
        is INFORMATION
    )
