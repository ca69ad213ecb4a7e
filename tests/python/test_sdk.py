"""For which service a client or resource is, and which operation a call of it is."""

from __future__ import annotations

import pytest

from lamlint.python import Call, service
from tests.python.handlers import handler

CALLS = {
    "a client": ("boto3.client('s3').put_object()", "s3", "put_object"),
    "by keyword": ("boto3.client(service_name='sqs').send_message()", "sqs", "send_message"),
    "by a constant": ("boto3.client(NAME).get_item()", "dynamodb", "get_item"),
    "of a session": ("boto3.Session().client('sns').publish()", "sns", "publish"),
    "of a session's module": ("boto3.session.Session().client('sns').publish()", "sns", "publish"),
    "of the default session": ("boto3.DEFAULT_SESSION.client('sns').publish()", "sns", "publish"),
    "of botocore": (
        "botocore.session.get_session().create_client('sns').publish()", "sns", "publish",
    ),
    "made by a function": ("make('lambda').invoke()", "lambda", "invoke"),
    "kept by an object": ("Store().client.get_object()", "s3", "get_object"),
    "a method by another name": ("(put := boto3.client('s3').put_object)()", "s3", "put_object"),
    "a paginator": (
        "boto3.client('s3').get_paginator('list_objects_v2').paginate()", "s3", "list_objects_v2",
    ),
    "a transfer": ("boto3.client('s3').upload_file()", "s3", "put_object"),
    "a table": ("boto3.resource('dynamodb').Table('t').put_item()", "dynamodb", "put_item"),
    "an object": ("boto3.resource('s3').Object('b', 'k').get()", "s3", "get_object"),
    "an object of a bucket": (
        "boto3.resource('s3').Bucket('b').Object('k').put()", "s3", "put_object",
    ),
    "a bucket": ("boto3.resource('s3').Bucket('b').put_object()", "s3", "put_object"),
    "a transfer to a bucket": ("boto3.resource('s3').Bucket('b').upload_file()", "s3", "put_object"),
    "a collection": ("boto3.resource('s3').Bucket('b').objects.all()", "s3", "list_objects"),
    "a filtered collection": (
        "boto3.resource('s3').Bucket('b').objects.filter(Prefix='a').delete()", "s3",
        "delete_objects",
    ),
    "an item of a collection": (
        "for o in boto3.resource('s3').Bucket('b').objects.all(): o.delete()", "s3",
        "delete_object",
    ),
    "a queue by its name": (
        "boto3.resource('sqs').get_queue_by_name(QueueName='q').send_message()", "sqs",
        "send_message",
    ),
    "a batch writer": (
        "boto3.resource('dynamodb').Table('t').batch_writer().put_item()", "dynamodb",
        "batch_write_item",
    ),
    "the client of a resource": (
        "boto3.resource('s3').meta.client.copy_object()", "s3", "copy_object",
    ),
    "the client of a bucket": (
        "boto3.resource('s3').Bucket('b').meta.client.copy_object()", "s3", "copy_object",
    ),
    "a resource of a session": (
        "boto3.Session().resource('dynamodb').Table('t').query()", "dynamodb", "query",
    ),
    "a method that is no operation": (
        "boto3.client('s3').generate_presigned_url('get_object')", "s3", "",
    ),
    "an attribute's method": ("boto3.client('s3').exceptions.NoSuchKey()", "s3", ""),
    "a service that is not known": ("boto3.client(event['x']).put_object()", "", ""),
    "a resource that boto3 has not": ("boto3.resource('s3').Nothing('b').put()", "s3", ""),
    "no service at all": ("requests.Session().get('x')", "", ""),
}  # fmt: skip
BEFORE = """
import aioboto3, boto3, botocore.session, requests
NAME = "dynamodb"


def make(service):
    return boto3.client(service)


class Store:
    def __init__(self):
        self.client = boto3.client("s3")


"""


def last(line: str) -> Call:
    """The call that a line of a handler makes last."""
    found = handler(f"{BEFORE}def handler(event, context):\n    {line}\n")
    calls = [call for call in found.calls() if call.module.span(call.node).start > len(BEFORE)]
    return max(calls, key=lambda call: (call.span.end, -call.span.start))


@pytest.mark.parametrize(("line", "named", "operation"), CALLS.values(), ids=CALLS)
def test_a_call_knows_its_service_and_operation(line: str, named: str, operation: str) -> None:
    found = last(line)
    assert (found.service, found.operation) == (named, operation)


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("boto3.client('s3')", "s3"),
        ("boto3.client(region_name='eu-west-1', service_name='ce')", "ce"),
        ("boto3.Session().resource(NAME)", "dynamodb"),
        ("boto3.client(event)", ""),
        ("boto3.Session()", ""),
    ],
)
def test_what_makes_a_client_knows_its_service(line: str, named: str) -> None:
    found = last(line)
    assert (found.service, found.operation) == (named, "")


@pytest.mark.parametrize(
    ("lines", "operation"),
    [
        ("async with aioboto3.Session().client('s3') as s3:\n        await s3.put_object()",
         "put_object"),
        ("async with aioboto3.Session().resource('s3') as s3:\n"
         "        bucket = await s3.Bucket('b')\n        await bucket.upload_file('f')",
         "put_object"),
    ],
)  # fmt: skip
def test_asynchronous_clients_are_known_too(lines: str, operation: str) -> None:
    found = handler(f"{BEFORE}async def handler(event, context):\n    {lines}\n")
    assert operation in {call.operation for call in found.calls() if call.service == "s3"}


def test_what_is_called_on_something_comes_from_what_made_it() -> None:
    found = handler(
        f"{BEFORE}SESSION = boto3.Session()\nS3 = SESSION.client('s3')\n"
        "def handler(event, context):\n    S3.put_object()\n    boto3.client('sqs').purge_queue()\n"
    )
    calls = {call.name: call for call in found.calls(at_import=True)}
    session = calls["boto3.Session"]
    assert calls["boto3.Session.client"].comes_from(session)
    assert calls["boto3.client.put_object"].comes_from(session)
    assert not calls["boto3.client.purge_queue"].comes_from(session)
    assert not session.comes_from(session)


@pytest.mark.parametrize(
    ("line", "phrase"),
    [
        ("boto3.client('s3')", " for s3"),
        ("boto3.client(region_name='eu-west-1', service_name='s3')", " for s3"),
        ("make('s3')", ""),
        ("requests.Session()", ""),
    ],
)
def test_a_service_is_told_where_the_call_itself_names_it(line: str, phrase: str) -> None:
    found = handler(f"{BEFORE}def handler(event, context):\n    {line}\n")
    assert {service(call) for call in found.calls() if "ession" in call.name or call.service} == {
        phrase
    }
