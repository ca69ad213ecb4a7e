"""Statements on the code: how it is written, packed and deployed."""

from __future__ import annotations

from tests.statements.statement import (
    DOCS,
    GUIDE,
    Files,
    Statement,
    cloudformation,
    code,
    enforced,
    later,
    no_matter,
    obsolete,
    sam,
)

PACKAGE = f"{GUIDE}python-package.html"
HANDLER = f"{GUIDE}python-handler.html"
ENVIRONMENT = f"{GUIDE}lambda-runtime-environment.html"
LIMITS = f"{GUIDE}gettingstarted-limits.html"
TEMPLATES = f"{DOCS}AWSCloudFormation/latest/TemplateReference/"
CODE = f"{TEMPLATES}aws-properties-lambda-function-code.html"


def packed(size: int, marked: str = "") -> Files:
    """A project whose only requirement is a wheel of that many bytes, as its lock says."""
    wheel = "model-1.0-py3-none-any.whl"
    lock = (
        'lock-version = "1.0"\ncreated-by = "an example"\n\n'
        '[[packages]]\nname = "model"\nversion = "1.0"\n\n'
        f'[[packages.wheels]]\nurl = "https://example.org/{wheel}"\nsize = {size}\n'
    )
    return {
        **code("def handler(event, context):\n    return None\n", f"CodeUri: src/{marked}"),
        "src/requirements.txt": "model\n",
        "src/pylock.toml": lock,
    }


_KEPT = """\
import boto3

s3 = boto3.client("s3")


def handler(event, context):
    return s3.list_objects_v2(Bucket=event["bucket"])
"""
_BUILT_EACH_TIME = """\
import boto3


def handler(event, context):
    s3 = boto3.client("s3")  # expect: connection-in-handler
    return s3.list_objects_v2(Bucket=event["bucket"])
"""
_IN_A_HELPER = """\
import pymysql


def connect():
    return pymysql.connect(host="db.example.org", autocommit=True)  # expect: connection-in-handler


def handler(event, context):
    with connect().cursor() as cursor:
        cursor.execute("select 1")
"""
_READS = """\
import os


def handler(event, context):
    return os.environ["TABLE"]
"""
_INLINE = """\
Orders:
  Type: AWS::Lambda::Function
  Properties:
    Role: arn:aws:iam::123456789012:role/orders
    Runtime: python3.13
    Handler: index.handler
    Timeout: 30
    Code:
      ZipFile: |
        def handler(event, context):
            return event
"""
_IMAGE = """\
Orders:
  Type: AWS::Lambda::Function
  Properties:
    Role: arn:aws:iam::123456789012:role/orders
    PackageType: Image
    Timeout: 30
    Code: {ImageUri: 123456789012.dkr.ecr.eu-west-1.amazonaws.com/orders:1}
"""
_WITHOUT_RUNTIME = """\
Orders:  # expect: missing-handler-or-runtime
  Type: AWS::Lambda::Function
  Properties:
    Role: arn:aws:iam::123456789012:role/orders
    Handler: app.handler
    Timeout: 30
    Code: {S3Bucket: example-bucket, S3Key: orders.zip}
"""
_BROKEN = """\
Orders:
  Type: AWS::Lambda::Function
  Properties:
    Handler: lambda_function.lambda_handler
    Role: :  # expect: unreadable-template
    Code:
      S3Bucket: "example-bucket
      S3Key: orders.zip
"""

STATEMENTS: list[Statement] = [
    enforced(
        12,
        "A function and its layers unpack to at most 262,144,000 bytes.",
        LIMITS,
        packed(300_000_000, "  # expect: package-too-large"),
        silent=packed(20_000_000),
    ),
    enforced(
        15,
        "Connections are made outside of the handler, where they can be kept.",
        f"{GUIDE}best-practices.html",
        code(_BUILT_EACH_TIME),
        code(_IN_A_HELPER),
        silent=code(_KEPT),
    ),
    enforced(
        16,
        "The code and what it needs lie in one folder, which is packed.",
        PACKAGE,
        sam("CodeUri: source/  # expect: code-uri-missing"),
        silent=code(_KEPT),
    ),
    later(
        17,
        "/tmp outlives an invocation, and is gone with the environment.",
        ENVIRONMENT,
        "tmp-file-left-behind",
    ),
    enforced(
        25,
        "The handler is a module and a function in it, such as lambda_function.lambda_handler.",
        HANDLER,
        {
            **sam("CodeUri: src/\nHandler: lambda_function.handler  # expect: handler-not-found"),
            "src/lambda_function.py": "def lambda_handler(event, context):\n    return event\n",
        },
        sam("Handler: lambda_handler  # expect: invalid-handler-string"),
        silent={
            **sam("CodeUri: src/\nHandler: lambda_function.lambda_handler"),
            "src/lambda_function.py": "def lambda_handler(event, context):\n    return event\n",
        },
    ),
    enforced(
        26,
        "A handler is a function of Python, so that a colon stands behind its parameters.",
        HANDLER,
        {
            **sam("CodeUri: src/\nHandler: lambda_function.lambda_handler"),
            "src/lambda_function.py": (
                "def lambda_handler(event, context)  # expect: syntax-error\n"
                "    return 'Hello from Lambda'\n"
            ),
        },
    ),
    enforced(
        27,
        "Variables that the code reads are defined with the function.",
        f"{GUIDE}configuration-envvars.html",
        code(_READS.replace('["TABLE"]', '["TABLE"]  # expect: undefined-environment-variable')),
        silent=code(_READS, "CodeUri: src/\nEnvironment: {Variables: {TABLE: orders}}"),
    ),
    later(
        28,
        "Variables are read by os.environ or os.getenv; there is no os.gotenv.",
        "https://docs.python.org/3/library/os.html#os.getenv",
        "undefined-os-attribute",
    ),
    obsolete(
        45,
        "A zip over 50 MB cannot be uploaded directly; by way of S3 it can.",
        LIMITS,
        packed(60_000_000),
    ),
    enforced(
        46,
        "What is unpacked, layers among it, is at most 250 MB.",
        LIMITS,
        packed(262_144_001, "  # expect: package-too-large"),
        silent=packed(30_000_000),
    ),
    later(
        47,
        "What is larger is loaded into /tmp when the environment starts, which has ten seconds.",
        ENVIRONMENT,
        "init-network-call",
    ),
    later(
        61,
        "Libraries are packed with the code; boto3 is there, and AWS asks to pack it all the same.",
        PACKAGE,
        "missing-dependency",
    ),
    later(62, "What is imported lies beside the code.", PACKAGE, "import-outside-package"),
    no_matter(
        63,
        "Libraries of Node.js are installed by npm.",
        f"{GUIDE}lambda-nodejs.html",
        "the code of functions in other languages than Python is not read",
    ),
    obsolete(
        64,
        "Code stands in S3, in an image, or in the template itself, where its module is index.",
        CODE,
        cloudformation(_INLINE),
        found=cloudformation(
            _INLINE.replace("index.handler", "app.handler  # expect: handler-not-found")
        ),
    ),
    obsolete(65, "A template need not refer to an archive in S3.", CODE, cloudformation(_IMAGE)),
    enforced(
        66,
        "A function in a template has a role, code, a handler and a runtime, and is valid YAML.",
        f"{TEMPLATES}aws-resource-lambda-function.html",
        cloudformation(_BROKEN),
        cloudformation(_WITHOUT_RUNTIME),
        silent=cloudformation(_INLINE),
    ),
    no_matter(
        67,
        "The template is uploaded to CloudFormation, or SAM and the CDK do it.",
        f"{DOCS}AWSCloudFormation/latest/UserGuide/stacks.html",
        "how a template is deployed stands in none",
    ),
    later(
        69,
        "What is in /tmp is there again in the next invocation of the environment.",
        ENVIRONMENT,
        "write-outside-tmp",
    ),
    enforced(
        71,
        "What takes long is done outside of the handler, once.",
        ENVIRONMENT,
        code(_BUILT_EACH_TIME.replace('boto3.client("s3")', 'boto3.Session().client("s3")')),
        silent=code(_KEPT),
    ),
    enforced(
        73,
        "A package is no larger than it has to be: near the limit, the next release fails.",
        f"{GUIDE}best-practices.html",
        packed(240_000_000, "  # expect: package-too-large"),
        silent=packed(1_000_000),
    ),
]
