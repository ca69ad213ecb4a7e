"""Functions of Chalice whose decorator declares their trigger, and that catch what fails in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from lamlint import project
from lamlint.catalog import Catalog
from lamlint.engine import check
from lamlint.text import Finding
from tests.events.uploads import RULES
from tests.memory import MemoryTree

ABOVE = (
    "import boto3\nfrom chalice import Blueprint, Chalice, Cron, Rate\n"
    "from wrapping import repeated\n\napp = Chalice(app_name='resize')\n"
    "more = Blueprint(__name__)\napp.register_blueprint(more)\n"
    "s3 = boto3.client('s3')\n\n\n"
)
CAUGHT = (
    "    try:\n        s3.delete_object(Bucket='b', Key='k')\n        return {'ok': True}\n"
    "    except Exception as error:\n        print('no', error)\n        return {'ok': False}\n"
)
TRIGGERS = [
    "app.schedule(Rate(7, unit=Rate.DAYS))",
    "app.schedule(Cron(0, 6, '*', '*', '?', '*'))",
    "more.schedule(Rate(7, unit=Rate.DAYS))",
    "app.on_s3_event(bucket='uploads')",
    "app.on_sns_message(topic='up')",
    "app.on_cw_event({'source': ['aws.ec2']})",
]


def told(decorators: str, body: str) -> Sequence[Finding]:
    files = {
        ".chalice/config.json": '{"version": "2.0", "app_name": "resize"}',
        "app.py": f"{ABOVE}{decorators}\ndef resize(event):\n{body}",
    }
    built = project.build(MemoryTree(files), (), Catalog(), date(2026, 11, 23))
    return check.check(built, [RULES["missing-failure-destination"]])


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_nothing_is_lost_that_is_caught(trigger: str) -> None:
    assert not told(f"@{trigger}", CAUGHT)


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_what_gets_out_is_lost(trigger: str) -> None:
    assert told(f"@{trigger}", "    s3.delete_object(Bucket='b', Key='k')\n")
    assert told(f"@{trigger}", CAUGHT.replace("return {'ok': False}", "raise"))
    assert told(f"@{trigger}", CAUGHT.replace("except Exception", "except KeyError"))


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_another_decorator_may_do_anything(trigger: str) -> None:
    assert told(f"@{trigger}\n@repeated", CAUGHT)


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_nothing_is_lost_of_what_only_answers(trigger: str) -> None:
    assert not told(f"@{trigger}", "    return 'done'\n")
    assert not told(f"@{trigger}", "    print(event)\n    return 'done'\n")
    assert told(f"@{trigger}", "    ...\n")
    assert told(f"@{trigger}", "    return s3.list_buckets()\n")
    assert told(f"@{trigger}\n@repeated", "    return 'done'\n")
