"""A function that invokes itself is found however it is named, and no other is."""

from __future__ import annotations

import pytest

from lamlint.rule import ERROR, WARNING
from tests.recursion.invoking import NAMED, SAM, found

SUB = SAM % ('!Sub "${AWS::StackName}-work"', '!Sub "${AWS::StackName}-work"')
STAGED = SAM % ('!Sub "work-${Stage}"', '!Sub "work-${Stage}"')
INVOCATIONS: dict[str, tuple[str, str]] = {
    "context name": (
        NAMED,
        """\
import boto3, json
client = boto3.client("lambda")
def handler(event, context):
    client.invoke(FunctionName=context.function_name, InvocationType="Event", Payload=json.dumps(event))
""",
    ),
    "context arn": (
        NAMED,
        """\
import boto3, json
client = boto3.client("lambda")
def handler(event, context):
    client.invoke(FunctionName=context.invoked_function_arn, Payload=b"{}")
""",
    ),
    "name of the arn": (
        NAMED,
        """\
import boto3
client = boto3.client("lambda")
def handler(event, context):
    name = context.invoked_function_arn.split(":")[6]
    client.invoke(FunctionName=name, InvocationType="Event", Payload=b"{}")
""",
    ),
    "end of the arn": (
        NAMED,
        """\
import boto3
client = boto3.client("lambda")
def handler(event, context):
    name = context.invoked_function_arn.split(":")[-1]
    client.invoke(FunctionName=name, InvocationType="Event", Payload=b"{}")
""",
    ),
    "end of the arn from the right": (
        NAMED,
        """\
import boto3
client = boto3.client("lambda")
def handler(event, context):
    name = context.invoked_function_arn.rsplit(":", 1)[1]
    client.invoke(FunctionName=name, InvocationType="Event", Payload=b"{}")
""",
    ),
    "end of the arn by rpartition": (
        NAMED,
        """\
import boto3
client = boto3.client("lambda")
def handler(event, context):
    _, _, name = context.invoked_function_arn.rpartition(":")
    client.invoke(FunctionName=name, InvocationType="Event", Payload=b"{}")
""",
    ),
    "what follows the word function": (
        NAMED,
        """\
import boto3
client = boto3.client("lambda")
def handler(event, context):
    name = context.invoked_function_arn.split(":function:")[-1]
    client.invoke(FunctionName=name, InvocationType="Event", Payload=b"{}")
""",
    ),
    "name of the arn, kept by an object": (
        NAMED,
        """\
import boto3
client = boto3.client("lambda")
class Job:
    def __init__(self, arn):
        self._config = {"name": arn.split(":")[6]}
    def again(self):
        client.invoke(FunctionName=self._config["name"], Payload=b"{}")
def handler(event, context):
    Job(context.invoked_function_arn).again()
""",
    ),
    "arn that is put together again": (
        NAMED,
        """\
import boto3
client = boto3.client("lambda")
def handler(event, context):
    parts = context.invoked_function_arn.split(":")
    arn = f"arn:aws:lambda:{parts[3]}:{parts[4]}:function:{parts[6]}"
    client.invoke(FunctionName=arn, InvocationType="Event", Payload=b"{}")
""",
    ),
    "arn without its alias": (
        NAMED,
        """\
import boto3
client = boto3.client("lambda")
def handler(event, context):
    arn = ":".join(context.invoked_function_arn.split(":")[:7])
    client.invoke(FunctionName=arn, InvocationType="Event", Payload=b"{}")
""",
    ),
    "arn of variables": (
        NAMED,
        """\
import boto3, os
client = boto3.client("lambda")
def handler(event, context):
    account = context.invoked_function_arn.split(":")[4]
    region = os.environ["AWS_REGION"]
    arn = f"arn:aws:lambda:{region}:{account}:function:{context.function_name}:live"
    client.invoke(FunctionName=arn, InvocationType="Event", Payload=b"{}")
""",
    ),
    "reserved variable": (
        NAMED,
        """\
import boto3, os
def handler(event, context):
    boto3.client("lambda").invoke(FunctionName=os.environ["AWS_LAMBDA_FUNCTION_NAME"], InvocationType="Event")
""",
    ),
    "reserved variable getenv module": (
        NAMED,
        """\
import boto3
from os import getenv
ME = getenv("AWS_LAMBDA_FUNCTION_NAME")
lam = boto3.client("lambda")
def again(payload):
    return lam.invoke(FunctionName=ME, InvocationType="Event", Payload=payload)
def handler(event, context):
    again(b"{}")
""",
    ),
    "literal name": (
        NAMED,
        """\
import boto3
def handler(event, context):
    boto3.client("lambda").invoke(FunctionName="acme-work")
""",
    ),
    "literal arn": (
        NAMED,
        """\
import boto3
def handler(event, context):
    boto3.client("lambda").invoke(FunctionName="arn:aws:lambda:eu-west-1:123456789012:function:acme-work")
""",
    ),
    "env with sub name": (
        SUB,
        """\
import boto3, os
client = boto3.client("lambda")
def handler(event, context):
    client.invoke(FunctionName=os.environ["SELF"], InvocationType="Event")
""",
    ),
    "env staged": (
        STAGED,
        """\
import boto3, os
client = boto3.client("lambda")
def handler(event, context):
    client.invoke(FunctionName=os.environ["SELF"], InvocationType="Event")
""",
    ),
    "literal staged": (
        STAGED,
        """\
import boto3, os
client = boto3.client("lambda")
def handler(event, context):
    client.invoke(FunctionName="work-dev", InvocationType="Event")
""",
    ),
    "class": (
        NAMED,
        """\
import boto3
class Runner:
    def __init__(self, name):
        self.name = name
        self.client = boto3.client("lambda")
    def again(self):
        self.client.invoke(FunctionName=self.name, InvocationType="Event")
def handler(event, context):
    Runner(context.function_name).again()
""",
    ),
    "invoke_async": (
        NAMED,
        """\
import boto3
def handler(event, context):
    boto3.client("lambda").invoke_async(FunctionName=context.function_name, InvokeArgs=b"{}")
""",
    ),
    "conditional": (
        NAMED,
        """\
import boto3, json
client = boto3.client("lambda")
def handler(event, context):
    rest = event["items"][10:]
    if rest:
        client.invoke(FunctionName=context.function_name, InvocationType="Event", Payload=json.dumps({"items": rest}))
""",
    ),
    "remaining time": (
        NAMED,
        """\
import boto3, json
client = boto3.client("lambda")
def handler(event, context):
    for item in event["items"]:
        if context.get_remaining_time_in_millis() < 10000:
            client.invoke(FunctionName=context.function_name, InvocationType="Event", Payload=json.dumps(event))
            return
""",
    ),
}
OTHERS: dict[str, tuple[str, str]] = {
    "other function": (
        NAMED,
        """\
import boto3, os
def handler(event, context):
    boto3.client("lambda").invoke(FunctionName=os.environ["OTHER"])
""",
    ),
    "other literal": (
        NAMED,
        """\
import boto3
def handler(event, context):
    boto3.client("lambda").invoke(FunctionName="acme-work-two")
""",
    ),
    "from the event": (
        NAMED,
        """\
import boto3
def handler(event, context):
    boto3.client("lambda").invoke(FunctionName=event["target"])
""",
    ),
    "unknown env": (
        NAMED,
        """\
import boto3, os
def handler(event, context):
    boto3.client("lambda").invoke(FunctionName=os.environ.get("TARGET"))
""",
    ),
    "dry run": (
        NAMED,
        """\
import boto3
def handler(event, context):
    boto3.client("lambda").invoke(FunctionName=context.function_name, InvocationType="DryRun")
""",
    ),
    "get configuration": (
        NAMED,
        """\
import boto3
def handler(event, context):
    return boto3.client("lambda").get_function_configuration(FunctionName=context.function_name)
""",
    ),
    "arn in another region": (
        NAMED,
        """\
import boto3
def handler(event, context):
    parts = context.invoked_function_arn.split(":")
    arn = f"arn:aws:lambda:{event['region']}:{parts[4]}:function:{parts[6]}"
    boto3.client("lambda").invoke(FunctionName=arn)
""",
    ),
    "another name in the same account": (
        NAMED,
        """\
import boto3
def handler(event, context):
    parts = context.invoked_function_arn.split(":")
    arn = f"arn:aws:lambda:{parts[3]}:{parts[4]}:function:other"
    boto3.client("lambda").invoke(FunctionName=arn)
""",
    ),
    "named after the function": (
        NAMED,
        """\
import boto3
def handler(event, context):
    name = context.invoked_function_arn.split(":")[6]
    boto3.client("lambda").invoke(FunctionName=f"{name}-worker")
""",
    ),
    "another name behind the beginning of the arn": (
        NAMED,
        """\
import boto3
client = boto3.client("lambda")
def handler(event, context):
    start = context.invoked_function_arn.rsplit(":", 1)[0]
    client.invoke(FunctionName=f"{start}:other", InvocationType="Event", Payload=b"{}")
""",
    ),
    "another part of the arn": (
        NAMED,
        """\
import boto3
def handler(event, context):
    boto3.client("lambda").invoke(FunctionName=context.invoked_function_arn.split(":")[4])
""",
    ),
    "step functions": (
        NAMED,
        """\
import boto3
def handler(event, context):
    boto3.client("stepfunctions").start_execution(stateMachineArn=event["arn"])
""",
    ),
    "prefix of own name": (
        NAMED,
        """\
import boto3
def handler(event, context):
    boto3.client("lambda").invoke(FunctionName=context.function_name + "-worker")
""",
    ),
    "replaced": (
        NAMED,
        """\
import boto3
def handler(event, context):
    boto3.client("lambda").invoke(FunctionName=context.function_name.replace("work", "other"))
""",
    ),
    "own invoke method": (
        NAMED,
        """\
class Chain:
    def invoke(self, FunctionName):
        return FunctionName
def handler(event, context):
    return Chain().invoke(FunctionName=context.function_name)
""",
    ),
    "script": (
        NAMED,
        """\
import boto3
def handler(event, context):
    return 1
if __name__ == "__main__":
    boto3.client("lambda").invoke(FunctionName="acme-work")
""",
    ),
}


@pytest.mark.parametrize("name", INVOCATIONS)
def test_a_function_that_invokes_itself_is_found(name: str) -> None:
    assert len(found(*INVOCATIONS[name])) == 1


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_another_or_unknown_is_left_alone(name: str) -> None:
    assert found(*OTHERS[name]) == ()


HANDING_OVER = """\
import json
import boto3
client = boto3.client("lambda")
def handler(event, context):
    TEST
        return work(event)
    return answer(event, context)
def answer(event, context):
    payload = PAYLOAD
    client.invoke(FunctionName=context.function_name, InvocationType="Event", Payload=payload)
    return {"statusCode": 202}
def work(event):
    return event
"""


@pytest.mark.parametrize(
    ("test", "payload"),
    [
        ("if event.get('action') == 'work':", "json.dumps({'action': 'work', 'id': event['id']})"),
        ("if event['action'] == 'work':", "json.dumps({**event, 'action': 'work'}).encode()"),
        ("if event.get('action', '').startswith('wo'):", "json.dumps({'action': 'work'})"),
        ("if event.get('action') != 'answer':", "json.dumps({'action': 'work'})"),
        ("if event.get('work'):", "json.dumps({'work': True})"),
        ("if event.get('work'):", "json.dumps({'work': 1}, default=str)"),
        ("if event.get('job'):", "json.dumps({'job': f'job-{event}'}).encode('utf-8')"),
        ("if 'work' in event:", "json.dumps({'work': event['body']})"),
        (
            "action = event.get('action')\n    if action == 'work':",
            "json.dumps({'action': 'work'})",
        ),
    ],
)
def test_a_run_that_only_works_does_not_invoke_again(test: str, payload: str) -> None:
    code = HANDING_OVER.replace("TEST", test).replace("PAYLOAD", payload)
    assert found(NAMED, code) == ()


@pytest.mark.parametrize(
    ("test", "payload"),
    [
        ("if event.get('action') == 'stop':", "json.dumps({'action': 'work'})"),
        ("if event.get('action') == 'work':", "json.dumps({'action': event['action']})"),
        ("if event.get('action') == 'work':", "json.dumps({'action': 'work', **event})"),
        ("if event.get('action') == 'work':", "json.dumps(event)"),
        ("if event.get('action') == 'work':", "event['body']"),
        ("if not event.get('work'):", "json.dumps({'work': True})"),
        ("if event.get('work'):", "json.dumps({'work': False})"),
        ("if event.get('work'):", "json.dumps({'work': event['left']})"),
        ("if event.get('work') and event.get('done'):", "json.dumps({'work': True})"),
        ("if 'work' in event:", "json.dumps({'job': 1})"),
        ("if context.client_context == 'work':", "json.dumps({'work': 1})"),
    ],
)
def test_a_run_that_may_come_to_the_call_again_is_told(test: str, payload: str) -> None:
    code = HANDING_OVER.replace("TEST", test).replace("PAYLOAD", payload)
    assert len(found(NAMED, code)) == 1


def test_every_way_to_the_call_has_to_be_closed() -> None:
    code = HANDING_OVER.replace("TEST", "if event.get('work'):")
    code = code.replace("PAYLOAD", "json.dumps({'work': True})")
    again = code.replace("return work(event)", "return answer(event, context)")
    assert (len(found(NAMED, code)), len(found(NAMED, again))) == (0, 1)


def test_a_payload_that_is_changed_is_not_known() -> None:
    code = HANDING_OVER.replace("TEST", "if event.get('work'):")
    code = code.replace("PAYLOAD", "{'work': True}").replace(
        "Payload=payload", "Payload=json.dumps(payload)"
    )
    changed = code.replace("    client.", "    payload['work'] = event['left']\n    client.")
    assert (len(found(NAMED, code)), len(found(NAMED, changed))) == (0, 1)


POOL = """import asyncio, boto3, functools, json
from concurrent.futures import ThreadPoolExecutor
from functools import partial
client = boto3.client("lambda")
pool = ThreadPoolExecutor()
def handler(event, context):
"""
OWN = "FunctionName=context.function_name"
HANDED = {
    "submitted": f"    pool.submit(client.invoke, {OWN}, Payload=b'')\n",
    "under a name": f"    invoke = client.invoke\n    pool.submit(invoke, {OWN})\n",
    "a partial, submitted": f"    pool.submit(partial(client.invoke, {OWN}))\n",
    "in an executor": f"    loop.run_in_executor(None, functools.partial(client.invoke, {OWN}))\n",
    "in a thread": "    asyncio.run(work(context))\n\nasync def work(context):\n"
    f"    await asyncio.to_thread(client.invoke, {OWN})\n",
    "a partial, called": f"    run = partial(client.invoke, {OWN})\n    run(Payload=b'')\n",
}
NOT_HANDED = {
    "another function": "    pool.submit(client.invoke, FunctionName='acme-work-two')\n",
    "one that is not known": "    pool.submit(client.invoke, FunctionName=event['name'])\n",
    "what is not known": "    pool.submit(client.invoke, **event)\n",
    "another method": f"    pool.submit(client.get_function, {OWN})\n",
    "for a trial": f"    pool.submit(client.invoke, {OWN}, InvocationType='DryRun')\n",
    "a partial that nobody calls": f"    run = partial(client.invoke, {OWN})\n",
    "a partial of another function": "    run = partial(client.invoke, FunctionName='acme-two')\n"
    "    run(Payload=b'')\n",
    "a partial whose name is given later": f"    run = partial(client.invoke, {OWN})\n"
    "    run(FunctionName='acme-work-two')\n",
    "a run that goes another way": "    if event.get('mode') is None:\n"
    f"        pool.submit(client.invoke, {OWN}, Payload=json.dumps({{'mode': 'work'}}))\n",
    "a partial that is called by runs of one kind": f"    run = partial(client.invoke, {OWN})\n"
    "    if event.get('mode') is None:\n        run(Payload=json.dumps({'mode': 'work'}))\n",
}


@pytest.mark.parametrize("body", HANDED.values(), ids=HANDED)
def test_what_is_handed_on_to_be_called_is_called(body: str) -> None:
    (one,) = found(NAMED, POOL + body)
    assert one.severity is ERROR


@pytest.mark.parametrize("body", NOT_HANDED.values(), ids=NOT_HANDED)
def test_what_is_handed_on_of_another_is_left_alone(body: str) -> None:
    assert found(NAMED, POOL + body) == ()


def test_what_is_handed_to_a_pool_that_is_not_known_may_be_called() -> None:
    body = f"    work(event['pool'], context)\n\ndef work(pool, context):\n    pool.submit(client.invoke, {OWN})\n"
    (one,) = found(NAMED, POOL + body)
    assert one.severity is WARNING
