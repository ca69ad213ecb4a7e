"""Whether a run that a function hands to itself comes to the same call again."""

from __future__ import annotations

import pytest

from tests.recursion.invoking import NAMED, found

HEAD = "import json\nimport boto3\nclient = boto3.client('lambda')\n"


def inv(payload: str) -> str:
    return f"client.invoke(FunctionName=context.function_name, InvocationType='Event', Payload={payload})"


WORK = "json.dumps({'mode': 'worker', 'id': 1})"
TEXT = '\'{"mode": "worker"}\''
ROUTED = """from mangum import Mangum
from fastapi import FastAPI
app = FastAPI()
served = Mangum(app)
@app.post("/")
def started():
    client.invoke(FunctionName="acme-work", InvocationType="Event", Payload=%s)
def handler(event, context):
    %s
        task = event.get("mode")
        if task == "worker":
            return work(event)
        if task == "clean":
            return clean(event)
    return served(event, context)
"""
ONCE = {
    "a dict": ROUTED % (WORK, "if isinstance(event, dict):"),
    "one of several": ROUTED % (WORK, "if isinstance(event, (dict, str)):"),
    "around it": ROUTED % (WORK, "if event.get('mode'):"),
    "no text": ROUTED % (WORK, "if not isinstance(event, (list, str)):"),
    "a dict in it": ROUTED
    % ("json.dumps({'mode': 'worker', 'a': {'b': 1}})", "if isinstance(event['a'], dict):"),
    "mode none and": f"""def handler(event, context):
    mode = event.get("mode")
    if mode is None and event.get("id"):
        {inv(WORK)}
        return 1
    return work(event)
""",
    "not mode": f"""def handler(event, context):
    mode = event.get("mode")
    if not mode:
        {inv(WORK)}
""",
    "mode != worker": f"""def handler(event, context):
    mode = event.get("mode", "start")
    if mode != "worker":
        {inv(WORK)}
""",
    "mode == start default": f"""def handler(event, context):
    mode = event.get("mode") or "start"
    if mode == "start":
        {inv(WORK)}
""",
    "mode default start": f"""def handler(event, context):
    if event.get("mode", "start") == "start":
        {inv(WORK)}
""",
    "in tuple": f"""def handler(event, context):
    if event.get("mode") in ("start", None):
        {inv(WORK)}
""",
    "not in tuple": f"""MODES = ["worker", "again"]
def handler(event, context):
    if event.get("mode") not in MODES:
        {inv(WORK)}
""",
    "tried": f"""def handler(event, context):
    try:
        mode = event["mode"]
    except KeyError:
        mode = None
    if mode is None:
        {inv(WORK)}
""",
    "tried, and all errors": f"""def handler(event, context):
    try:
        mode = event["mode"]
    except Exception:
        mode = "start"
    if mode == "start":
        {inv(WORK)}
""",
    "tried, and not there": f"""def handler(event, context):
    try:
        start = event["start"]
    except (KeyError, TypeError):
        start = False
    if start:
        {inv(WORK)}
""",
    "else": f"""def handler(event, context):
    if event.get("mode") == "worker":
        work(event)
    else:
        {inv(WORK)}
""",
    "elif": f"""def handler(event, context):
    mode = event.get("mode")
    if mode == "worker":
        work(event)
    elif mode == "clean":
        clean(event)
    else:
        {inv(WORK)}
""",
    "absent key": f"""def handler(event, context):
    if event.get("source") == "aws.events":
        {inv(WORK)}
        return
""",
    "absent key, subscript": f"""def handler(event, context):
    if event["requestContext"]["http"]["method"] == "POST":
        {inv(WORK)}
""",
    "absent in": f"""def handler(event, context):
    if "httpMethod" in event:
        {inv(WORK)}
""",
    "no payload": """def handler(event, context):
    if event.get("start"):
        client.invoke(FunctionName=context.function_name, InvocationType='Event')
""",
    "records loop": f"""def handler(event, context):
    for record in event.get("Records", []):
        {inv(WORK)}
""",
    "helper call, guard in handler": f"""def handler(event, context):
    mode = event.get("mode")
    if mode is None:
        hand_on(event, context)
def hand_on(event, context):
    {inv(WORK)}
""",
    "helper payload param": f"""def handler(event, context):
    if event.get("mode") is None:
        hand_on({{'mode': 'worker', **{{'id': 1}}}}, context)
def hand_on(payload, context):
    {inv("json.dumps(payload).encode()")}
""",
    "guard in helper": f"""def handler(event, context):
    hand_on(event, event.get("mode"), context)
def hand_on(event, mode, context):
    if mode is None:
        {inv(WORK)}
""",
    "guard helper bool": f"""def is_worker(event):
    return event.get("mode") == "worker"
def handler(event, context):
    if is_worker(event):
        return work(event)
    {inv(WORK)}
""",
    "guard helper returns": f"""def is_worker(event):
    mode = event.get("mode")
    if mode in ("worker", "x"):
        return True
    return False
def handler(event, context):
    if not is_worker(event):
        {inv(WORK)}
""",
    "flag": f"""def handler(event, context):
    is_worker = event.get("mode") == "worker" or event.get("x") == "y"
    if is_worker:
        return work(event)
    {inv(WORK)}
""",
    "json text": f"""def handler(event, context):
    if not event.get("mode"):
        {inv(TEXT)}
""",
    "json bytes": f"""def handler(event, context):
    if not event.get("mode"):
        {inv("b" + TEXT)}
""",
    "set on payload": f"""def handler(event, context):
    if not event.get("mode"):
        payload = {{"id": event["id"]}}
        payload["mode"] = "worker"
        print(payload)
        {inv("json.dumps(payload)")}
""",
    "set on event": f"""def handler(event, context):
    if event.get("mode") != "worker":
        event["mode"] = "worker"
        {inv("json.dumps(event)")}
""",
    "copy": f"""def handler(event, context):
    if event.get("mode") != "worker":
        copied = dict(event)
        copied["mode"] = "worker"
        {inv("json.dumps(copied)")}
""",
    "dict kw": f"""def handler(event, context):
    if event.get("mode") != "worker":
        {inv("json.dumps(dict(event, mode='worker'))")}
""",
    "or": f"""def handler(event, context):
    if event.get("mode") == "worker" or event.get("x"):
        return work(event)
    {inv(WORK)}
""",
    "match": f"""def handler(event, context):
    match event.get("mode"):
        case "worker":
            work(event)
        case _:
            {inv(WORK)}
""",
    "nested": f"""def handler(event, context):
    if (event.get("job") or {{}}).get("mode") != "worker":
        {inv("json.dumps({'job': {'mode': 'worker'}})")}
""",
    "constants": f"""WORKER = "worker"
MODE = "mode"
def handler(event, context):
    if event.get(MODE) == WORKER:
        return work(event)
    {inv("json.dumps({MODE: WORKER})")}
""",
    "kwargs": """def handler(event, context):
    if not event.get("mode"):
        options = {"FunctionName": context.function_name, "InvocationType": "Event", "Payload": json.dumps({"mode": "worker"})}
        client.invoke(**options)
""",
    "class": """class Job:
    def __init__(self, event, context):
        self.mode = event.get("mode")
        self.context = context
    def run(self):
        if self.mode is None:
            client.invoke(FunctionName=self.context.function_name, InvocationType='Event', Payload=json.dumps({"mode": "worker"}))
def handler(event, context):
    Job(event, context).run()
""",
    "built": f"""def build(event):
    return {{"mode": "worker", "id": event["id"]}}
def handler(event, context):
    if not event.get("mode"):
        {inv("json.dumps(build(event))")}
""",
}
AGAIN = {
    "no list": ROUTED % (WORK, "if isinstance(event, list):"),
    "of a class": ROUTED % (WORK, "if isinstance(event, Work):"),
    "another field": ROUTED % (WORK, "if isinstance(event.get('mode'), dict):"),
    "another mode": ROUTED % ("json.dumps({'mode': 'other'})", "if isinstance(event, dict):"),
    "who knows what": ROUTED % ("open('payload.json').read()", "if isinstance(event, dict):"),
    "guard on items": f"""def handler(event, context):
    rest = event["items"][10:]
    if rest:
        {inv("json.dumps({'items': rest})")}
""",
    "same mode": f"""def handler(event, context):
    mode = event.get("mode")
    if mode == "worker":
        {inv(WORK)}
""",
    "payload is event": f"""def handler(event, context):
    mode = event.get("mode")
    if mode is None:
        {inv("json.dumps(event)")}
""",
    "not none": f"""def handler(event, context):
    mode = event.get("mode")
    if mode is not None:
        {inv(WORK)}
""",
    "mode from event": f"""def handler(event, context):
    mode = event.get("mode")
    if mode is None:
        {inv("json.dumps({'mode': event.get('next')})")}
""",
    "counter": f"""def handler(event, context):
    count = event.get("count", 0)
    if count < 5:
        {inv("json.dumps({'count': count + 1})")}
""",
    "conditional set": f"""def handler(event, context):
    if event.get("mode") != "worker":
        if event.get("big"):
            event["mode"] = "worker"
        {inv("json.dumps(event)")}
""",
    "set after": f"""def handler(event, context):
    if event.get("mode") != "worker":
        {inv("json.dumps(event)")}
        event["mode"] = "worker"
""",
    "or default": f"""def handler(event, context):
    mode = event.get("mode") or "start"
    if mode == "start":
        {inv("json.dumps({'id': 1})")}
""",
    "mode none default": f"""def handler(event, context):
    if event.get("kind", "start") == "start":
        {inv(WORK)}
""",
    "star later": f"""def handler(event, context):
    if event.get("mode") is None:
        {inv("json.dumps({'mode': 'worker', **event})")}
""",
    "another way to the call": f"""def handler(event, context):
    if event.get("mode") is None:
        hand_on(context)
    work(event, context)
def work(event, context):
    if not event.get("left"):
        hand_on(context)
def hand_on(context):
    {inv(WORK)}
""",
    "and": f"""def handler(event, context):
    if event.get("mode") == "worker" and event.get("done"):
        return work(event)
    {inv(WORK)}
""",
    "env": f"""import os
def handler(event, context):
    if os.environ.get("mode") is None:
        {inv(WORK)}
""",
    "context": f"""def handler(event, context):
    if context.client_context is None:
        {inv(WORK)}
""",
    "try get": f"""def handler(event, context):
    try:
        mode = event["kind"]
    except KeyError:
        mode = "start"
    if mode == "start":
        {inv(WORK)}
""",
    "try, and given otherwise": f"""def handler(event, context):
    try:
        mode = event["mode"]
    except KeyError:
        mode = None
    if context.retry:
        mode = None
    if mode is None:
        {inv(WORK)}
""",
    "try of more": f"""def handler(event, context):
    try:
        mode = event["mode"]
        look(event["kind"])
    except KeyError:
        mode = None
    if mode is None:
        {inv(WORK)}
""",
    "try of another error": f"""def handler(event, context):
    try:
        mode = event["mode"]
    except ValueError:
        mode = None
    if mode is None or mode == "worker":
        {inv(WORK)}
""",
    "try, and what is handed on passes": f"""def handler(event, context):
    try:
        mode = event["mode"]
    except KeyError:
        mode = None
    if mode is not None:
        {inv(WORK)}
""",
    "changed elsewhere": f"""def handler(event, context):
    payload = {{"mode": "worker"}}
    if event.get("mode") is None:
        change(payload)
        {inv("json.dumps(payload)")}
""",
    "loop over what is handed on": f"""def handler(event, context):
    for one in event["names"]:
        {inv("json.dumps({'names': [one]})")}
""",
    "reassigned": f"""def handler(event, context):
    mode = event.get("mode")
    if event.get("force"):
        mode = None
    if mode is None:
        {inv("json.dumps({**event, 'mode': 'worker'})")}
""",
    "global changed": f"""PAYLOAD = {{"mode": "worker"}}
def change():
    PAYLOAD["mode"] = None
def handler(event, context):
    change()
    if event.get("mode") is None:
        {inv("json.dumps(PAYLOAD)")}
""",
}


@pytest.mark.parametrize("code", ONCE.values(), ids=ONCE)
def test_a_run_that_goes_another_way_by_what_it_is_handed_is_no_chain(code: str) -> None:
    assert found(NAMED, HEAD + code) == ()


@pytest.mark.parametrize("code", AGAIN.values(), ids=AGAIN)
def test_a_test_that_what_is_handed_on_passes_again_ends_nothing(code: str) -> None:
    assert len(found(NAMED, HEAD + code)) == 1
