"""A handler that lets no error out has no message fail, so a redrive policy gets next to nothing."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import project, registry
from lamlint.catalog import shared_catalog
from lamlint.engine import check
from lamlint.rule import INFORMATION, WARNING
from lamlint.text import Finding
from tests.events.handlers import CAUGHT, HEAD, LET_OUT
from tests.memory import MemoryTree

RULES = registry.load(plugins=False)
TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Index:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: %s
      Handler: app.handler
      CodeUri: src
      Events:
        Jobs: {Type: SQS, Properties: {Queue: !GetAtt Jobs.Arn%s}}
  Jobs: {Type: AWS::SQS::Queue}
"""
REPORTS = ", FunctionResponseTypes: [ReportBatchItemFailures]"


def told(body: str, runtime: str = "python3.13", more: str = "") -> Finding:
    files = {"template.yaml": TEMPLATE % (runtime, more), "src/app.py": HEAD + body}
    built = project.build(MemoryTree(files), (), shared_catalog(), date(2026, 11, 29))
    (one,) = check.check(built, [RULES["redrive-policy-missing"]])
    return one


@pytest.mark.parametrize("body", CAUGHT.values(), ids=CAUGHT)
def test_what_lets_no_error_out_only_fails_where_it_is_stopped(body: str) -> None:
    one = told(body)
    assert one.severity is INFORMATION
    assert "a message at which the function is stopped" in one.message
    assert one.related[-1].span.path == "src/app.py"


@pytest.mark.parametrize("body", LET_OUT.values(), ids=LET_OUT)
def test_what_lets_some_out_fails(body: str) -> None:
    assert told(body).severity is WARNING


EACH = """\
    failed = []
    answer = {"statusCode": 200}
    for record in event["Records"]:
        try:
            work(record)
        except Exception:
            failed.append({"itemIdentifier": record["messageId"]})
"""
SAYS_NONE = (
    "",
    "    return\n",
    "    return {}\n",
    "    return None\n",
    "    return {'failed': failed}\n",
    "    return {'statusCode': 500} if failed else None\n",
    "    answer['failed'] = failed\n    return answer\n",
    "    answer: dict = {'n': len(failed)}\n    print(answer)\n    return answer\n",
    "    return said(failed)\ndef said(failed):\n    return {'body': str(failed)}\n",
    "    def other():\n        return {'batchItemFailures': failed}\n    return answer\n",
)
MAY_SAY = (
    "    return {'batchItemFailures': failed}\n",
    "    return {'statusCode': 200, **other}\n",
    "    return {KEY: failed}\n",
    "    return dict(batchItemFailures=failed)\n",
    "    answer['batchItemFailures'] = failed\n    return answer\n",
    "    answer[KEY] = failed\n    return answer\n",
    "    answer.update(batchItemFailures=failed)\n    return answer\n",
    "    answer |= {'batchItemFailures': failed}\n    return answer\n",
    "    work(answer)\n    return answer\n",
    "    answer = other(failed)\n    return answer\n",
    "    return context\n",
    "    return OTHER\n",
    "    if failed:\n        return {'batchItemFailures': failed}\n    return {}\n",
    "    return said(failed)\ndef said(failed):\n    return {'batchItemFailures': failed}\n",
    "    return processor.response()\n",
    "    return json.dumps({'failed': failed})\n",
)


@pytest.mark.parametrize("answer", MAY_SAY)
def test_what_may_report_the_messages_that_failed_has_them_fail(answer: str) -> None:
    assert told(EACH + answer, more=REPORTS).severity is WARNING
    assert useless(EACH + answer, more=REPORTS) == []


@pytest.mark.parametrize("answer", SAYS_NONE)
def test_what_never_reports_them_has_none_fail_though_it_is_asked(answer: str) -> None:
    assert told(EACH + answer, more=REPORTS).severity is INFORMATION
    (one,) = useless(EACH + answer, more=REPORTS)
    assert "answer which items failed (batchItemFailures)" in one.message


def test_whether_it_is_asked_for_them_may_not_be_known() -> None:
    unknown = ", FunctionResponseTypes: !Ref Types"
    assert told(EACH, more=unknown).severity is WARNING
    assert useless(EACH, more=unknown) == []


def test_code_that_is_not_read_may_let_all_out() -> None:
    assert told(CAUGHT["all of it"], runtime="nodejs22.x").severity is WARNING


KEPT = TEMPLATE.replace(
    "  Jobs: {Type: AWS::SQS::Queue}\n",
    "  Jobs:\n    Type: AWS::SQS::Queue\n    Properties:\n"
    "      RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5}\n"
    "  Failed: {Type: AWS::SQS::Queue}\n",
)
NAMED = "\n      Environment: {Variables: {FAILED: !Ref Failed}}"


def useless(
    body: str, runtime: str = "python3.13", more: str = "", template: str = KEPT
) -> list[Finding]:
    files = {"template.yaml": template % (runtime, more), "src/app.py": HEAD + body}
    built = project.build(MemoryTree(files), (), shared_catalog(), date(2026, 11, 29))
    return list(check.check(built, [RULES["useless-failure-destination"]]))


@pytest.mark.parametrize("body", CAUGHT.values(), ids=CAUGHT)
def test_next_to_nothing_is_redriven_where_no_error_gets_out(body: str) -> None:
    (one,) = useless(body)
    assert one.severity is INFORMATION
    assert "a message of Jobs that fails counts as done and is deleted" in one.message
    assert [each.span.path for each in one.related] == ["template.yaml", "src/app.py"]


@pytest.mark.parametrize("body", LET_OUT.values(), ids=LET_OUT)
def test_what_gets_out_is_redriven(body: str) -> None:
    assert useless(body) == []


SENT = "sqs.send_message(QueueUrl='x', MessageBody=record['body'])"


@pytest.mark.parametrize(
    ("runtime", "more", "template"),
    [
        ("nodejs22.x", "", KEPT),
        ("python3.13" + NAMED, "", KEPT),
        ("python3.13", "", TEMPLATE),
    ],
)
def test_a_redrive_policy_may_get_what_the_handler_reports_or_sends(
    runtime: str, more: str, template: str
) -> None:
    assert useless(CAUGHT["a record at a time"], runtime, more, template) == []


def test_what_a_clause_sends_elsewhere_is_not_lost() -> None:
    body = (
        "    sqs = boto3.client('sqs')\n    for record in event['Records']:\n        try:\n"
        "            work(record)\n        except Exception:\n            CLAUSE\n"
    )
    for clause in (SENT, "table.put_item(Item=record)", "work(record)"):
        assert useless(body.replace("CLAUSE", clause)) == []
    assert len(useless(body.replace("CLAUSE", "print('no')"))) == 1
