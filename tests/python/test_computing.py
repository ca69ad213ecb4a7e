"""Which handlers surely only compute: the default timeout is long enough for these, and no others.

Each line of a table is the body of a module; its handler is called `handler`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from lamlint.catalog import Catalog
from tests.checking import reader

TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Report:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Handler: app.handler
      Runtime: python3.13
"""
COMPUTES = {
    "nothing": "def handler(event, context): ...",
    "an answer": "import json\ndef handler(e, c): return {'body': json.dumps(e)}",
    "an unused client library": "import boto3\ndef handler(event, context): return event",
    "a script beside it": (
        "import boto3\ndef handler(event, context): return event\n"
        "if __name__ == '__main__':\n"
        "    client = boto3.Session().client('ecs')\n"
        "    for number in range(100000):\n        print(client.run_task(taskDefinition='t'))"
    ),
    "an authorizer": (
        "import hmac, os\nKEY = os.environ['KEY']\n"
        "def handler(event, context):\n"
        "    given = event.get('headers', {}).get('authorization', '')\n"
        "    return {'isAuthorized': hmac.compare_digest(given, KEY)}"
    ),
    "a transformer": (
        "import base64\nfrom datetime import datetime, timezone\n"
        "def handler(event, context):\n"
        "    now = datetime.now(timezone.utc)\n"
        "    return [{'data': base64.b64decode(r['data']).decode().upper(), 'at': str(now)}\n"
        "            for r in event['records']]"
    ),
    "logs that are unpacked": (
        "import base64, gzip, json\ndef handler(event, context):\n"
        "    data = base64.b64decode(event['awslogs']['data'])\n"
        "    return json.loads(gzip.decompress(data))"
    ),
    "a path of nothing": (
        "from pathlib import PurePosixPath\n"
        "def handler(event, context): return PurePosixPath(event['key']).name"
    ),
    "a log": (
        "import logging\nlog = logging.getLogger()\nlog.setLevel(logging.INFO)\n"
        "def handler(event, context):\n    log.info('%s', event)\n    print(event)"
    ),
    "a signature": "from urllib.parse import parse_qs\ndef handler(e, c): return parse_qs(e['body'])",
    "the time": "import time\ndef handler(event, context): return time.time()",
    "a few turns": "def handler(e, c): return [e[i + 1] for i in range(len(e) - 1)] * len(range(9))",
    "a class of its own": (
        "class Shape:\n    def __init__(self, size): self.size = size\n"
        "    def open(self): return self.size\n"
        "def handler(event, context): return Shape(event['size']).open()"
    ),
    "a function named like an acting one": (
        "def open(door): return door + 1\ndef handler(event, context): return open(1)"
    ),
    "a client that nobody uses": (
        "import boto3\ns3 = boto3.client('s3')\ndef handler(event, context): return event"
    ),
    "a typed resource that nobody uses": (
        "import boto3\ndb: object = boto3.resource('dynamodb', region_name='eu-west-1')\n"
        "def handler(event, context): return event"
    ),
    "a client of a region of the environment that nobody uses": (
        "import boto3, os\ns3 = boto3.client('s3', region_name=os.environ['REGION'])\n"
        "def handler(event, context): return event"
    ),
    "a client that only an unused helper uses": (
        "import boto3\ns3 = boto3.client('s3')\ndef put(e): s3.put_object(**e)\n"
        "def handler(event, context): return event"
    ),
    "a client that only another handler uses": (
        "import boto3\ns3 = boto3.client('s3')\ndef other(event, context): s3.put_object(**event)\n"
        "def handler(event, context): return event"
    ),
    "helpers that only each other use": (
        "import boto3\ndef put(e): get(e)\ndef get(e): boto3.client('s3').put_object(**e)\n"
        "def handler(event, context): return event"
    ),
    "a pool that nobody uses": (
        "import urllib3\nhttp = urllib3.PoolManager()\ndef handler(event, context): return event"
    ),
    "a list that is emptied": (
        "def handler(e, c):\n    x, y = e['all'], []\n    while x:\n        y.append(x.pop())\n    return y"
    ),
    "a list that is emptied by its length": (
        "def handler(e, c):\n    while len(e['all']) > 0:\n        one = e['all'].pop(0)\n        print(one)"
    ),
    "lists in lists that are emptied": (
        "def handler(e, c):\n    while e:\n        inner = e.pop()\n        while (len(inner)) != 0:\n            inner.pop()"
    ),
    "a queue that is emptied as long as there is room": (
        "def handler(e, c):\n    q, out = e['q'], []\n    while q and len(out) < 3:\n        out.append(q.popleft())"
    ),
    "what is deleted one by one": ("def handler(e, c):\n    while len(e) >= 1:\n        del e[0]"),
    "a counter": (
        "def handler(e, c):\n    i = 0\n    while i < len(e):\n        i += 1\n    return i"
    ),
    "a module beside it": "from lib import shape\ndef handler(e, c): return shape.area(e['size'])",
}
ACTS = {
    "a name that nothing binds": "def handler(event, context): return work(event)",
    "what runs where the module is imported": (
        "import boto3\ndef handler(event, context): return event\n"
        "if __name__ == '__main__':\n    print('a')\n"
        "else:\n    boto3.client('s3').list_buckets()"
    ),
    "a client that a helper uses": (
        "import boto3\ns3 = boto3.client('s3')\ndef put(e): s3.put_object(**e)\n"
        "def handler(event, context): put(event)"
    ),
    "a client that a helper of a helper uses": (
        "import boto3\ns3 = boto3.client('s3')\ndef put(e): s3.put_object(**e)\n"
        "def both(e): put(e)\ndef handler(event, context): both(event)"
    ),
    "a file that is unpacked": (
        "import gzip\ndef handler(event, context): return gzip.open(event['path']).read()"
    ),
    "a path of the disk": (
        "from pathlib import Path\ndef handler(e, c): return Path(e['path']).read_text()"
    ),
    "a client that is used at import": (
        "import boto3\ns3 = boto3.client('s3')\nNAMES = s3.list_buckets()\n"
        "def handler(event, context): return event"
    ),
    "a client that is made at import of what acts": (
        "import boto3, helpers\ns3 = boto3.client('s3', region_name=helpers.region())\n"
        "def handler(event, context): return event"
    ),
    "a client by another name": (
        "import boto3\ns3 = boto3.client('s3')\nstore = s3\n"
        "def handler(event, context): return store.list_buckets()"
    ),
    "a client by its name as a text": (
        "import boto3, app\ns3 = boto3.client('s3')\n"
        "def handler(event, context): return getattr(app, 's3').list_buckets()"
    ),
    "a client among all that the module has": (
        "import boto3\ns3 = boto3.client('s3')\n"
        "def handler(event, context): return locals()[event['name']]"
    ),
    "a client of a method": (
        "import boto3\ns3 = boto3.client('s3')\nclass Store:\n    def put(self): s3.put_object()\n"
        "def handler(event, context): return Store().put()"
    ),
    "a client that a decorated function uses": (
        "import boto3\ns3 = boto3.client('s3')\nALL = []\n@ALL.append\ndef put(): s3.put_object()\n"
        "def handler(event, context): return ALL[0]()"
    ),
    "a client that a default uses": (
        "import boto3\ns3 = boto3.client('s3')\n"
        "def handler(event, context, store=s3): return store.list_buckets()"
    ),
    "a client made on the way": "import boto3\ndef handler(event, context): return boto3.client('s3')",
    "a connection that nobody uses": (
        "import psycopg2\ndb = psycopg2.connect('')\ndef handler(event, context): return event"
    ),
    "a client of a module that is used through it": (
        "from lib import storage\ndef handler(e, c): storage.s3.list_buckets()"
    ),
    "a client": "import boto3\ns3 = boto3.client('s3')\ndef handler(e, c): return s3.list_buckets()",
    "a request": (
        "from urllib import request\ndef handler(e, c): return request.urlopen(e['url']).read()"
    ),
    "a wait": "import time\ndef handler(event, context): time.sleep(2)",
    "a renamed wait": "from time import sleep as rest\ndef handler(event, context): rest(2)",
    "a wait behind a module": "import time\nclock = time\ndef handler(e, c): clock.sleep(2)",
    "a process": "import subprocess\ndef handler(e, c): subprocess.run(['ffmpeg', e['path']])",
    "a command": "import os\ndef handler(event, context): os.system('ls')",
    "a file": "def handler(event, context): return open('/mnt/efs/data').read()",
    "a socket": "import socket\ndef handler(e, c): socket.create_connection((e['host'], 80))",
    "what is imported by its name": (
        "import importlib\ndef handler(event, context): importlib.import_module(event['do']).run()"
    ),
    "an unknown library": "import pricing\ndef handler(event, context): return pricing.of(event)",
    "a decorator of a library": (
        "from middleware import traced\n@traced\ndef handler(event, context): return event"
    ),
    "all of a library": "from pricing import *\ndef handler(event, context): return of(event)",
    "a base of a library": (
        "from pricing import Base\nclass Own(Base): ...\ndef handler(e, c): return Own().run()"
    ),
    "a loop that waits": (
        "import time\ndef handler(event, context):\n    while time.time() < event['end']: pass"
    ),
    "a list that is filled again": (
        "def handler(e, c):\n    while e:\n        one = e.pop()\n        e.append(one)"
    ),
    "a list that is set anew": (
        "def handler(e, c):\n    x = e\n    while x:\n        x.pop()\n        x = [1]"
    ),
    "another list that is emptied": ("def handler(e, c):\n    while e['a']:\n        e['b'].pop()"),
    "a list that is emptied at times": (
        "def handler(e, c):\n    while e:\n        if e[0]:\n            e.pop()"
    ),
    "a list that is emptied unless the next turn begins": (
        "def handler(e, c):\n    while e:\n        if e[0]:\n            continue\n        e.pop()"
    ),
    "a dict that is filled while it is emptied": (
        "def handler(e, c):\n    while e:\n        k, v = e.popitem()\n        e[k] = v"
    ),
    "a counter as it is told": (
        "def handler(e, c):\n    i = 0\n    while i < e['many']:\n        i += 1"
    ),
    "a counter that is set back": (
        "def handler(e, c):\n    i = 0\n    while i < 9:\n        i += 1\n        i = 0"
    ),
    "a counter that stands still": (
        "def handler(e, c):\n    i = 0\n    while i < 9:\n        i += 0"
    ),
    "what never ends": ("def handler(e, c):\n    while True:\n        e.pop()"),
    "many turns": "def handler(event, context): return sum(i * i for i in range(10**8))",
    "turns as it is told": "def handler(e, c): return [i for i in range(e['many'])]",
    "a slow digest": (
        "import hashlib\ndef handler(e, c): return hashlib.pbkdf2_hmac('sha256', e, b'', 10**7)"
    ),
    "code as text": "def handler(event, context): return eval(event['code'])",
    "a module that acts": "from lib import storage\ndef handler(event, context): storage.put(event)",
    "a client of a module": "from lib.storage import boto3\ndef handler(e, c): boto3.client('s3')",
    "a client of a module that is passed on": (
        "from lib import storage\nmodules = [storage]\ndef handler(e, c): modules[0].boto3.client(e)"
    ),
    "a client of a module by its path": (
        "import lib.storage\ndef handler(e, c): lib.storage.boto3.client('s3')"
    ),
    "a broken module": "from lib import broken\ndef handler(event, context): return event",
    "a registry": (
        "from lib import registry\nimport lib.storage\n"
        "def handler(e, c): return registry.ALL[e['do']](e)"
    ),
}
LIB = {
    "__init__": "",
    "shape": "import math\ndef area(size): return math.pi * size ** 2\n",
    "registry": "ALL = {}\n",
    "broken": "def (:\n",
    "storage": (
        "import boto3\nfrom lib import registry\ns3 = boto3.client('s3')\n"
        "def put(event): s3.put_object(**event)\nregistry.ALL['put'] = put\n"
    ),
}


def reported(folder: Path, code: str, template: str = TEMPLATE) -> bool:
    """Whether the timeout of the function that a template declares is asked for."""
    files = {"template.yaml": template, "src/app.py": code + "\n"}
    _lay_out(folder, files | {f"src/lib/{name}.py": text for name, text in LIB.items()})
    findings = reader(folder, "timeout-not-set")({}).findings
    return [finding.rule for finding in findings] == ["timeout-not-set"]


def _lay_out(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


@pytest.mark.parametrize("code", COMPUTES.values(), ids=COMPUTES.keys())
def test_what_only_computes_needs_no_timeout(tmp_path: Path, code: str) -> None:
    assert not reported(tmp_path, code)


@pytest.mark.parametrize("code", ACTS.values(), ids=ACTS.keys())
def test_what_may_act_or_wait_needs_one(tmp_path: Path, code: str) -> None:
    assert reported(tmp_path, code)


@pytest.mark.parametrize(
    "properties",
    [
        "Environment: {Variables: {AWS_LAMBDA_EXEC_WRAPPER: /opt/run}}",
        "Layers: [arn:aws:lambda:eu-west-1:123456789012:layer:agent:1]",
        "Handler: app.other",
        "Runtime: nodejs24.x",
    ],
)
def test_what_else_may_run_is_unknown(tmp_path: Path, properties: str) -> None:
    key = properties.partition(":")[0]
    lines = [line for line in TEMPLATE.splitlines() if line.strip().partition(":")[0] != key]
    template = "\n".join([*lines, f"      {properties}", ""])
    assert reported(tmp_path, COMPUTES["an answer"], template)


IMAGE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      PackageType: Image
      ImageConfig: {Command: [app.handler]ENTRY}
    Metadata: {Dockerfile: Dockerfile, DockerContext: src}
"""


@pytest.mark.parametrize(
    ("code", "entry", "told"),
    [
        ("an answer", "", False),
        ("an answer", ", EntryPoint: [/run]", True),
        ("", "", True),
    ],
)
def test_so_is_it_in_an_image(tmp_path: Path, code: str, entry: str, told: bool) -> None:
    dockerfile = "FROM public.ecr.aws/lambda/python:3.13\nCOPY app.py ${LAMBDA_TASK_ROOT}/\n"
    _lay_out(tmp_path, {"src/Dockerfile": dockerfile})
    written = COMPUTES[code] if code else next(iter(ACTS.values()))
    assert reported(tmp_path, written, IMAGE.replace("ENTRY", entry)) is told


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("json.dumps", True),
        ("os.environ.get", True),
        ("os", False),
        ("os.environment", False),
        ("time.time", True),
        ("time", False),
        ("logging.handlers.HTTPHandler", False),
        ("urllib.request.urlopen", False),
        ("urllib", False),
        ("jsonlines", False),
    ],
)
def test_a_name_is_allowed_with_all_that_lies_below_it(name: str, allowed: bool) -> None:
    assert Catalog().computing.allows(name) == allowed
