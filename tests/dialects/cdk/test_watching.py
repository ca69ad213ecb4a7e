"""The alarms of a stack, and the functions whose errors they watch."""

from __future__ import annotations

import pytest

from lamlint.model import Function
from tests.dialects.cdk.stacks import project, stack

TWO = (
    "one = _lambda.Function(self, 'One', runtime=_lambda.Runtime.PYTHON_3_13,",
    "    handler='app.handler', code=_lambda.Code.from_asset('src'))",
    "two = _lambda.Function(self, 'Two', runtime=_lambda.Runtime.PYTHON_3_13,",
    "    handler='app.other', code=_lambda.Code.from_asset('src'))",
)
HELPER = """
    def watch(self, fn, name):
        fn.metric_errors(period=Duration.minutes(5)).create_alarm(
            self, f"{name}Errors", threshold=1, evaluation_periods=1)

    def watch_all(self, functions: dict):
        for name, fn in functions.items():
            errors = fn.metric_errors().create_alarm(self, f"{name}Alarm", threshold=1)
            errors.add_alarm_action(None)
"""
TOP = "\nfrom aws_cdk import aws_cloudwatch as cloudwatch\n"


def functions(*lines: str) -> tuple[Function, ...]:
    files = stack(*TWO, *lines, top=HELPER)
    text = files["stacks/album.py"].replace("\nSMALL = 1", f"{TOP}\nSMALL = 1")
    built = project({**files, "stacks/album.py": text})
    assert {one.name for one in built.functions} == {"One", "Two"}
    return built.functions


def watched(*lines: str) -> list[str]:
    return sorted(one.name for one in functions(*lines) if one.watched is not None)


@pytest.mark.parametrize(
    "line",
    [
        "one.metric_errors().create_alarm(self, 'A', threshold=1, evaluation_periods=1)",
        "cloudwatch.Alarm(self, 'A', metric=one.metric_errors(), threshold=1, evaluation_periods=1)",
        "cloudwatch.Alarm(self, 'A', metric=one.metric('Errors'), threshold=1)",
        "m = one.metric_errors()\nm.create_alarm(self, 'A', threshold=1)",
        "cloudwatch.Alarm(self, 'A', threshold=1, metric=cloudwatch.MathExpression(expression='e', "
        "using_metrics={'e': one.metric_errors()}))",
        "cloudwatch.Alarm(self, 'A', threshold=1, metric=cloudwatch.Metric(namespace='AWS/Lambda', "
        "metric_name='Errors', dimensions_map={'FunctionName': one.function_name}))",
        "cloudwatch.CfnAlarm(self, 'A', namespace='AWS/Lambda', metric_name='Errors', dimensions=["
        "cloudwatch.CfnAlarm.DimensionProperty(name='FunctionName', value=one.function_name)])",
        "self.watch(one, 'one')",
        "self.watch_all({'one': one})",
    ],
)
def test_an_alarm_watches_the_function_whose_errors_it_is_of(line: str) -> None:
    assert watched(*line.splitlines()) == ["One"]


@pytest.mark.parametrize(
    "line",
    [
        "for fn in [one, two]:\n"
        "    fn.metric_errors().create_alarm(self, fn.node.id + 'Errors', threshold=1)",
        "for n, fn in {'a': one, 'b': two}.items():\n"
        "    cloudwatch.Alarm(self, f'{n}Errors', metric=fn.metric_errors(), threshold=1)",
        "for n, fn in enumerate((one, two)):\n    self.watch(fn, str(n))",
        "self.watch(one, 'one')\nself.watch(two, 'two')",
        "self.watch_all({'one': one, 'two': two})",
        "self.watch_all(dict(one=one, two=two))",
        "held = {}\nheld['a'] = one\nheld['b'] = two\nself.watch_all(held)",
        "held = []\nheld.append(one)\nheld.append(two)\nfor fn in held:\n    self.watch(fn, fn.node.id)",
        "[self.watch(fn, str(n)) for n, fn in zip('ab', [one, two])]",
    ],
)
def test_so_do_those_of_a_loop_or_a_helper(line: str) -> None:
    assert watched(*line.splitlines()) == ["One", "Two"]


@pytest.mark.parametrize(
    ("lines", "tells"),
    [
        ("a = one.metric_errors().create_alarm(self, 'A', threshold=1)", False),
        (
            "a = one.metric_errors().create_alarm(self, 'A', threshold=1)\n"
            "a.add_alarm_action(actions.SnsAction(None))",
            True,
        ),
        (
            "a = cloudwatch.Alarm(self, 'A', metric=one.metric_errors(), threshold=1)\n"
            "a.add_ok_action(actions.SnsAction(None))",
            False,
        ),
        (
            "for a in [cloudwatch.Alarm(self, 'A', metric=one.metric_errors(), threshold=1)]:\n"
            "    a.add_alarm_action(actions.SnsAction(None))",
            True,
        ),
        ("self.watch_all({'one': one})", True),
        ("self.watch(one, 'one')", False),
    ],
)
def test_one_with_an_action_tells_somebody(lines: str, tells: bool) -> None:
    assert [one.alarmed for one in functions(*lines.splitlines()) if one.watched] == [tells]


@pytest.mark.parametrize(
    "line",
    [
        "both = cloudwatch.MathExpression(expression='a + b', using_metrics={"
        "'a': one.metric_errors(), 'b': two.metric_errors()})\n"
        "cloudwatch.Alarm(self, 'A', metric=both, threshold=1)\n"
        "cloudwatch.Alarm(self, 'B', metric=both, threshold=9)",
        "errors = one.metric_errors()\ncloudwatch.Alarm(self, 'A', metric=errors, threshold=1)\n"
        "cloudwatch.Alarm(self, 'B', threshold=1, metric=cloudwatch.MathExpression(expression='a', "
        "using_metrics={'a': errors, 'b': two.metric_errors()}))",
    ],
)
def test_so_do_several_of_the_same_metrics(line: str) -> None:
    assert watched(*line.splitlines()) == ["One", "Two"]


@pytest.mark.parametrize(
    "line",
    [
        "one.metric_errors()",
        "cloudwatch.GraphWidget(left=[one.metric_errors()])",
        "one.metric_duration().create_alarm(self, 'A', threshold=1, evaluation_periods=1)",
        "cloudwatch.Alarm(self, 'A', metric=one.metric('Duration'), threshold=1)",
        "cloudwatch.Alarm(self, 'A', threshold=1, metric=cloudwatch.Metric(namespace='Own', "
        "metric_name='Errors', dimensions_map={'FunctionName': one.function_name}))",
    ],
)
def test_what_is_no_alarm_or_of_no_errors_watches_none(line: str) -> None:
    assert watched(*line.splitlines()) == []
