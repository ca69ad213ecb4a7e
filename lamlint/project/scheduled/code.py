"""Schedules that code makes or has: scripts with boto3, and DAGs of Airflow."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from lamlint.model import UNTOLD
from lamlint.model.unix_cron import expressions
from lamlint.project.scheduled.schedules import Scheduled, name_in
from lamlint.project.scheduled.written import Called, Written, calls
from lamlint.python.module.facts import tree as parsed
from lamlint.text import Source, Span, Tree, Unread

WORDS = (b"ScheduleExpression", b"schedule_interval", b"airflow")
_PRESETS = {
    "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0", "@monthly": "0 0 1 * *", "@quarterly": "0 0 1 */3 *",
    "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *",
}  # fmt: skip
"""Source: Airflow's documentation, "Cron & time intervals", read on 2026-11-30."""
_OPERATORS = frozenset(
    {"LambdaInvokeFunctionOperator", "AwsLambdaInvokeFunctionOperator"},
)
_MOST = 100
"""As many calls are looked at of a function that makes tasks."""
_TOO_MUCH = "only in part: the names of its schedules are put together of too much"


def of_code(source: Source, tree: Tree) -> Iterator[Scheduled]:
    """What a module schedules: by the calls of boto3 that make schedules, or as a DAG."""
    module = parsed(source)
    if module is None:
        return
    found, written = list(calls(module)), Written.of(module)
    yield from _by_boto3(found, written, source)
    yield from _by_dag(found, written, source)
    if written.budget.refused:
        tree.unread.add(Unread(source.span(0, 0), _TOO_MUCH))


# --- boto3


def _by_boto3(found: Sequence[Called], written: Written, source: Source) -> Iterator[Scheduled]:
    rules: dict[str, Called] = {}
    for one in found:
        if one.name == "put_rule" and "EventPattern" not in one.given:
            rules[written.text(one.given.get("Name"))] = one
    for one in found:
        if one.name in ("create_schedule", "update_schedule"):
            yield from _made(one, one.given.get("Target"), written, source)
        elif one.name == "put_targets":
            name = written.text(one.given.get("Rule"))
            rule = rules.get(name) if UNTOLD not in name else None
            if rule is not None:
                yield from _made(rule, one.given.get("Targets"), written, source)


def _made(
    call: Called, targets: ast.expr | None, written: Written, source: Source
) -> Iterator[Scheduled]:
    """The functions that a schedule runs that a call makes."""
    expression = written.text(call.given.get("ScheduleExpression"))
    state = written.text(call.given.get("State")) or "ENABLED"
    if not expression or UNTOLD in expression or state != "ENABLED" or call.again:
        return
    for target in targets.elts if isinstance(targets, (ast.List, ast.Tuple)) else [targets]:
        if isinstance(target, ast.Dict):
            held = zip(target.keys, target.values, strict=True)
            arns = (written.text(value) for key, value in held if written.text(key) == "Arn")
            for arn in (one for one in arns if ":function:" in one):
                yield Scheduled(name_in(arn), (expression,), _span(call, source), waits=False)


# --- Airflow


def _by_dag(found: Sequence[Called], written: Written, source: Source) -> Iterator[Scheduled]:
    """What the tasks of the one DAG of a module invoke, each once in a run."""
    dags = [one for one in found if one.name in ("DAG", "dag")]
    if len(dags) != 1:
        return
    given = dags[0].given
    cron = written.text(given.get("schedule", given.get("schedule_interval")))
    every = expressions(_PRESETS.get(cron, cron))
    by_name: dict[str, list[Called]] = {}
    for one in found:
        by_name.setdefault(one.name, []).append(one)
    invoked = [pair for one in found if every for pair in _invoked(one, by_name, written)]
    names = Counter(name for _, name in invoked)
    for one, name in invoked:
        if names[name] == 1 and name and not one.again:
            waits = written.text(one.given.get("InvocationType")) != "Event"
            yield Scheduled(name, every, _span(one, source), waits)


def _invoked(
    call: Called, by_name: Mapping[str, Sequence[Called]], written: Written
) -> Iterator[tuple[Called, str]]:
    """The functions that a call invokes, with the call that has it do so."""
    if call.name in _OPERATORS:
        named = call.given.get("function_name")
    elif call.name == "invoke":
        named = call.given.get("FunctionName")
    else:
        return
    around = written.functions.get(call.function)
    making = by_name.get(call.function, ())[:_MOST]
    if around is None or not making:
        yield call, name_in(written.text(named))
        return
    for one in making:
        within = written.within(around, one.node)
        told = call if call.again else one
        yield told, "" if within is None else name_in(within.text(named))


def _span(call: Called, source: Source) -> Span:
    node = call.node
    last = node.end_lineno or node.lineno
    start = source.offset(node.lineno, node.col_offset + 1)
    return source.span(start, source.offset(last, (node.end_col_offset or 0) + 1))
