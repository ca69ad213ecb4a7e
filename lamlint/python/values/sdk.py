"""Clients and resources of the AWS SDK: for which service they are, and what their calls do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamlint.python.values.arguments import argument
from lamlint.python.values.containers import constant
from lamlint.python.values.objects import Instance

if TYPE_CHECKING:
    from lamlint.python.module import cst
    from lamlint.python.values.analysis import Analysis
    from lamlint.python.values.objects import Frame, Library

_CONSTRUCTORS = frozenset({"client", "resource", "create_client"})
_NO_OPERATIONS = frozenset(
    {
        "can_paginate", "close", "generate_presigned_post", "generate_presigned_url",
        "get_paginator", "get_waiter",
    }
)  # fmt: skip
_TRANSFERS = {
    "upload_file": "put_object",
    "upload_fileobj": "put_object",
    "download_file": "get_object",
    "download_fileobj": "get_object",
    "copy": "copy_object",
}
"""What boto3 adds to the client of S3; large files are transferred in parts, by others."""

_TAKING = frozenset(
    {
        ("codepipeline", "poll_for_jobs"), ("dynamodbstreams", "get_records"),
        ("kinesis", "get_records"), ("sqs", "receive_message"),
        ("stepfunctions", "get_activity_task"), ("swf", "poll_for_activity_task"),
    }
)  # fmt: skip
"""What hands over the next thing to do: an event that the code fetches by itself."""


def is_constructor(name: str, receiver: Instance | None) -> bool:
    """Whether a call makes a client or a resource: of boto3, or of a session."""
    root, _, last = name.rpartition(".")
    by_session = receiver is not None and "ession" in receiver.constructor
    return last in _CONSTRUCTORS and (root in _ROOTS or by_session)


_ROOTS = ("boto3", "boto3.DEFAULT_SESSION")


def makes_client(analysis: Analysis, call: cst.Call, frame: Frame) -> bool:
    """Whether a call can only make clients and resources: they are true, whatever they do."""
    made = list(analysis.things(call, frame))
    return bool(made) and all(
        isinstance(one, Instance) and is_constructor(one.constructor, one.parent) for one in made
    )


def service(
    analysis: Analysis, name: str, receiver: Instance | None, node: cst.Call, frame: Frame
) -> str | None:
    """The service of what a call makes, or of what it is called on; None when not known."""
    if is_constructor(name, receiver):
        given = argument(node, 0, "service_name")
        return None if given is None else constant(analysis, given, frame)
    return receiver.service if receiver is not None else None


def operation(analysis: Analysis, name: str, receiver: Instance | None) -> str:
    """The operation of the service's API that a call of a method is; empty when it is none."""
    if receiver is None or receiver.service is None or is_constructor(name, receiver):
        return ""
    maker = _maker(receiver)
    steps = name.removeprefix(f"{maker.kind}.").split(".")
    if maker.constructor.endswith(".resource"):
        from lamlint.catalog.resources import operation as of_resource

        return of_resource(receiver.service, steps)
    return _of_client(analysis, receiver, steps)


def takes(analysis: Analysis, callee: Library) -> bool:
    """Whether a call takes from a queue or a stream, so that its answer is another each time."""
    made = callee.receiver
    asked = "" if made is None else operation(analysis, callee.name, made)
    return made is not None and (made.service, asked) in _TAKING


def _maker(receiver: Instance) -> Instance:
    """The client or resource itself that something was made from."""
    maker = receiver
    while maker.parent is not None and maker.parent.service is not None:
        if maker.constructor.endswith(".meta.client"):
            break
        maker = maker.parent
    return maker


def _of_client(analysis: Analysis, receiver: Instance, steps: list[str]) -> str:
    if steps == ["get_paginator", "paginate"]:
        given = argument(receiver.call, 0, "operation_name")
        named = None if given is None else constant(analysis, given, receiver.frame)
        return named or ""
    (only,) = steps if len(steps) == 1 else ("",)
    if receiver.service == "s3" and only in _TRANSFERS:
        return _TRANSFERS[only]
    return "" if only in _NO_OPERATIONS else only
