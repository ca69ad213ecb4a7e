"""Handlers that write to what triggers them."""

from __future__ import annotations

from tests.recursion.triggers import (
    KINESIS,
    MAPPING,
    NOTIFIED,
    PREFIX,
    RULE,
    SNS,
    SUFFIX,
    s3,
    sqs,
    table,
)

LOOPS: dict[str, tuple[str, str]] = {
    "s3 own bucket from the event": (
        s3(),
        """\
import boto3
s3 = boto3.client("s3")

def handler(event, context):
    for record in event["Records"]:
        bucket = record["s3"]["bucket"]["name"]
        key = record["s3"]["object"]["key"]
        body = s3.get_object(Bucket=bucket, Key=key)["Body"].read()
        s3.put_object(Bucket=bucket, Key=f"thumbs/{key}", Body=body)
""",
    ),
    "s3 first record, key changed": (
        s3(),
        """\
import json
import urllib.parse
import boto3

s3_client = boto3.client('s3')

def handler(event, context):
    bucket = event['Records'][0]['s3']['bucket']['name']
    key = urllib.parse.unquote_plus(event['Records'][0]['s3']['object']['key'], encoding='utf-8')
    response = s3_client.get_object(Bucket=bucket, Key=key)
    new_key = key.replace('.csv', '.json')
    s3_client.put_object(Bucket=bucket, Key=new_key, Body=json.dumps({}))
""",
    ),
    "s3 environment": (
        s3(),
        """\
import os
import boto3
s3 = boto3.client("s3")
BUCKET = os.environ["BUCKET"]

def handler(event, context):
    s3.put_object(Bucket=BUCKET, Key="index.json", Body=b"{}")
""",
    ),
    "s3 resource object": (
        s3(),
        """\
import boto3
s3 = boto3.resource("s3")

def handler(event, context):
    for record in event["Records"]:
        name = record["s3"]["bucket"]["name"]
        s3.Object(name, "latest.txt").put(Body=b"x")
""",
    ),
    "s3 resource bucket": (
        s3(),
        """\
import boto3
import os
bucket = boto3.resource("s3").Bucket(os.environ["BUCKET"])

def handler(event, context):
    bucket.put_object(Key="latest.txt", Body=b"x")
""",
    ),
    "s3 bucket upload file": (
        s3(),
        """\
import boto3
import os

def handler(event, context):
    s3 = boto3.resource("s3")
    for record in event["Records"]:
        bucket = s3.Bucket(record["s3"]["bucket"]["name"])
        bucket.download_file(record["s3"]["object"]["key"], "/tmp/in")
        bucket.upload_file("/tmp/in", "out.bin")
""",
    ),
    "s3 upload_file in a helper": (
        s3(),
        """\
import boto3
s3 = boto3.client("s3")

def save(bucket, key, path):
    s3.upload_file(path, bucket, key)

def handler(event, context):
    record = event["Records"][0]
    save(record["s3"]["bucket"]["name"], "result.csv", "/tmp/result.csv")
""",
    ),
    "s3 in a class": (
        s3(),
        """\
import os
import boto3

class Store:
    def __init__(self, bucket):
        self.bucket = bucket
        self.s3 = boto3.client("s3")

    def write(self, key, body):
        self.s3.put_object(Bucket=self.bucket, Key=key, Body=body)

store = Store(os.environ["BUCKET"])

def handler(event, context):
    store.write("report.txt", b"done")
""",
    ),
    "s3 suffix that fits": (
        s3(filters=SUFFIX),
        """\
import boto3
s3 = boto3.client("s3")

def handler(event, context):
    for record in event["Records"]:
        bucket = record["s3"]["bucket"]["name"]
        key = record["s3"]["object"]["key"]
        s3.put_object(Bucket=bucket, Key="resized/" + key, Body=b"")
""",
    ),
    "s3 prefix that fits": (
        s3(filters=PREFIX),
        """\
import boto3
s3 = boto3.client("s3")

def handler(event, context):
    for record in event["Records"]:
        bucket = record["s3"]["bucket"]["name"]
        key = record["s3"]["object"]["key"]
        s3.put_object(Bucket=bucket, Key=key + ".done", Body=b"")
""",
    ),
    "s3 copy": (
        s3("s3:ObjectCreated:Copy"),
        """\
import boto3
s3 = boto3.client("s3")

def handler(event, context):
    for record in event["Records"]:
        bucket = record["s3"]["bucket"]["name"]
        key = record["s3"]["object"]["key"]
        s3.copy_object(Bucket=bucket, Key="backup/" + key, CopySource={"Bucket": bucket, "Key": key})
""",
    ),
    "s3 put trigger, put object": (
        s3("s3:ObjectCreated:Put"),
        """\
import boto3
s3 = boto3.client("s3")

def handler(event, context):
    bucket = event["Records"][0]["s3"]["bucket"]["name"]
    s3.put_object(Bucket=bucket, Key="out.json", Body=b"{}")
""",
    ),
    "s3 cloudformation, literal name": (
        NOTIFIED,
        """\
import boto3

def handler(event, context):
    boto3.client("s3").put_object(Bucket="acme-files", Key="log.txt", Body=b"x")
""",
    ),
    "s3 powertools event class": (
        s3(),
        """\
import boto3
from aws_lambda_powertools.utilities.data_classes import S3Event, event_source

s3 = boto3.client("s3")

@event_source(data_class=S3Event)
def handler(event: S3Event, context):
    bucket = event.bucket_name
    for record in event.records:
        s3.put_object(Bucket=bucket, Key="out/" + record.s3.get_object.key, Body=b"")
""",
    ),
    "s3 multipart": (
        s3(),
        """\
import boto3
s3 = boto3.client("s3")

def handler(event, context):
    bucket = event["Records"][0]["s3"]["bucket"]["name"]
    upload = s3.create_multipart_upload(Bucket=bucket, Key="big.bin")
    s3.complete_multipart_upload(Bucket=bucket, Key="big.bin", UploadId=upload["UploadId"],
                                 MultipartUpload={"Parts": []})
""",
    ),
    "sqs environment": (
        sqs(),
        """\
import os
import boto3
sqs = boto3.client("sqs")

def handler(event, context):
    for record in event["Records"]:
        sqs.send_message(QueueUrl=os.environ["QUEUE_URL"], MessageBody=record["body"])
""",
    ),
    "sqs batch": (
        sqs(),
        """\
import os
import boto3
sqs = boto3.client("sqs")
QUEUE = os.getenv("QUEUE_URL")

def handler(event, context):
    entries = [{"Id": str(i), "MessageBody": r["body"]} for i, r in enumerate(event["Records"])]
    sqs.send_message_batch(QueueUrl=QUEUE, Entries=entries)
""",
    ),
    "sqs resource queue": (
        sqs(),
        """\
import os
import boto3
queue = boto3.resource("sqs").Queue(os.environ["QUEUE_URL"])

def handler(event, context):
    queue.send_message(MessageBody="again")
""",
    ),
    "sqs by name": (
        sqs(),
        """\
import os
import boto3
sqs = boto3.client("sqs")

def handler(event, context):
    url = sqs.get_queue_url(QueueName=os.environ["QUEUE_NAME"])["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody="again")
""",
    ),
    "sqs by literal name, resource": (
        sqs(),
        """\
import boto3
sqs = boto3.resource("sqs")

def handler(event, context):
    queue = sqs.get_queue_by_name(QueueName="jobs")
    queue.send_message(MessageBody="again")
""",
    ),
    "sqs event source mapping": (
        MAPPING,
        """\
import os
import boto3

def handler(event, context):
    client = boto3.client("sqs")
    client.send_message(QueueUrl=os.environ["QUEUE_URL"], MessageBody="x")
""",
    ),
    "sns environment": (
        SNS,
        """\
import os
import boto3
sns = boto3.client("sns")

def handler(event, context):
    sns.publish(TopicArn=os.environ["TOPIC_ARN"], Message="again")
""",
    ),
    "sns from the event": (
        SNS,
        """\
import boto3
sns = boto3.client("sns")

def handler(event, context):
    for record in event["Records"]:
        sns.publish(TopicArn=record["Sns"]["TopicArn"], Message="handled")
""",
    ),
    "sns resource": (
        SNS,
        """\
import os
import boto3
topic = boto3.resource("sns").Topic(os.environ["TOPIC_ARN"])

def handler(event, context):
    topic.publish(Message="again")
""",
    ),
    "dynamodb update": (
        table(),
        """\
import os
import boto3
table = boto3.resource("dynamodb").Table(os.environ["TABLE_NAME"])

def handler(event, context):
    for record in event["Records"]:
        table.update_item(
            Key={"id": record["dynamodb"]["Keys"]["id"]["S"]},
            UpdateExpression="SET seen = seen + :one",
            ExpressionAttributeValues={":one": 1},
        )
""",
    ),
    "dynamodb put": (
        table(),
        """\
import os
import time
import boto3
dynamodb = boto3.client("dynamodb")

def handler(event, context):
    for record in event["Records"]:
        item = record["dynamodb"]["NewImage"]
        item["updated"] = {"N": str(time.time())}
        dynamodb.put_item(TableName=os.environ["TABLE_NAME"], Item=item)
""",
    ),
    "dynamodb batch writer": (
        table(),
        """\
import os
import time
import boto3
table = boto3.resource("dynamodb").Table(os.environ["TABLE_NAME"])

def handler(event, context):
    with table.batch_writer() as batch:
        for record in event["Records"]:
            batch.put_item(Item={"id": str(time.time())})
""",
    ),
    "dynamodb batch write item": (
        table(),
        """\
import os
import boto3
dynamodb = boto3.client("dynamodb")
TABLE = os.environ["TABLE_NAME"]

def handler(event, context):
    requests = [{"PutRequest": {"Item": {"id": {"S": r["eventID"]}}}} for r in event["Records"]]
    dynamodb.batch_write_item(RequestItems={TABLE: requests})
""",
    ),
    "dynamodb transaction": (
        table(),
        """\
import os
import boto3
dynamodb = boto3.client("dynamodb")

def handler(event, context):
    dynamodb.transact_write_items(
        TransactItems=[
            {"Update": {"TableName": os.environ["TABLE_NAME"], "Key": {"id": {"S": "count"}},
                        "UpdateExpression": "ADD n :one",
                        "ExpressionAttributeValues": {":one": {"N": "1"}}}},
        ]
    )
""",
    ),
    "kinesis record": (
        KINESIS,
        """\
import os
import boto3
kinesis = boto3.client("kinesis")

def handler(event, context):
    for record in event["Records"]:
        kinesis.put_record(
            StreamName=os.environ["STREAM"], Data=record["kinesis"]["data"], PartitionKey="1"
        )
""",
    ),
    "kinesis records": (
        KINESIS,
        """\
import os
import boto3

def handler(event, context):
    client = boto3.client("kinesis")
    client.put_records(
        StreamName=os.environ["STREAM"],
        Records=[{"Data": r["kinesis"]["data"], "PartitionKey": "1"} for r in event["Records"]],
    )
""",
    ),
    "eventbridge same detail type": (
        RULE,
        """\
import json
import os
import boto3
events = boto3.client("events")

def handler(event, context):
    events.put_events(
        Entries=[
            {
                "Source": "shop.orders",
                "DetailType": "order-placed",
                "Detail": json.dumps(event["detail"]),
                "EventBusName": os.environ["BUS"],
            }
        ]
    )
""",
    ),
    "eventbridge entry made before": (
        RULE,
        """\
import json
import os
import boto3
events = boto3.client("events")

def publish(detail_type, detail):
    entry = {
        "Source": "shop.orders",
        "DetailType": detail_type,
        "Detail": json.dumps(detail),
        "EventBusName": os.environ["BUS"],
    }
    return events.put_events(Entries=[entry])

def handler(event, context):
    publish("order-placed", event["detail"])
""",
    ),
}
