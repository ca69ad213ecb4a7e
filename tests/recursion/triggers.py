"""Templates with one trigger each, for functions that may write to it."""

from __future__ import annotations

HEAD = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src/
"""

S3 = (
    HEAD
    + """\
      Environment:
        Variables:
          BUCKET: !Ref Files
          OTHER: !Ref Results
      Events:
        Uploaded:
          Type: S3
          Properties:
            Bucket: !Ref Files
            Events: {events}
{filters}  Files:
    Type: AWS::S3::Bucket
  Results:
    Type: AWS::S3::Bucket
"""
)
PREFIX = """\
            Filter:
              S3Key:
                Rules:
                  - Name: prefix
                    Value: incoming/
"""
SUFFIX = """\
            Filter:
              S3Key:
                Rules:
                  - Name: suffix
                    Value: .jpg
"""


def s3(events: str = "s3:ObjectCreated:*", filters: str = "") -> str:
    return S3.format(events=events, filters=filters)


NOTIFIED = """\
Resources:
  Files:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: acme-files
      NotificationConfiguration:
        LambdaConfigurations:
          - Event: s3:ObjectCreated:*
            Function: !GetAtt Work.Arn
  Work:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      Role: arn:aws:iam::123456789012:role/work
      Code: src/
"""

SQS = (
    HEAD
    + """\
      Environment:
        Variables:
          QUEUE_URL: !Ref Jobs
          QUEUE_NAME: !GetAtt Jobs.QueueName
          DEAD_URL: !Ref Dead
      Events:
        Job:
          Type: SQS
          Properties:
            Queue: !GetAtt Jobs.Arn
{filters}  Jobs:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: jobs
  Dead:
    Type: AWS::SQS::Queue
"""
)
CRITERIA = """\
            FilterCriteria:
              Filters:
                - Pattern: '{"body": {"kind": ["new"]}}'
"""


def sqs(filters: str = "") -> str:
    return SQS.replace("{filters}", filters)


SNS = (
    HEAD
    + """\
      Environment:
        Variables:
          TOPIC_ARN: !Ref News
      Events:
        News:
          Type: SNS
          Properties:
            Topic: !Ref News
  News:
    Type: AWS::SNS::Topic
"""
)

TABLE = (
    HEAD
    + """\
      Environment:
        Variables:
          TABLE_NAME: !Ref Orders
          AUDIT: !Ref Audit
      Events:
        Changed:
          Type: DynamoDB
          Properties:
            Stream: !GetAtt Orders.StreamArn
            StartingPosition: LATEST
{filters}  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      BillingMode: PAY_PER_REQUEST
      StreamSpecification: {StreamViewType: NEW_IMAGE}
  Audit:
    Type: AWS::DynamoDB::Table
    Properties:
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      BillingMode: PAY_PER_REQUEST
"""
)
INSERTED = """\
            FilterCriteria:
              Filters:
                - Pattern: '{"eventName": ["INSERT"]}'
"""


def table(filters: str = "") -> str:
    return TABLE.replace("{filters}", filters)


KINESIS = (
    HEAD
    + """\
      Environment:
        Variables:
          STREAM: !Ref Clicks
      Events:
        Clicked:
          Type: Kinesis
          Properties:
            Stream: !GetAtt Clicks.Arn
            StartingPosition: LATEST
  Clicks:
    Type: AWS::Kinesis::Stream
    Properties:
      ShardCount: 1
"""
)

RULE = (
    HEAD
    + """\
      Environment:
        Variables:
          BUS: !Ref Bus
      Events:
        Ordered:
          Type: EventBridgeRule
          Properties:
            EventBusName: !Ref Bus
            Pattern:
              source: [shop.orders]
              detail-type: [order-placed]
  Bus:
    Type: AWS::Events::EventBus
    Properties:
      Name: shop
"""
)
MAPPING = """\
Resources:
  Work:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      Role: arn:aws:iam::123456789012:role/work
      Code: src/
      Environment:
        Variables:
          QUEUE_URL: !Ref Jobs
  Jobs:
    Type: AWS::SQS::Queue
  Pulled:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: !GetAtt Jobs.Arn
      FunctionName: !Ref Work
"""
