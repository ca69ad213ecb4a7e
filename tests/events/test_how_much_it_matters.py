"""How much it matters that a queue, a schedule or an API does not fit its function."""

from __future__ import annotations

from datetime import date
from textwrap import indent

import pytest

from lamlint import project
from lamlint.catalog import Catalog
from lamlint.engine import check
from lamlint.report.causes import told_once
from lamlint.rule import ERROR, INFORMATION, WARNING
from lamlint.text import Severity
from tests.events.uploads import LOGGED, RULES, TRY, UPLOADED, told_of_uploads
from tests.memory import MemoryTree

FUNCTION = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      Timeout: {timeout}
      Events:
        It: {event}
  Jobs: {{Type: AWS::SQS::Queue, Properties: {{VisibilityTimeout: {hidden}}}}}
"""


def told(rule: str, event: str, *, timeout: int = 10, hidden: int = 30) -> Severity | None:
    """How much it matters to one rule what a function is triggered by; None where it says nothing."""
    text = FUNCTION.format(timeout=timeout, event=event, hidden=hidden)
    built = project.build(MemoryTree({"template.yaml": text}), (), Catalog(), date(2026, 11, 23))
    found = check.check(built, [RULES[rule]])
    return found[0].severity or RULES[rule].severity if found else None


@pytest.mark.parametrize(
    ("hidden", "window", "severity"),
    [
        (29, 0, ERROR),
        (30, 0, WARNING),
        (119, 0, WARNING),
        (120, 0, INFORMATION),
        (179, 0, INFORMATION),
        (180, 0, None),
        # The window is beside both.
        (120, 20, WARNING),
        (140, 20, INFORMATION),
        (199, 20, INFORMATION),
        (200, 20, None),
    ],
)
def test_a_queue_that_has_room_for_some_tries_is_information(
    hidden: int, window: int, severity: Severity | None
) -> None:
    event = (
        "{Type: SQS, Properties: "
        f"{{Queue: !GetAtt Jobs.Arn, MaximumBatchingWindowInSeconds: {window}}}}}"
    )
    found = told("visibility-timeout-too-short", event, timeout=30, hidden=hidden)
    assert found is severity


@pytest.mark.parametrize(
    ("most", "reserved", "hidden", "severity"),
    [
        ("14", "", 30, INFORMATION),
        ("14", "", 31, None),
        ("14", "20", 31, None),
        ("14", "5", 31, WARNING),
        ("", "14", 31, WARNING),
        ("14", "20", 30, INFORMATION),
        ("14", "!ImportValue most", 30, INFORMATION),
        ("14", "5", 30, WARNING),
        ("!ImportValue most", "", 30, WARNING),
        ("", "14", 30, WARNING),
        ("14", "", 29, ERROR),
        ("14", "", 180, None),
    ],
)
def test_a_maximum_concurrency_lets_few_batches_wait(
    most: str, reserved: str, hidden: int, severity: Severity | None
) -> None:
    scaling = f", ScalingConfig: {{MaximumConcurrency: {most}}}" if most else ""
    event = f"{{Type: SQS, Properties: {{Queue: !GetAtt Jobs.Arn{scaling}}}}}"
    event += f"\n      ReservedConcurrentExecutions: {reserved}" if reserved else ""
    found = told("visibility-timeout-too-short", event, timeout=30, hidden=hidden)
    assert found is severity


def test_a_maximum_concurrency_is_told_with_what_it_is_for() -> None:
    event = "{Type: SQS, Properties: {Queue: !GetAtt Jobs.Arn, ScalingConfig: {MaximumConcurrency: 14}}}"
    text = FUNCTION.format(timeout=30, event=event, hidden=30)
    built = project.build(MemoryTree({"template.yaml": text}), (), Catalog(), date(2026, 11, 23))
    (one,) = check.check(built, [RULES["visibility-timeout-too-short"]])
    assert "throttled, rare with a maximum concurrency of 14, is handed out" in one.message


@pytest.mark.parametrize(
    ("expression", "severity"),
    [
        ("rate(1 minute)", None),
        ("rate(23 hours)", None),
        ("cron(0 6,18 * * ? *)", None),
        ("cron(0/30 8-17 ? * MON-FRI *)", None),
        ("rate(24 hours)", INFORMATION),
        ("rate(7 days)", INFORMATION),
        ("cron(0 6 * * ? *)", INFORMATION),
        ("cron(0 6 1 * ? *)", INFORMATION),
        # It runs once, or when is not known.
        ("at(2026-12-24T18:00:00)", INFORMATION),
        ("rate(often)", INFORMATION),
    ],
)
def test_a_run_is_missed_where_the_next_one_is_a_day_away(
    expression: str, severity: Severity | None
) -> None:
    event = f'{{Type: ScheduleV2, Properties: {{ScheduleExpression: "{expression}"}}}}'
    assert told("missing-failure-destination", event) is severity


def scheduled(expression: str, more: str = "") -> str:
    return f'{{Type: Schedule, Properties: {{Schedule: "{expression}"{more}}}}}'


MORNING, EVENING = "cron(0 6 * * ? *)", "cron(0 18 * * ? *)"


@pytest.mark.parametrize(
    ("first", "second", "severity"),
    [
        (scheduled(MORNING), scheduled(EVENING), None),
        (scheduled("rate(1 day)"), scheduled("rate(1 day)"), None),
        (scheduled(MORNING), scheduled("cron(0 6 * * ? *)", ", Enabled: false"), INFORMATION),
        (scheduled(MORNING), scheduled(EVENING, ", Enabled: !Ref On"), INFORMATION),
        (scheduled("rate(7 days)"), scheduled("rate(7 days)"), INFORMATION),
        (scheduled("rate(7 days)"), scheduled("cron(0 6 ? * MON *)"), INFORMATION),
        (scheduled(MORNING), scheduled("at(2026-12-24T18:00:00)"), INFORMATION),
    ],
)
def test_all_schedules_together_say_how_far_away_the_next_run_is(
    first: str, second: str, severity: Severity | None
) -> None:
    assert told("missing-failure-destination", f"{first}\n        Second: {second}") is severity


PARAMETER = "Parameters:\n  On: {{Type: String{}}}\n"


@pytest.mark.parametrize(
    ("parameter", "switch", "severity"),
    [
        ("", ", Enabled: !Ref On", None),
        ("", ", Enabled: false", None),
        (", Default: false", ", Enabled: !Ref On", None),
        (", Default: true", ", Enabled: !Ref On", INFORMATION),
        (", AllowedValues: [true, false]", ", Enabled: !Ref On", INFORMATION),
        ("", ", Enabled: true", INFORMATION),
        ("", "", INFORMATION),
    ],
)
def test_a_schedule_that_a_deployment_may_switch_off_loses_nothing_for_sure(
    parameter: str, switch: str, severity: Severity | None
) -> None:
    text = FUNCTION.format(timeout=30, event=scheduled(MORNING, switch), hidden=30)
    files = {"template.yaml": PARAMETER.format(parameter) + text}
    built = project.build(MemoryTree(files), (), Catalog(), date(2026, 11, 23))
    found = check.check(built, [RULES["missing-failure-destination"]])
    assert [one.severity for one in found] == ([] if severity is None else [severity])


@pytest.mark.parametrize(
    ("kind", "timeout", "severity"),
    [
        ("Api", 29, None),
        ("Api", 30, None),
        ("Api", 31, WARNING),
        ("HttpApi", 31, None),
        ("HttpApi", 32, WARNING),
        ("HttpApi", 900, WARNING),
    ],
)
def test_a_second_more_than_an_api_waits_costs_nothing(
    kind: str, timeout: int, severity: Severity | None
) -> None:
    event = f"{{Type: {kind}, Properties: {{Path: /, Method: get}}}}"
    assert told("api-timeout-exceeded", event, timeout=timeout) is severity


def test_the_apis_of_one_template_are_told_once() -> None:
    event = "{Type: Api, Properties: {Path: /a, Method: get}}"
    text = FUNCTION.format(timeout=60, event=event, hidden=360)
    second = text.partition("Resources:\n")[2].replace("Orders:", "Others:").replace("/a", "/b")
    tree = MemoryTree({"template.yaml": text + second.partition("  Jobs:")[0]})
    built = project.build(tree, (), Catalog(), date(2026, 11, 23))
    (one,) = told_once(check.check(built, [RULES["api-timeout-exceeded"]])).values()
    assert one.subjects == ("Orders", "Others")


SERVICE = """\
service: shop
provider: {name: aws, runtime: python3.13}
functions:
  one: {handler: app.handler, timeout: 300, events: [EVENTS]}
"""
SOCKETS = """\
Resources:
  Api: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: shop, ProtocolType: WEBSOCKET}}
  Fn:
    Type: AWS::Lambda::Function
    Properties:
      Handler: index.handler
      Runtime: python3.13
      Timeout: 300
      Role: arn:aws:iam::123456789012:role/shop
      Code: {ZipFile: "def handler(event, context): ..."}
  Integration:
    Type: AWS::ApiGatewayV2::Integration
    Properties:
      ApiId: !Ref Api
      IntegrationType: AWS_PROXY
      IntegrationUri: !Sub arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Fn.Arn}/invocations
"""
ROUTE = """\
  Route%s:
    Type: AWS::ApiGatewayV2::Route
    Properties: {ApiId: !Ref Api, RouteKey: $%s, Target: !Sub "integrations/${Integration}"}
"""


@pytest.mark.parametrize(
    ("path", "text", "is_told"),
    [
        ("serverless.yml", SERVICE.replace("EVENTS", "websocket: $disconnect"), False),
        ("serverless.yml", SERVICE.replace("EVENTS", "{websocket: {route: $disconnect}}"), False),
        ("serverless.yml", SERVICE.replace("EVENTS", "websocket: $connect"), True),
        (
            "serverless.yml",
            SERVICE.replace("EVENTS", "{websocket: $disconnect}, {websocket: $default}"),
            True,
        ),
        ("template.yaml", SOCKETS + ROUTE % ("A", "disconnect"), False),
        ("template.yaml", SOCKETS + ROUTE % ("A", "connect"), True),
        (
            "template.yaml",
            SOCKETS + ROUTE % ("A", "disconnect") + ROUTE % ("B", "default"),
            True,
        ),
    ],
)
def test_nobody_waits_where_the_client_is_gone(path: str, text: str, is_told: bool) -> None:
    built = project.build(MemoryTree({path: text}), (), Catalog(), date(2026, 11, 23))
    assert bool(check.check(built, [RULES["api-timeout-exceeded"]])) is is_told


LONG = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  {name}:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: {handler}
      CodeUri: {code}
      Timeout: 300
      Events:
        Post: {{Type: HttpApi, Properties: {{Path: /, Method: post}}}}
"""


@pytest.mark.parametrize(
    ("name", "handler", "code", "template", "is_told"),
    [
        ("Orders", "app.handler", "src/", "template.yaml", True),
        ("MockOrders", "app.handler", "src/", "template.yaml", False),
        ("OrdersStub", "app.handler", "src/", "template.yaml", False),
        ("FakeOrders", "app.handler", "src/", "template.yaml", False),
        ("Orders", "mock_orders.handler", "src/", "template.yaml", False),
        ("Orders", "app.handler", "lambdas/orders-mocked/", "template.yaml", False),
        ("Orders", "app.handler", "src/", "apps/mock-target/template.yaml", False),
        ("Orders", "app.handler", "src/", "tests/integration/template.yaml", False),
        # Words that only begin so, and what looks for fakes.
        ("MockupMaker", "mockups.handler", "src/", "template.yaml", True),
        ("Stubble", "app.handler", "src/hammock/", "template.yaml", True),
        ("FakeNews", "fake_reviews.handler", "src/", "template.yaml", True),
    ],
)
def test_what_stands_for_another_service_in_tests_may_take_its_time(
    name: str, handler: str, code: str, template: str, is_told: bool
) -> None:
    text = LONG.format(name=name, handler=handler, code=code)
    built = project.build(MemoryTree({template: text}), (), Catalog(), date(2026, 11, 23))
    assert bool(check.check(built, [RULES["api-timeout-exceeded"]])) is is_told


ANSWERING = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Other:
    Type: AWS::Serverless::Function
    Properties: {Runtime: python3.13, Handler: other.handler, CodeUri: src/}
  Report:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src/
      FunctionName: report
      Timeout: 900
      Environment: {Variables: {SELF: report, OTHER: !Ref Other}}
      Events:
        Post: {Type: HttpApi, Properties: {Path: /, Method: post}}
"""
HANDING_ON = """\
import os, boto3
client = boto3.client("lambda")
def handler(event, context):
    if "Records" in event:
        return work(event)
    client.%s
    return {"statusCode": 202}
"""


@pytest.mark.parametrize(
    ("call", "is_told"),
    [
        ('invoke(FunctionName=context.function_name, InvocationType="Event")', False),
        ('invoke(FunctionName=os.environ["SELF"], InvocationType="Event")', False),
        ("invoke_async(FunctionName=context.function_name, InvokeArgs=b'{}')", False),
        # It waits for the answer, or may.
        ("invoke(FunctionName=context.function_name)", True),
        ('invoke(FunctionName=context.function_name, InvocationType="RequestResponse")', True),
        ('invoke(FunctionName=context.function_name, InvocationType=event["how"])', True),
        # Another function has its own timeout.
        ('invoke(FunctionName=os.environ["OTHER"], InvocationType="Event")', True),
        ('invoke(FunctionName=event["function"], InvocationType="Event")', True),
    ],
)
def test_nobody_waits_for_what_a_function_hands_to_itself(call: str, is_told: bool) -> None:
    files = {"template.yaml": ANSWERING, "src/app.py": HANDING_ON % call}
    built = project.build(MemoryTree(files), (), Catalog(), date(2026, 11, 23))
    assert bool(check.check(built, [RULES["api-timeout-exceeded"]])) is is_told


INVOKING = """\
import os, boto3
client = boto3.client("lambda")
def handler(event, context):
    client.%s
"""
FROM_VARIABLE = 'FunctionName=os.environ["REPORT"]'


def invoked_by_another(call: str, named: str = "!Ref Report", own: str = "report") -> bool:
    """Whether the timeout is told of a function that another one invokes."""
    text = ANSWERING.replace("FunctionName: report", f"FunctionName: {own}")
    text = text.replace(
        "Handler: other.handler, CodeUri: src/",
        f"Handler: other.handler, CodeUri: src/, Environment: {{Variables: {{REPORT: {named}}}}}",
    )
    alone = "def handler(event, context): ..."
    files = {"template.yaml": text, "src/app.py": alone, "src/other.py": INVOKING % call}
    built = project.build(MemoryTree(files), (), Catalog(), date(2026, 11, 23))
    return bool(check.check(built, [RULES["api-timeout-exceeded"]]))


@pytest.mark.parametrize(
    ("call", "is_told"),
    [
        (f'invoke({FROM_VARIABLE}, InvocationType="Event")', False),
        ('invoke(FunctionName=os.getenv("REPORT"), InvocationType="Event")', False),
        ('invoke(FunctionName="report", InvocationType="Event")', False),
        (f"invoke_async({FROM_VARIABLE}, InvokeArgs=b'{{}}')", False),
        # It waits for the answer, or may; or invokes something else.
        (f"invoke({FROM_VARIABLE})", True),
        (f'invoke({FROM_VARIABLE}, InvocationType=event["how"])', True),
        ('invoke(FunctionName="reports", InvocationType="Event")', True),
        ('invoke(FunctionName=event["function"], InvocationType="Event")', True),
        ("get_function(FunctionName='report')", True),
    ],
)
def test_nobody_waits_for_what_another_function_hands_on(call: str, is_told: bool) -> None:
    assert invoked_by_another(call) is is_told


@pytest.mark.parametrize(
    ("named", "own", "is_told"),
    [
        ("report", "report", False),
        ("!GetAtt Report.Arn", "report", False),
        ('!Sub "report-${Stage}"', '!Sub "report-${Stage}"', False),
        ('!Sub "shop-${Stage}-report"', '!Sub "shop-${Stage}-report"', False),
        ('!Sub "export-${Stage}"', '!Sub "report-${Stage}"', True),
        ("!Ref Stage", "!Ref Other", True),
    ],
)
def test_a_variable_names_the_function_as_it_is_called(named: str, own: str, is_told: bool) -> None:
    call = f'invoke({FROM_VARIABLE}, InvocationType="Event")'
    assert invoked_by_another(call, named, own) is is_told


ANSWERED = "        return {'statusCode': 500, 'body': json.dumps({'error': str(error)})}\n"


PUBLISHED = LOGGED + "        sns.publish(TopicArn='x', Message=str(error))\n" + ANSWERED
EACH = "    for one in event['Records']:\n"
IN_LOOP = "        try:\n            work(one)\n        except Exception:\n            pass\n"


@pytest.mark.parametrize(
    "body",
    [
        TRY + LOGGED,
        TRY + LOGGED + ANSWERED,
        TRY + "    except:\n        pass\n",
        TRY + "    except (ValueError, Exception):\n        pass\n",
        TRY + "    except BaseException:\n        print('no')\n    return {'ok': True}\n",
        TRY + "    except ValueError:\n        return None\n" + LOGGED,
        "    'What it does.'\n    logger.info('called')\n    done = 0\n" + TRY + LOGGED,
        TRY + LOGGED + "    finally:\n        logger.info('done')\n",
        # The failure is told elsewhere.
        TRY + PUBLISHED,
        TRY + LOGGED + "        boto3.client('sns').publish(TopicArn='x', Message='no')\n",
        TRY + LOGGED + "        requests.post('https://example.com', json={}, timeout=3)\n",
        TRY + LOGGED + "        import traceback\n        traceback.print_exc()\n",
        # The event is read, and what was found answered, outside.
        "    key = event['Records'][0]\n" + TRY + LOGGED,
        "    told = json.loads(event['Records'][0]['Sns']['Message'])\n" + TRY + LOGGED,
        "    if not event.get('Records'):\n        return {'ok': False}\n" + TRY + LOGGED,
        "    name = os.environ['NAME'].lower()\n" + TRY + LOGGED,
        "    table = boto3.resource('dynamodb').Table('x')\n" + TRY + LOGGED,
        TRY + LOGGED + "    return {'statusCode': 200, 'body': json.dumps({})}\n",
        # Several, in a loop, one in the other, or in something else.
        TRY + LOGGED + TRY + PUBLISHED,
        EACH + IN_LOOP,
        EACH + IN_LOOP + "    return {'ok': True}\n",
        "    with tracer.provider.in_subsegment('x'):\n" + indent(TRY + LOGGED, "    "),
        "    with suppress(Exception):\n        work(event)\n",
        "    if event:\n        with suppress(KeyError, Exception):\n            work(event)\n",
        "    def run():\n        work(event)\n    try:\n        run()\n" + LOGGED,
        # What stands behind is never run.
        "    logger.info('nothing')\n    return\n    work(event)\n",
    ],
)
def test_nothing_is_said_of_a_handler_that_lets_no_error_out(body: str) -> None:
    assert not told_of_uploads(body)


INNER = "def run(event):\n" + TRY + LOGGED + "\n"
CATCHING = (
    "def catching(function):\n    def wrapper(event, context):\n        try:\n"
    "            return function(event, context)\n        except Exception as error:\n"
    "            logger.exception(error)\n    return wrapper\n"
)
MAKING = (
    "def making(name):\n    def catching(function):\n        @functools.wraps(function)\n"
    "        def wrapper(event, context):\n            try:\n                return function(event)\n"
    "            except Exception:\n                return {'statusCode': 500}\n"
    "        return wrapper\n    return catching\n"
)
TELLING = "def tell(error):\n    sns.publish(TopicArn='x', Message=str(error))\n"


ASYNC = INNER.replace("def run", "async def run").replace("work(event)", "await work(event)")
LOOP = (
    "    loop = asyncio.new_event_loop()\n    asyncio.set_event_loop(loop)\n    try:\n"
    "        return loop.run_until_complete(run(event))\n    finally:\n        loop.close()\n"
)
GATHERED = "async def all_of(event):\n    await asyncio.gather(*(run(one) for one in event['Records']))\n\n"
SET_UP = (
    "def started():\n    log = logging.getLogger()\n    log.setLevel(logging.INFO)\n"
    "    written = logging.StreamHandler()\n    written.setFormatter(logging.Formatter('%(message)s'))\n"
    "    log.addHandler(written)\n    return log\n\n"
)
ANSWER = (
    "def answered(status, body):\n    print(status, clean(body))\n    return {'statusCode': status, "
    "'headers': {}, 'body': json.dumps(body, default=str)}\n\n\ndef clean(body):\n"
    "    return {key: value for key, value in body.items() if key.lower() != 'token'}\n\n"
)


@pytest.mark.parametrize(
    ("body", "above"),
    [
        ("    return run(event)\n", INNER),
        ("    for one in event['Records']:\n        run(one)\n", INNER),
        ("    return list(map(run, event['Records']))\n", INNER),
        ("    return run(event)\n", INNER.replace("def run", "@staticmethod\ndef run")),
        ("    work(event)\n", CATCHING + "@catching\n"),
        ("    work(event)\n", "import functools\n" + MAKING + "@making('x')\n"),
        (TRY + LOGGED, "@logger.inject_lambda_context\n@tracer.capture_lambda_handler()\n"),
        (TRY + LOGGED + "        tell(error)\n", TELLING),
        (TRY + LOGGED + "        tell(error)\n", "from telling import tell\n"),
        (TRY + LOGGED + "        telling.tell(error)\n", "import telling\n"),
        # What only runs it is neither here nor there.
        ("    return asyncio.run(run(event))\n", "import asyncio\n" + ASYNC),
        (
            "    return asyncio.get_event_loop().run_until_complete(run(event))\n",
            "import asyncio\n" + ASYNC,
        ),
        (LOOP, "import asyncio\n" + ASYNC),
        ("    return go(run(event))\n", "from asyncio import run as go\n" + ASYNC),
        ("    asyncio.run(all_of(event))\n", "import asyncio\n" + ASYNC + GATHERED),
        # What is set up ahead only writes things down, or answers.
        (
            "    log = started()\n"
            + TRY
            + "    except Exception as error:\n        log.error(error)\n",
            SET_UP,
        ),
        (
            "    found = PATTERN.search(event['a'])\n" + TRY + LOGGED,
            "import re\nPATTERN = re.compile('a')\n",
        ),
        (TRY + LOGGED + "        return answered(500, {'error': str(error)})\n", ANSWER),
        ("    if not event.get('a'):\n        return answered(400, {})\n" + TRY + LOGGED, ANSWER),
    ],
)
def test_it_is_followed_into_the_functions_and_decorators_of_the_project(
    body: str, above: str
) -> None:
    telling = "import boto3\nsns = boto3.client('sns')\n" + TELLING
    assert not told_of_uploads(body, above, telling=telling)


@pytest.mark.parametrize(
    ("body", "above"),
    [
        ("    work(event)\n", ""),
        ("    ...\n", ""),
        (TRY + "    except ValueError:\n        return None\n", ""),
        (TRY + LOGGED + "        raise\n", ""),
        (TRY + LOGGED + "        raise RuntimeError from error\n", ""),
        (TRY + "    except ValueError:\n        raise\n" + LOGGED, ""),
        (TRY + LOGGED + "        fail(error)\n", ""),
        (TRY + LOGGED + "        sys.exit(1)\n", ""),
        (TRY + LOGGED + "        answer.raise_for_status()\n", ""),
        (TRY + LOGGED + "        if retried(error):\n            raise\n", ""),
        (TRY + LOGGED + "        tell(error)\n", "def tell(error):\n    raise error\n"),
        (TRY + LOGGED + "        tell(error)\n", "from elsewhere import tell\n"),
        (TRY + LOGGED + "    else:\n        send(event)\n", ""),
        (TRY + "    finally:\n        logger.info('done')\n", ""),
        ("    with suppress(ValueError):\n        work(event)\n", ""),
        (TRY + LOGGED, "@retry(3)\n"),
        (TRY + LOGGED, "from elsewhere import twice\n@twice\n"),
        ("    return run(event)\n", INNER + "        raise\n"),
        ("    return run(event)\n", INNER.replace("def run", "@retry(3)\ndef run")),
        ("    if event:\n        return\n    work(event)\n", ""),
        ("    return asyncio.run(run(event))\n", "import asyncio\n" + ASYNC + "        raise\n"),
        ("    return asyncio.run(elsewhere(event))\n", "import asyncio\n"),
        (
            "    asyncio.run(run(event))\n",
            "import asyncio\nasync def run(event):\n    await work(event)\n",
        ),
        (
            "    mine = copy.copy(sns)\n    mine.publish(Message=event['a'])\n",
            "import copy\n",
        ),
        ("    logging.FileHandler('/mnt/a').emit(event)\n", ""),
        # To tidy up, or to log, is not to tell.
        (TRY + LOGGED + "        os.remove('/tmp/a')\n        raise\n", ""),
        (TRY + LOGGED + "        raise Reported(publish(error)) from error\n", ""),
        (
            TRY + LOGGED + "        report(error)\n        raise\n",
            "def report(error):\n    print(error)\n\n",
        ),
    ],
)
def test_a_handler_that_lets_errors_out_loses_its_events(body: str, above: str) -> None:
    (finding,) = told_of_uploads(body, above)
    assert "is dropped with no trace but in the log" in finding.message
    assert (finding.severity, finding.fix is not None) == (WARNING, True)


@pytest.mark.parametrize(
    "body",
    [
        TRY + LOGGED + "    send(event)\n",
        "    session.get('https://example.com')\n" + TRY + LOGGED,
        "    requests.Session().get('https://example.com')\n" + TRY + LOGGED,
        "    requests.get('https://example.com')\n" + TRY + LOGGED,
        "    with open('/tmp/x') as file:\n        file.read()\n" + TRY + PUBLISHED,
        EACH + IN_LOOP + "    sns.publish(TopicArn='x', Message='done')\n",
        "    partly(event)\n",
        "    'What it does.'\n    return asyncio.run(partly_so(event))\n",
    ],
)
def test_what_is_caught_of_a_part_leaves_a_trace_and_is_shown(body: str) -> None:
    partly = f"def partly(event):\n{TRY}{LOGGED}    send(event)\n\n"
    waiting = partly.replace("def partly", "async def partly_so")
    (finding,) = told_of_uploads(body, f"import asyncio\n{partly}{waiting}")
    assert "is dropped:" in finding.message
    assert finding.related[-1].span.path == "src/app.py"
    assert "caught, and not raised again" in finding.related[-1].message


KEPT = (
    "except Exception as error:\n        problems.append(str(error))",
    "except Exception as error:\n        print('no', error)",
    "except Exception as error:\n        return {'error': repr(error)}",
    "except Exception:\n        failed.append(event['key'])",
    "except Exception:\n        logger.exception('no')",
    "except Exception:\n        logger.warning('no', exc_info=True)",
    "except Exception:\n        print(traceback.format_exc())",
)
LOST = (
    "except Exception:\n        pass",
    "except Exception:\n        logger.warning('no')",
    "except Exception as error:\n        return None",
    "except:\n        count += 1",
)


@pytest.mark.parametrize(
    ("clause", "kept"), [*((c, True) for c in KEPT), *((c, False) for c in LOST)]
)
def test_what_is_caught_is_kept_nowhere_only_where_nothing_is_done_with_it(
    clause: str, kept: bool
) -> None:
    body = f"{TRY}    {clause}\n    send(event)\n"
    (finding,) = told_of_uploads(body)
    assert "is dropped:" in finding.message
    said = finding.related[-1].message
    assert said.startswith("what fails here is caught, and not raised again: it counts as done")
    assert ("kept nowhere" in said) is not kept


def test_of_several_clauses_one_that_keeps_nothing_is_shown() -> None:
    body = f"{TRY}    {KEPT[0]}\n{TRY}    {LOST[0]}\n    send(event)\n"
    (finding,) = told_of_uploads(body)
    assert "kept nowhere" in finding.related[-1].message


@pytest.mark.parametrize(
    "told",
    [
        "sns.publish(TopicArn='x', Message=str(error))",
        "sns.publish(TopicArn='x')\n        logger.exception('no')",
        "requests.post('https://example.com', json={'error': str(error)}, timeout=3)",
        "boto3.client('ses').send_email(Source='a')",
        "tell(error)",
        "around(error)",
        "if error.args:\n            tell(error)",
    ],
)
@pytest.mark.parametrize("raised", ["raise", "raise RuntimeError('no') from error"])
def test_what_is_told_and_raised_again_leaves_a_trace(told: str, raised: str) -> None:
    body = f"{TRY}    except Exception as error:\n        {told}\n        {raised}\n"
    around = "def around(error):\n    back(error)\n\n\ndef back(error):\n    around(error)\n    tell(error)\n\n"
    (finding,) = told_of_uploads(body, TELLING + around)
    assert "is dropped:" in finding.message
    assert finding.severity is WARNING
    assert finding.related[-1].message.startswith("what fails here is told, and raised again")


@pytest.mark.parametrize(
    ("template", "code"),
    [
        (UPLOADED.replace("python3.13", "nodejs22.x"), "def handler(event, context): work(event)"),
        (UPLOADED.replace("app.handler", "other.handler"), "def handler(event, context): work()"),
        (UPLOADED, "def handler(event, context): work(\n"),
    ],
)
def test_of_code_that_is_not_read_it_is_information_that_says_so(template: str, code: str) -> None:
    tree = MemoryTree({"template.yaml": template, "src/app.py": code})
    built = project.build(tree, (), Catalog(), date(2026, 11, 23))
    (finding,) = check.check(built, [RULES["missing-failure-destination"]])
    assert "if its code, which lamlint has not read, lets errors out" in finding.message
    assert finding.severity is INFORMATION


@pytest.mark.parametrize("body", ["    work(event)\n", TRY + LOGGED])
def test_the_code_of_an_image_that_is_here_is_read(body: str) -> None:
    lines = UPLOADED.partition("      Events:")
    template = (
        lines[0].partition("      Runtime")[0]
        + "      PackageType: Image\n      ImageConfig: {Command: [app.handler]}\n"
        + lines[1]
        + lines[2]
        + "    Metadata: {DockerContext: src, Dockerfile: Dockerfile}\n"
    )
    tree = MemoryTree(
        {
            "template.yaml": template,
            "src/Dockerfile": "FROM public.ecr.aws/lambda/python:3.13\nCOPY app.py ./\n",
            "src/app.py": f"def handler(event, context):\n{body}",
        }
    )
    built = project.build(tree, (), Catalog(), date(2026, 11, 23))
    found = check.check(built, [RULES["missing-failure-destination"]])
    assert [one.severity for one in found] == ([] if "try" in body else [WARNING])


def test_of_several_functions_only_those_that_can_fail_are_listed() -> None:
    function = UPLOADED.partition("Resources:\n")[2]
    ending = function.replace("Resize", "Ending").replace("app.", "ending.")
    tree = MemoryTree(
        {
            "template.yaml": UPLOADED.replace(function, ending + function)
            + function.replace("Resize", "Second"),
            "src/app.py": "def handler(event, context):\n    work(event)\n",
            "src/ending.py": "def handler(event, context):\n" + TRY + LOGGED,
        }
    )
    built = project.build(tree, (), Catalog(), date(2026, 11, 23))
    (one,) = told_once(check.check(built, [RULES["missing-failure-destination"]])).values()
    assert one.subjects == ("Resize", "Second")


def test_how_failures_are_kept_where_the_tool_has_no_setting_for_it() -> None:
    code = (
        "import boto3\nfrom chalice import Chalice\n\napp = Chalice(app_name='resize')\n\n\n"
        "@app.on_s3_event(bucket='uploads')\ndef resize(event):\n"
        "    boto3.client('s3').delete_object(Bucket='b', Key=event.key)\n"
    )
    files = {".chalice/config.json": '{"version": "2.0", "app_name": "resize"}', "app.py": code}
    built = project.build(MemoryTree(files), (), Catalog(), date(2026, 11, 23))
    (finding,) = check.check(built, [RULES["missing-failure-destination"]])
    assert "put-function-event-invoke-config" in finding.message
    assert finding.message.endswith("Chalice has no setting for it")
    assert finding.fix is None
