"""Bodies of handlers: what lets no error of a record out, and what lets some out."""

HEAD = """\
import boto3
table = boto3.resource("dynamodb").Table("t")
def work(record):
    table.put_item(Item=record)
def handler(event, context):
"""
CAUGHT = {
    "all of it": """\
    try:
        for record in event["Records"]:
            work(record)
    except Exception as error:
        print(error)
""",
    "a record at a time": """\
    done = 0
    for record in event["Records"]:
        try:
            work(record)
            done += 1
        except Exception:
            continue
    return {"done": done}
""",
    "by suppress": """\
    import contextlib
    with contextlib.suppress(Exception):
        work(event["Records"][0])
""",
}
LET_OUT = {
    "all": """\
    for record in event["Records"]:
        work(record)
""",
    "raised again": """\
    try:
        work(event["Records"][0])
    except Exception as error:
        print(error)
        raise
""",
    "only some are caught": """\
    for record in event["Records"]:
        try:
            work(record)
        except KeyError:
            continue
""",
    "behind what is caught": """\
    for record in event["Records"]:
        try:
            work(record)
        except Exception:
            continue
    table.put_item(Item={"done": "1"})
""",
}
