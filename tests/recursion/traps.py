"""Handlers that write near what triggers them, and do not loop."""

from __future__ import annotations

from tests.recursion.triggers import (
    CRITERIA,
    INSERTED,
    KINESIS,
    PREFIX,
    RULE,
    SNS,
    SUFFIX,
    s3,
    sqs,
    table,
)

TRAPS: dict[str, tuple[str, str]] = {
    "s3 other bucket": (
        s3(),
        """\
import os
import boto3
s3 = boto3.client("s3")

def handler(event, context):
    s3.put_object(Bucket=os.environ["OTHER"], Key="x", Body=b"")
""",
    ),
    "s3 unknown bucket": (
        s3(),
        """\
import os
import boto3
s3 = boto3.client("s3")

def handler(event, context):
    s3.put_object(Bucket=os.environ["DESTINATION"], Key="x", Body=b"")
""",
    ),
    "s3 bucket with a suffix": (
        s3(),
        """\
import boto3
s3 = boto3.client("s3")

def handler(event, context):
    bucket = event["Records"][0]["s3"]["bucket"]["name"]
    s3.put_object(Bucket=f"{bucket}-resized", Key="x", Body=b"")
""",
    ),
    "s3 prefix left": (
        s3(filters=PREFIX),
        """\
import boto3
s3 = boto3.client("s3")

def handler(event, context):
    bucket = event["Records"][0]["s3"]["bucket"]["name"]
    s3.put_object(Bucket=bucket, Key="done/x", Body=b"")
""",
    ),
    "s3 prefix replaced": (
        s3(filters=PREFIX),
        """\
import boto3
s3 = boto3.client("s3")

def handler(event, context):
    record = event["Records"][0]
    bucket = record["s3"]["bucket"]["name"]
    key = record["s3"]["object"]["key"].replace("incoming/", "done/")
    s3.put_object(Bucket=bucket, Key=key, Body=b"")
""",
    ),
    "s3 suffix changed": (
        s3(filters=SUFFIX),
        """\
import boto3
s3 = boto3.client("s3")

def handler(event, context):
    record = event["Records"][0]
    bucket = record["s3"]["bucket"]["name"]
    s3.put_object(Bucket=bucket, Key=record["s3"]["object"]["key"] + ".json", Body=b"")
""",
    ),
    "s3 key guarded": (
        s3(),
        """\
import boto3
s3 = boto3.client("s3")

def handler(event, context):
    for record in event["Records"]:
        bucket = record["s3"]["bucket"]["name"]
        key = record["s3"]["object"]["key"]
        if key.startswith("thumbs/"):
            continue
        s3.put_object(Bucket=bucket, Key="thumbs/" + key, Body=b"")
""",
    ),
    "s3 only removed": (
        s3("s3:ObjectRemoved:*"),
        """\
import boto3
s3 = boto3.client("s3")

def handler(event, context):
    bucket = event["Records"][0]["s3"]["bucket"]["name"]
    s3.put_object(Bucket=bucket, Key="tombstone", Body=b"")
""",
    ),
    "s3 put trigger, copy": (
        s3("s3:ObjectCreated:Put"),
        """\
import boto3
s3 = boto3.client("s3")

def handler(event, context):
    bucket = event["Records"][0]["s3"]["bucket"]["name"]
    key = event["Records"][0]["s3"]["object"]["key"]
    s3.copy_object(Bucket=bucket, Key="copy", CopySource=f"{bucket}/{key}")
""",
    ),
    "s3 put trigger, upload_file": (
        s3("s3:ObjectCreated:CompleteMultipartUpload"),
        """\
import boto3
s3 = boto3.client("s3")

def handler(event, context):
    bucket = event["Records"][0]["s3"]["bucket"]["name"]
    s3.put_object(Bucket=bucket, Key="copy", Body=b"small")
""",
    ),
    "s3 deletes": (
        s3(),
        """\
import boto3
s3 = boto3.client("s3")

def handler(event, context):
    bucket = event["Records"][0]["s3"]["bucket"]["name"]
    s3.delete_object(Bucket=bucket, Key=event["Records"][0]["s3"]["object"]["key"])
""",
    ),
    "s3 tags": (
        s3(),
        """\
import boto3
s3 = boto3.client("s3")

def handler(event, context):
    record = event["Records"][0]["s3"]
    s3.put_object_tagging(Bucket=record["bucket"]["name"], Key=record["object"]["key"],
                          Tagging={"TagSet": []})
""",
    ),
    "s3 other function's code": (
        s3(),
        """\
import boto3
s3 = boto3.client("s3")

def never(bucket):
    s3.put_object(Bucket=bucket, Key="x", Body=b"")

def handler(event, context):
    return len(event["Records"])
""",
    ),
    "sqs dead letter": (
        sqs(),
        """\
import os
import boto3
sqs = boto3.client("sqs")

def handler(event, context):
    for record in event["Records"]:
        sqs.send_message(QueueUrl=os.environ["DEAD_URL"], MessageBody=record["body"])
""",
    ),
    "sqs delete": (
        sqs(),
        """\
import os
import boto3
sqs = boto3.client("sqs")

def handler(event, context):
    for record in event["Records"]:
        sqs.delete_message(QueueUrl=os.environ["QUEUE_URL"], ReceiptHandle=record["receiptHandle"])
""",
    ),
    "sqs filtered": (
        sqs(CRITERIA),
        """\
import os
import boto3
sqs = boto3.client("sqs")

def handler(event, context):
    sqs.send_message(QueueUrl=os.environ["QUEUE_URL"], MessageBody='{"kind": "done"}')
""",
    ),
    "sqs delayed retry": (
        sqs(),
        """\
import json
import os
import boto3
sqs = boto3.client("sqs")

def requeue(message):
    sqs.send_message(
        QueueUrl=os.environ["QUEUE_URL"], DelaySeconds=60, MessageBody=json.dumps(message)
    )

def handler(event, context):
    for record in event["Records"]:
        message = json.loads(record["body"])
        if not work(message):
            requeue(message)

def work(message):
    return message
""",
    ),
    "sqs counted attempts": (
        sqs(),
        """\
import json
import os
import boto3
sqs = boto3.client("sqs")

def handler(event, context):
    for record in event["Records"]:
        message = json.loads(record["body"])
        if message["attempt"] < 3:
            message["attempt"] += 1
            sqs.send_message(QueueUrl=os.environ["QUEUE_URL"], MessageBody=json.dumps(message))
""",
    ),
    "sqs next page": (
        sqs(),
        """\
import json
import os
import boto3
sqs = boto3.client("sqs")

def handler(event, context):
    body = json.loads(event["Records"][0]["body"])
    page = body.get("page", 0)
    rows = list(range(page, page + 10))
    next_token = body.get("token")
    if next_token:
        sqs.send_message(QueueUrl=os.environ["QUEUE_URL"], MessageBody=json.dumps({"page": page + 1}))
    return rows
""",
    ),
    "sns other topic": (
        SNS,
        """\
import boto3
sns = boto3.client("sns")

def handler(event, context):
    sns.publish(TopicArn="arn:aws:sns:eu-west-1:123456789012:alarms", Message="x")
""",
    ),
    "sns text message": (
        SNS,
        """\
import boto3
sns = boto3.client("sns")

def handler(event, context):
    sns.publish(PhoneNumber="+4912345", Message="x")
""",
    ),
    "sns on error": (
        SNS,
        """\
import os
import boto3
sns = boto3.client("sns")

def handler(event, context):
    try:
        return event["Records"][0]
    except KeyError:
        sns.publish(TopicArn=os.environ["TOPIC_ARN"], Message="failed")
        raise
""",
    ),
    "dynamodb other table": (
        table(),
        """\
import os
import boto3
table = boto3.resource("dynamodb").Table(os.environ["AUDIT"])

def handler(event, context):
    for record in event["Records"]:
        table.put_item(Item={"id": record["eventID"]})
""",
    ),
    "dynamodb reads": (
        table(),
        """\
import os
import boto3
table = boto3.resource("dynamodb").Table(os.environ["TABLE_NAME"])

def handler(event, context):
    return table.get_item(Key={"id": "1"})
""",
    ),
    "dynamodb only inserts": (
        table(INSERTED),
        """\
import os
import boto3
table = boto3.resource("dynamodb").Table(os.environ["TABLE_NAME"])

def handler(event, context):
    for record in event["Records"]:
        table.update_item(Key={"id": "1"}, UpdateExpression="SET seen = :t",
                          ExpressionAttributeValues={":t": True})
""",
    ),
    "dynamodb guarded by name": (
        table(),
        """\
import os
import boto3
table = boto3.resource("dynamodb").Table(os.environ["TABLE_NAME"])

def handler(event, context):
    for record in event["Records"]:
        if record["eventName"] == "INSERT":
            table.update_item(Key={"id": "1"}, UpdateExpression="SET seen = :t",
                              ExpressionAttributeValues={":t": True})
""",
    ),
    "dynamodb condition": (
        table(),
        """\
import os
import boto3
table = boto3.resource("dynamodb").Table(os.environ["TABLE_NAME"])

def handler(event, context):
    for record in event["Records"]:
        table.put_item(Item={"id": record["eventID"]}, ConditionExpression="attribute_not_exists(id)")
""",
    ),
    "kinesis to firehose": (
        KINESIS,
        """\
import os
import boto3
firehose = boto3.client("firehose")

def handler(event, context):
    firehose.put_record(DeliveryStreamName=os.environ["STREAM"], Record={"Data": b"x"})
""",
    ),
    "eventbridge other detail type": (
        RULE,
        """\
import os
import boto3
events = boto3.client("events")

def handler(event, context):
    events.put_events(Entries=[{"Source": "shop.orders", "DetailType": "order-paid",
                                "Detail": "{}", "EventBusName": os.environ["BUS"]}])
""",
    ),
    "eventbridge other bus": (
        RULE,
        """\
import boto3
events = boto3.client("events")

def handler(event, context):
    events.put_events(Entries=[{"Source": "shop.orders", "DetailType": "order-placed",
                                "Detail": "{}"}])
""",
    ),
    "eventbridge type from the event": (
        RULE,
        """\
import os
import boto3
events = boto3.client("events")

def handler(event, context):
    events.put_events(Entries=[{"Source": "shop.orders", "DetailType": event["detail"]["next"],
                                "Detail": "{}", "EventBusName": os.environ["BUS"]}])
""",
    ),
}
