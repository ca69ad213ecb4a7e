"""Whether something tells that a function runs often, and that it builds as often: then a warning."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import project
from lamlint.catalog import Catalog
from lamlint.engine import check
from lamlint.report.causes import told_once
from lamlint.rule import ERROR, INFORMATION, WARNING
from lamlint.text import Finding, Severity
from tests.checking import rules
from tests.memory import MemoryTree

UNTOLD = "; how often the function runs is not known here: "
SOMETIMES = "; how often that is so is not known here: build it once, and keep it, if it is often"
USE = "    boto3.client('s3').list_buckets()\n"


def found(files: dict[str, str]) -> list[Finding]:
    built = project.build(MemoryTree(files), (), Catalog(), date(2026, 11, 29))
    return list(check.check(built, [rules()["connection-in-handler"]]))


def by_code(body: str, head: str = "", more: str = "") -> Finding:
    code = f"import boto3\n{head}\n\ndef handler(event, context):\n{body}{USE}{more}"
    (one,) = found({"app.py": code, "lamlint.toml": ""})
    return one


ASKED = {
    "records": "    for one in event['Records']:\n        print(one)\n",
    "records, if there are any": "    print(event.get('Records', []))\n",
    "whether there are records": "    if 'Records' in event:\n        print(1)\n",
    "a body": "    print(event['body'])\n",
    "headers": "    print(event.get('headers'))\n",
    "what a path holds": "    print(event['pathParameters']['id'])\n",
    "a request, in a helper": "    work(event)\n",
    "a body, beside an empty text": "    print(event['body'], event.get('a', ''))\n",
    "batches of Kafka, beside an empty text": "    print(event['records'], '')\n",
    "arguments of AppSync": "    print(event['arguments']['id'])\n",
    "a trigger of Cognito": "    print(event['triggerSource'])\n",
    "logs": "    print(event['awslogs']['data'])\n",
    "a bot": "    print(event['sessionState'])\n",
    "an agent": "    print(event['actionGroup'])\n",
    "an answer with headers": "    print({'statusCode': 200, 'headers': {}, 'body': str(event['a'])})\n",
    "batches": "    process_partial_response(event, print, BatchProcessor(), context)\n",
}
TYPED = {
    "a type of its event": "def handler(event: SQSEvent, context):\n",
    "a class by a decorator": "@event_source(data_class=APIGatewayProxyEvent)\n"
    "def handler(event, context):\n",
}
WORK = "\n\ndef work(event):\n    return event['requestContext']\n"
NOT_ASKED = {
    "fields of its own": "    print(event['bucket'])\n",
    "records of something else": "    print(load(event['key'])['Records'])\n",
    "a body of something else": "    print(get(event['url'])['body'])\n",
    "a body of something else, beside an empty text": "    print(get('')['body'])\n",
    "records of a topic": "    print(event['Records'][0]['Sns']['Message'])\n",
    "details of an event, which may be rare": "    print(event['detail'])\n",
    "a status": "    print(event['a'], {'statusCode': 200, 'body': str(event)})\n",
    "a word that is logged": "    print('requestContext of', event['a'])\n",
    "a wait": "    time.sleep(75)\n    print(event['a'])\n",
}


@pytest.mark.parametrize("body", ASKED.values(), ids=ASKED)
def test_how_an_event_is_read_tells_that_people_and_work_send_it(body: str) -> None:
    assert by_code(body, "import time", WORK).severity is WARNING


@pytest.mark.parametrize("body", NOT_ASKED.values(), ids=NOT_ASKED)
def test_what_any_caller_may_send_tells_nothing(body: str) -> None:
    one = by_code(body, "import time")
    assert one.severity is INFORMATION
    assert UNTOLD in one.message


@pytest.mark.parametrize("written", TYPED.values(), ids=TYPED)
def test_what_its_event_is_said_to_be_tells_who_sends_it(written: str) -> None:
    code = f"import boto3\n\n\n{written}    print(event.raw_event['a'])\n{USE}"
    (one,) = found({"app.py": code, "lamlint.toml": ""})
    assert one.severity is WARNING


def test_what_fails_on_the_second_run_does_so_however_often_that_is() -> None:
    code = "import firebase_admin\n\n\ndef handler(event, context):\n    firebase_admin.initialize_app()\n"
    (one,) = found({"app.py": code, "lamlint.toml": ""})
    assert one.severity is ERROR


SERVED = {
    "Flask behind an adapter": "import serverless_wsgi\nfrom flask import Flask\n\napp = Flask('a')\n\n\n"
    "@app.route('/')\ndef listed():\n{use}\n\ndef handler(event, context):\n"
    "    return serverless_wsgi.handle_request(app, event, context)\n",
    "Mangum": "from fastapi import FastAPI\nfrom mangum import Mangum\n\napp = FastAPI()\n\n\n"
    "@app.get('/')\ndef listed():\n{use}\n\nhandler = Mangum(app)\n",
    "a bucket of Chalice, of which no configuration is here": "from chalice import Chalice\n\n"
    "app = Chalice(app_name='a')\n\n\n@app.on_s3_event(bucket='b')\ndef resized(event):\n{use}",
    "a resolver": "from aws_lambda_powertools.event_handler import APIGatewayRestResolver\n\n"
    "app = APIGatewayRestResolver()\n\n\n@app.get('/')\ndef listed():\n{use}\n\n"
    "def handler(event, context):\n    return app.resolve(event, context)\n",
}
SERVED_SELDOM = {
    "a resource of CloudFormation": "from cloudformation_cli_python_lib import Action, Resource\n\n"
    "resource = Resource('A::B::C', object)\n\n\n@resource.handler(Action.CREATE)\n"
    "def create(session, request, callback_context):\n{use}",
    "a schedule of Chalice": "from chalice import Chalice, Rate\n\napp = Chalice(app_name='a')\n\n\n"
    "@app.schedule(Rate(EVERY, unit=Rate.HOURS))\ndef nightly(event):\n{use}",
}


@pytest.mark.parametrize("code", SERVED.values(), ids=SERVED)
def test_what_serves_requests_is_asked_often(code: str) -> None:
    (one,) = found({"app.py": f"import boto3\n{code.format(use=USE)}", "lamlint.toml": ""})
    assert one.severity is WARNING


@pytest.mark.parametrize("code", SERVED_SELDOM.values(), ids=SERVED_SELDOM)
def test_what_serves_deployments_and_schedules_is_not(code: str) -> None:
    (one,) = found({"app.py": f"import boto3\n{code.format(use=USE)}", "lamlint.toml": ""})
    assert one.severity is INFORMATION


HEAD = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: .
"""
QUEUE = "      Events: {Q: {Type: SQS, Properties: {Queue: 'arn:aws:sqs:eu-west-1:1:q'}}}\n"


def scheduled(expression: str, more: str) -> str:
    given = f"Schedule: {expression}, {more}"
    return f"      Events: {{S: {{Type: Schedule, Properties: {{{given}}}}}}}\n"


def told(name: str, events: str = QUEUE) -> str:
    return (
        "  Other:\n    Type: AWS::Serverless::Function\n    Properties:\n      Runtime: python3.13\n"
        "      Handler: other.handler\n      CodeUri: s3://bucket/key.zip\n"
        f"      Environment: {{Variables: {{NEXT: {name}}}}}\n{events}"
    )


def allowed(service: str) -> str:
    given = f"FunctionName: !Ref Fn, Action: lambda:InvokeFunction, Principal: {service}"
    return f"  Allowed: {{Type: AWS::Lambda::Permission, Properties: {{{given}}}}}\n"


OFTEN = {
    "a queue": QUEUE,
    "a URL": "      FunctionUrlConfig: {AuthType: AWS_IAM}\n",
    "minutes": scheduled("rate(5 minutes)", "Enabled: true"),
    "an API that is elsewhere": allowed("apigateway.amazonaws.com"),
    "a bucket that is elsewhere": allowed("s3.amazonaws.com"),
    "an agent": allowed("bedrock.amazonaws.com"),
    "a function that a queue calls, by its name": told("!Ref Fn"),
    "a function that a queue calls, by its ARN": told("!GetAtt Fn.Arn"),
    "events of its own": "      Events: {E: {Type: EventBridgeRule, Properties: "
    "{Pattern: {source: [shop]}}}}\n",
}
NOT_OFTEN = {
    "nothing": "",
    "minutes, switched off": scheduled("rate(5 minutes)", "Enabled: false"),
    "minutes, perhaps": scheduled("rate(5 minutes)", "Enabled: !Ref On"),
    "an expression of elsewhere": scheduled("!Ref When", "Enabled: true"),
    "rules that are elsewhere": allowed("events.amazonaws.com"),
    "a function that nothing calls": told("!Ref Fn", ""),
    "a function that runs daily": told("!Ref Fn", scheduled("rate(1 day)", "Enabled: true")),
    "a function that is told of another": told("!Ref Other"),
}
READING = f"import boto3\n\n\ndef handler(event, context):\n    print(event['bucket'])\n{USE}"


@pytest.mark.parametrize("more", OFTEN.values(), ids=OFTEN)
def test_what_is_declared_tells_that_it_runs_often(more: str) -> None:
    (one,) = found({"app.py": READING, "template.yaml": HEAD + more})
    assert one.severity is WARNING


@pytest.mark.parametrize("more", NOT_OFTEN.values(), ids=NOT_OFTEN)
def test_what_is_declared_tells_nothing(more: str) -> None:
    (one,) = found({"app.py": READING, "template.yaml": HEAD + more})
    assert one.severity is INFORMATION
    assert UNTOLD in one.message


def test_what_is_rare_by_itself_may_be_invoked_by_what_is_not() -> None:
    daily = scheduled("rate(1 day)", "Enabled: true")
    (one,) = found({"app.py": READING, "template.yaml": HEAD + daily + told("!Ref Fn")})
    assert one.severity is INFORMATION
    assert UNTOLD in one.message


NAMED = {
    "a name of unknown parts": ("!Sub '${Stage}-work'", "NEXT: !Sub '${Stage}-work'", WARNING),
    "another name of them": ("!Sub '${Stage}-work'", "NEXT: !Sub '${Stage}-job'", INFORMATION),
    "a name that is written": ("work", "NEXT_FUNCTION: work", WARNING),
    "an ARN": ("work", "NEXT: !Sub 'arn:aws:lambda:${R}:1:function:work'", INFORMATION),
    "a word that is a name, too": ("work", "SERVICE: work", INFORMATION),
}


@pytest.mark.parametrize(("name", "variable", "severity"), NAMED.values(), ids=NAMED)
def test_a_function_is_known_by_its_name(name: str, variable: str, severity: Severity) -> None:
    head = HEAD.replace("CodeUri: .", f"CodeUri: .\n      FunctionName: {name}")
    template = head + told("!Ref Else").replace("NEXT: !Ref Else", variable)
    (one,) = found({"app.py": READING, "template.yaml": template})
    assert one.severity is severity


def test_what_it_invokes_invokes_others() -> None:
    further = told("!Ref Other", QUEUE).replace("  Other:", "  Further:")
    template = HEAD + told("!Ref Fn", "") + further
    (one,) = found({"app.py": READING, "template.yaml": template})
    assert one.severity is WARNING


def test_a_schedule_of_hours_is_no_request_whatever_the_code_reads() -> None:
    code = READING.replace("'bucket'", "'headers'")
    daily = scheduled("rate(1 day)", "Enabled: true")
    (one,) = found({"app.py": code, "template.yaml": HEAD + daily})
    assert "little is lost while the function nearly always starts cold" in one.message


@pytest.mark.parametrize("what", ["a request, in a helper", "an answer with headers", "a body"])
def test_how_a_function_reads_its_event_tells_nothing_beside_a_trigger(what: str) -> None:
    written = f"import boto3\n\n\ndef handler(event, context):\n{ASKED[what]}{USE}{WORK}"
    unknown = scheduled("!Ref When", "Enabled: true")
    (alone,) = found({"app.py": written, "template.yaml": HEAD})
    (one,) = found({"app.py": written, "template.yaml": HEAD + unknown})
    assert (alone.severity, one.severity) == (WARNING, INFORMATION)
    assert UNTOLD in one.message


def test_a_web_framework_tells_beside_a_trigger_too() -> None:
    code = f"import boto3\n{SERVED['Mangum'].format(use=USE)}"
    unknown = scheduled("!Ref When", "Enabled: true")
    (one,) = found({"app.py": code, "template.yaml": HEAD + unknown})
    assert one.severity is WARNING


ALTERNATIVES = {
    "on what the event asks for": f"    if event['action'] == 'list':\n    {USE}",
    "on one thing or another": f"    if event['a'] == 1:\n        pass\n    elif event['b']:\n    {USE}",
    "on a part of its body": f"    body = json.loads(event['body'])\n    if body['a']:\n    {USE}",
    "in a case": f"    match event['a']:\n        case 1:\n        {USE}",
    "in one of several functions": "    {'a': work, 'b': print}[event['a']](event)\n\n\n"
    f"def work(event):\n{USE}",
    "on what it signs": "    if hmac.compare_digest(event['a'], os.environ['B']):\n    " + USE,
    "by the configuration": f"    if os.environ.get('STORE'):\n    {USE}",
    "where it is missing": "    work()\n\n\ndef work(s3=None):\n    if s3 is None:\n"
    "        s3 = boto3.client('s3')\n    s3.list_buckets()\n",
    "where all else fails": "    if not ssm.get_parameter(Name='a'):\n        raise ValueError\n"
    f"    else:\n    {USE}",
    "behind an early exit": f"    if ssm.get_parameter(Name='a'):\n        return 1\n{USE}",
    "in the else of an early exit": "    if ssm.get_parameter(Name='a'):\n        return 1\n"
    f"    else:\n    {USE}",
    "behind an exit on what is done": "    if ssm.get_parameter(Name='a') == 'done':\n"
    f"        return\n{USE}",
    "behind a refusal": f"    if not ssm.get_parameter(Name='a'):\n        return {{'a': 404}}\n{USE}",
    "where the event brings nothing": f"    if not event.get('a'):\n        return\n{USE}",
    "where nothing is configured": f"    if os.environ.get('A') is None:\n        return None\n{USE}",
    "in a loop over what it brings": "    for one in event['Records']:\n        if one['a']:\n"
    f"        {USE}",
}
RARELY = {
    "on an answer": f"    if ssm.get_parameter(Name='a'):\n    {USE}",
    "on an answer for what the event asks for": "    if ssm.get_parameter(Name=event['a']) == 'b':\n"
    f"    {USE}",
    "behind an and": "    ssm.get_parameter(Name='a') and boto3.client('s3').list_buckets()\n",
    "in a helper that such a branch calls": "    if ssm.get_parameter(Name='a'):\n        work()\n"
    f"\n\ndef work():\n{USE}",
    "behind an exit where there is nothing": "    found = ssm.get_parameter(Name='a')\n"
    f"    if not found:\n        print('none')\n        return\n{USE}",
    "in its else": "    found = ssm.get_parameter(Name='a')\n    if found is None:\n        return None\n"
    f"    else:\n    {USE}",
    "behind one that counts": "    found = ssm.get_parameter(Name='a')\n    if len(found) == 0:\n"
    f"        return\n{USE}",
    "behind one that asks for a part": "    found = ssm.get_parameter(Name='a')\n"
    f"    if 'b' not in found:\n        return\n{USE}",
    "in a helper, behind one": f"    work(ssm.get_parameter(Name='a'))\n\n\ndef work(found):\n"
    f"    if not found:\n        return\n{USE}",
    "on a number at random": f"    if random.random() > 0.9:\n    {USE}",
}
TOP = "import boto3\nimport hmac\nimport json\nimport os\nimport random\n\nssm = boto3.client('ssm')\n"


def in_branch(body: str, events: str = QUEUE) -> Finding:
    code = f"{TOP}\n\ndef handler(event, context):\n{body}"
    (one,) = found({"app.py": code, "template.yaml": HEAD + events})
    return one


@pytest.mark.parametrize("body", ALTERNATIVES.values(), ids=ALTERNATIVES)
def test_alternatives_are_built_as_often_as_the_function_runs(body: str) -> None:
    assert in_branch(body).severity is WARNING


@pytest.mark.parametrize("body", RARELY.values(), ids=RARELY)
def test_how_often_another_branch_is_taken_is_not_known(body: str) -> None:
    one = in_branch(body)
    assert one.severity is INFORMATION
    assert one.message.endswith(SOMETIMES)


ROUTE = "      Events: {A: {Type: HttpApi}}\n"
KEY = (
    "\n\ndef is_key(token, table='a'):\n    if not token:\n        return False\n"
    "    return bool(ssm.get_parameter(Name=token))\n"
)
JUDGED = {
    "what a function says of a header": f"    if is_key(event['headers']['a']):\n    {USE}{KEY}",
    "what it does not say": f"    if not is_key(event['headers']['a']):\n    {USE}{KEY}",
    "all else": f"    token = event['headers'].get('a')\n    if is_key(token):\n        print(1)\n"
    f"    elif event['b']:\n    {USE}{KEY}",
    "the else": f"    if is_key(event['body']):\n        print(1)\n    else:\n    {USE}{KEY}",
    "with what is configured": f"    if is_key(event['a'], os.environ['B']):\n    {USE}{KEY}",
    "a part of the body": f"    if is_key(json.loads(event['body'])['a']):\n    {USE}{KEY}",
}
NOT_JUDGED = {
    "what a library says": f"    if ssm.get_parameter(Name=event['a']):\n    {USE}",
    "what a function says of an answer": "    found = ssm.get_parameter(Name=event['a'])\n"
    f"    if is_key(found['b']):\n    {USE}{KEY}",
    "what it says of nothing": f"    if is_key('a'):\n    {USE}{KEY}",
    "what it says without being told": "    if full():\n"
    f"    {USE}\n\ndef full():\n    return ssm.get_parameter(Name='a')\n",
    "a number of what it finds": f"    if is_key(event['a']) > 3:\n    {USE}{KEY}",
}


@pytest.mark.parametrize("body", JUDGED.values(), ids=JUDGED)
def test_what_the_code_says_of_a_request_is_an_alternative(body: str) -> None:
    assert in_branch(body, ROUTE).severity is WARNING


@pytest.mark.parametrize("body", JUDGED.values(), ids=JUDGED)
def test_what_it_says_of_a_message_may_be_rare(body: str) -> None:
    assert in_branch(body).severity is INFORMATION


@pytest.mark.parametrize("body", NOT_JUDGED.values(), ids=NOT_JUDGED)
def test_what_else_says_something_of_a_request_may_be_rare(body: str) -> None:
    one = in_branch(body, ROUTE)
    assert one.severity is INFORMATION
    assert one.message.endswith(SOMETIMES)


ONCE = {
    "a try that is left": "    for _ in range(99):\n        try:\n            s3 = boto3.client('s3')\n"
    "            return s3.list_buckets()\n        except ValueError:\n            print(1)\n",
    "a try that is left by its else": "    while True:\n        try:\n"
    "            boto3.client('s3').list_buckets()\n        except ValueError:\n            print(1)\n"
    "        else:\n            break\n",
    "a context of a try": "    for attempt in attempts():\n        with attempt:\n"
    "            s3 = boto3.client('s3')\n            return s3.list_buckets()\n",
    "a search by a name": "    for one in event:\n        if one['name'] == 'a':\n"
    "            boto3.client('s3').list_buckets()\n",
    "a search by a key, and more": "    for tag in event:\n        if tag.get('Key') == 'a' and tag['Value']:\n"
    "            boto3.client('s3').list_buckets()\n",
    "a search in what others hold": "    for one in event:\n        for two in one['parts']:\n"
    "            if two.id == 'a':\n                boto3.client('s3').list_buckets()\n",
    "the first hit": "    for one in event:\n        if one:\n            boto3.client('s3').list_buckets()\n"
    "            break\n",
}
MANY = {
    "all of one kind": "    for one in event:\n        if one['eventName'] == 'INSERT':\n"
    "            boto3.client('s3').list_buckets()\n",
    "all but one of a name": "    for one in event:\n        if one['name'] != 'a':\n"
    "            boto3.client('s3').list_buckets()\n",
    "all others than one of a name": "    for one in event:\n        if one['name'] == 'a':\n"
    "            print(1)\n        else:\n            boto3.client('s3').list_buckets()\n",
    "all of what one of a name holds": "    for one in event:\n        if one['name'] == 'a':\n"
    "            for two in one['parts']:\n                boto3.client('s3').list_buckets()\n",
    "a search in each round": "    for one in event:\n        for two in parts(one, 1):\n"
    "            print(two)\n        for tag in event['tags']:\n            if tag['Key'] == 'a':\n"
    "                boto3.client('s3').list_buckets()\n",
    "a loop that goes on": "    for one in event:\n        boto3.client('s3').list_buckets()\n",
    "a loop that ends in some case": "    while True:\n        if not boto3.client('s3').list_buckets():\n"
    "            break\n",
    "a loop that goes on in some case": "    for one in event:\n        s3 = boto3.client('s3')\n"
    "        if not s3.list_buckets():\n            continue\n        return s3\n",
    "a loop in a loop that is left": "    for one in event:\n        for two in one:\n"
    "            boto3.client('s3').list_buckets()\n            break\n",
}


@pytest.mark.parametrize("body", ONCE.values(), ids=ONCE)
def test_a_loop_that_is_left_at_its_first_success_builds_one(body: str) -> None:
    assert "in a loop" not in in_branch(body).message
    assert "each round" not in in_branch(body).message


@pytest.mark.parametrize("body", MANY.values(), ids=MANY)
def test_a_loop_that_goes_on_builds_many(body: str) -> None:
    message = in_branch(body).message
    assert "in a loop" in message or "in each round of a loop" in message


BUILDING = (
    "import boto3\n{head}\n\ndef handler(event, context):\n    s3 = boto3.client('s3')\n    s3.list_buckets()\n"
    "    put({given})\n"
)
PUTTING = "\n\ndef put(event):\n    sqs = boto3.client('sqs')\n    sqs.list_queues()\n"
DAILY = scheduled("rate(1 day)", "Enabled: true")
TOGETHER = {
    "a cold function": (HEAD + DAILY, "event"),
    "what nothing deploys": ("", "event"),
}
APART = {
    "what a queue brings": (HEAD + QUEUE, "event"),
    "what is deployed, and of which no trigger is here": (HEAD, "event"),
    "what is asked often": ("", "event['Records']"),
}


def of_two(template: str, given: str, *, apart: bool = False) -> list[Finding]:
    code = BUILDING.format(head="from put import put\n" if apart else "", given=given)
    files = {"app.py": code + ("" if apart else PUTTING), "lamlint.toml": ""}
    more = {"put.py": f"import boto3\n{PUTTING}"} if apart else {}
    declared = {"template.yaml": template} if template else {}
    return found({**files, **more, **declared})


@pytest.mark.parametrize(("template", "given"), TOGETHER.values(), ids=TOGETHER)
def test_what_a_file_builds_of_which_little_is_lost_is_one_finding(
    template: str, given: str
) -> None:
    first, second = of_two(template, given)
    assert first.cause == second.cause == "app.py"
    assert second.also == "a boto3 client for sqs is built here, too"
    assert (first.severity, second.severity) == (INFORMATION, INFORMATION)
    (one,) = told_once([first, second]).values()
    assert one.fix is not None
    assert one.fix == first.fix


@pytest.mark.parametrize(("template", "given"), APART.values(), ids=APART)
def test_what_matters_is_told_for_itself(template: str, given: str) -> None:
    first, second = of_two(template, given)
    assert (first.cause, second.cause) == ("", "")


def test_what_another_module_builds_may_be_for_others_too() -> None:
    first, second = of_two(HEAD + DAILY, "event", apart=True)
    assert first.cause != second.cause != ""


API = (
    "Transform: AWS::Serverless-2016-10-31\nResources:\n  Fn:\n    Type: AWS::Serverless::Function\n"
    "    Properties:\n      Handler: app.handler\n      Runtime: python3.13\n      CodeUri: src\n"
    "      Events: {A: {Type: Api, Properties: {Path: /, Method: get}}}\n"
)
REDIS = "r = redis.Redis(host='cache')\ntable = boto3.resource('dynamodb').Table('a')\n"
READ = "    cached = r.get(event['key'])\n"
CACHED = {
    "what Redis has": f"{READ}    if cached:\n        return json.loads(cached)\n",
    "what is not nothing": f"{READ}    if cached is not None:\n        return cached\n",
    "what is there and may be taken": f"{READ}    if event['a'] and cached:\n        return cached\n",
    "in one line": "    if cached := r.get(event['key']):\n        return cached\n",
    "in one comparison": "    if (one := r.get('a')) is not None:\n        return one\n",
    "asked again": "    if r.get('a'):\n        return r.get('a')\n",
    "what is tried": (
        f"    try:\n    {READ}        if cached:\n            return cached\n"
        "    except redis.RedisError:\n        print('no cache')\n"
    ),
    "where there is a cache": (
        f"    if event['use']:\n    {READ}        if cached:\n            return cached\n"
    ),
    "what is put together": (
        f"{READ}    if cached:\n        found = json.loads(cached)\n        found['hit'] = True\n"
        "        return found\n"
    ),
    "from a function": "    found = look('a')\n    if found:\n        return found\n",
    "from an object": "    found = STORE.get('a')\n    if found:\n        return found\n",
    "a table that is called a cache": (
        "    found = cache_table.get_item(Key={'k': 1}).get('Item')\n"
        "    if found:\n        return found['value']\n"
    ),
    "what is called cached": (
        "    cached_item = table.get_item(Key={'k': 1}).get('Item')\n"
        "    if cached_item:\n        return cached_item\n"
    ),
}
NOT_CACHED = {
    "what is refused": (
        "    key = event.get('key')\n    if not key:\n        return {'statusCode': 400}\n"
    ),
    "what is refused as Redis says": f"{READ}    if not cached:\n        return {{'statusCode': 403}}\n",
    "what Redis forbids": (
        f"{READ}    if cached:\n        print('blocked')\n        return {{'statusCode': 429}}\n"
    ),
    "what Redis forbids, as it is written out": (
        f"{READ}    if cached:\n        print(cached)\n        return {{'statusCode': 429}}\n"
    ),
    "what Redis forbids, in one line": "    if r.get('a'):\n        return {'statusCode': 429}\n",
    "what is told of the event": (
        "    cached = event.get('cached')\n    if cached:\n        return cached\n"
    ),
    "what is gathered anew": (
        "    cache = {}\n    cached = cache.get('a')\n    if cached:\n        return cached\n"
    ),
    "what nothing asks for": f"{READ}    print(cached)\n",
    "a table of something else": (
        "    found = table.get_item(Key={'k': 1}).get('Item')\n    if found:\n        return found\n"
    ),
}
AROUND = (
    "cache_table = table\n\n\ndef look(key):\n    return r.get(key)\n\n\nclass Store:\n"
    "    def __init__(self):\n        self.redis = redis.Redis()\n\n    def get(self, key):\n"
    "        return self.redis.get(key)\n\n\nSTORE = Store()\n"
)


def by_requests(body: str) -> Finding:
    code = f"import json\n\nimport boto3\nimport redis\n\n{REDIS}{AROUND}\n\ndef handler(event, context):\n{body}"
    (one,) = found({"src/app.py": code, "template.yaml": API})
    return one


@pytest.mark.parametrize("body", CACHED.values(), ids=CACHED)
def test_how_often_a_cache_has_nothing_is_not_known(body: str) -> None:
    one = by_requests(f"{body}{USE}")
    assert one.severity is INFORMATION
    assert "whenever this line runs" in one.message
    assert SOMETIMES in one.message


@pytest.mark.parametrize("body", NOT_CACHED.values(), ids=NOT_CACHED)
def test_what_else_returns_early_tells_nothing_of_how_often_the_rest_runs(body: str) -> None:
    assert by_requests(f"{body}{USE}").severity is WARNING


@pytest.mark.parametrize("test", ["not cached", "cached is None"])
def test_what_is_done_where_a_cache_has_nothing_is_not_known_to_be_often(test: str) -> None:
    one = by_requests(f"{READ}    if {test}:\n    {USE}")
    assert one.severity is INFORMATION
    assert SOMETIMES in one.message


def test_what_a_function_does_that_is_called_behind_a_cache_is_as_rare() -> None:
    code = f"{READ}    if cached:\n        return cached\n    return work()\n\n\ndef work():\n{USE}"
    assert SOMETIMES in by_requests(code).message
    both = code.replace("    cached =", "    work()\n    cached =", 1)
    assert by_requests(both).severity is WARNING


def test_many_lines_that_ask_a_cache_are_read_once() -> None:
    asked = (f"    c{n} = r.get('a')\n    if c{n}:\n        return c{n}\n" for n in range(200))
    assert SOMETIMES in by_requests(f"{''.join(asked)}{USE}").message
