"""The function runs on a runtime that AWS no longer supports.

## Why this matters

From the day a runtime is deprecated, AWS gives it no more security patches and
no support. Some weeks or months later no new function can be made on it, and
then none can be updated: a stack that still names it cannot be deployed again,
not even to repair something else.

The finding is a warning from the day of deprecation on, and an error from the
day on which functions can no longer be created. AWS has often moved days that
were still to come, mostly to a later one; so those are called projected here.

For a function that the AWS CDK adds to a synthesized template for its own
resources (a provider of custom resources, `LogRetention`, `BucketDeployment`,
…) it is information: the template is not the place to mend it, and a newer
aws-cdk-lib brings a newer runtime. No other rule looks at such functions, nor at
those that the Amplify CLI writes into its own templates, where the cure is a
newer CLI. Where `chalice package` wrote the template, which it does with the
version of Python that it runs on, the finding is information, too.

## Example

```yaml title="template.yaml"
Resources:
  Report:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.8
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
```

## Use instead

```yaml title="template.yaml"
Resources:
  Report:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.12
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
```

## Fix safety

Unsafe: the fix names the next version of Python that AWS supports for at least
another year. The code, and compiled dependencies, may need changes to run
there. Code for Node.js and other languages is not read, and has no fix: it may
use version 2 of the SDK (gone in nodejs18.x) or callbacks (gone in nodejs24.x).

Where a Python function surely imports a module that the next version no longer
has (`distutils`, `imp`, `asyncore`, `cgi`, ...), or uses what the runtime's SDK
no longer brings (`botocore.vendored.requests`), or its requirements.txt (or the
`fileName` that serverless-python-requirements installs from, or for Zappa one above that
asks for Zappa itself, as it packs the environment that it runs in, what each includes by
`-r`, or the poetry.lock that the plugin or a script exports), or that of a local
layer, pins a library to a version that does not run there or has no wheel for it,
the fix names the newest supported runtime that has neither
trouble; where there is no such runtime, there is no fix, and the finding says
what to replace first. Nor is there one in an app of the CDK v1, which has no
names for newer runtimes: it is moved to v2 first. Nor is there one where something
was made for an older Python: extension modules compiled for it
(`_psycopg.cpython-37m-….so`) in the code or in a layer, a layer's
`lib/python3.10/site-packages`, which no other version imports from, a layer that
SAM builds with `BuildMethod: python3.8`, or one with compiled or unknown content
whose `CompatibleRuntimes` (`compatible_runtimes` in Terraform) end before (in the
CDK any, which it refuses to other runtimes), what `pythonBin` of
serverless-python-requirements installs
(`python3.8`), or a layer of somebody else that is named for it
(`AWSSDKPandas-Python39`). The finding says what to rebuild or replace first. Nor where
the runtime is that of a parameter which does not allow the new one.

Of a layer whose content is not here (by an ARN, in S3) nothing may tell what it runs on:
the finding names such layers, and the fix leaves them as they are.

## References

- https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html#runtimes-deprecated
- https://docs.aws.amazon.com/lambda/latest/dg/runtimes-update.html
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from lamlint.catalog import Runtime
from lamlint.model import Function, Value
from lamlint.project import Project, unsaid
from lamlint.rule import ERROR, INFORMATION, WARNING, rule
from lamlint.text import Finding, Related, Safety, Severity, Span

if TYPE_CHECKING:
    from lamlint.project import Obstacle

PYTHON = "python3"
"""The family of the runtimes whose code is known."""

_OLD_PYTHON = "python2"
_CHALICE = "aws-chalice"
"""The tag of the functions in a template that Chalice writes."""


@rule(severity=WARNING, since="0.1.0", fix=Safety.UNSAFE, libraries=True)
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Look up every runtime the function may have; all have to be deprecated.

    What a parameter only allows counts where its default is no better, and is told where it
    has none.
    """
    if function.package_type.is_in(["Image"]):
        return
    for runtime in (function.runtime, function.runtime.taken):
        if runtime.all(lambda name: _deprecated(name, project) is not None):
            always = runtime is function.runtime
            taken = function.runtime.taken if function.runtime.taken.choices else runtime
            others = {one.value for one in function.runtime.choices if one not in taken.choices}
            for choice in taken.each():
                if function.library:
                    yield from _of_a_library(choice, function.library, project)
                elif _CHALICE in function.tags:
                    yield from _of_chalice(choice, project)
                else:
                    yield from _finding(choice, project, others, function.outdated, always=always)
            return


def _deprecated(name: str, project: Project) -> Runtime | None:
    runtime = project.catalog.runtimes.get(name)
    if runtime is None or runtime.deprecated is None or runtime.deprecated > project.today:
        return None
    return runtime


def _finding(
    choice: Value[str], project: Project, offered: Collection[str], outdated: str, *, always: bool
) -> Iterator[Finding]:
    """What is told of a runtime. `offered` is what else its parameter allows, and nothing more.

    `outdated` is what has to be moved to a newer version first.
    """
    runtime = _deprecated(choice.only, project)
    if runtime is None:
        return
    severity, consequence = _consequence(runtime, project.today)
    move = _move(choice, runtime, project)
    if outdated:
        first = f"{outdated} has no name for newer runtimes, so move to its next version, then "
        move = replace(move, target=None, to_do=f"{first}{move.to_do}")
    fix = None
    if move.target is not None and (not offered or move.target.name in offered):
        fix = choice.change(move.target.name, f"Move to {move.target.name}", Safety.UNSAFE)
    yield choice.finding(
        f"{runtime.name} is deprecated since {runtime.deprecated}, and {consequence}: {move.to_do}",
        fix=fix,
        severity=severity if always else min(severity, WARNING),
        related=(
            *(Related(one.span, f"{one.what} is needed here") for one in move.obstacles),
            *(Related(span, "this layer is needed, too") for span in move.away),
        ),
        cause=f"{choice.span.path} {runtime.name}{move.target.name if move.target else ''}",
        also=f"{runtime.name} is deprecated here, too: {move.to_do}",
    )


@dataclass(frozen=True)
class _Move:
    """Where to move, if that is known to run; what stands in the way of the usual successor."""

    target: Runtime | None
    to_do: str
    obstacles: tuple[Obstacle, ...] = ()
    away: Mapping[Span, str] = field(default_factory=dict)
    """The layers of which it is not known whether they run there, and their names."""


def _move(choice: Value[str], runtime: Runtime, project: Project) -> _Move:
    runtimes, day = project.catalog.runtimes, project.today
    successor = runtimes.successor(runtime, day)
    if successor is None and runtime.family == _OLD_PYTHON:
        return _Move(None, "move the code to Python 3, then to a python3 runtime")
    if successor is None:
        return _Move(None, "move to a runtime that is supported")
    if runtime.family != PYTHON:  # what the code needs is not looked at
        return _Move(None, f"move to {successor.name} when the code is ready for it")
    sharing = _sharing(choice, project)
    every = _obstacles(sharing, runtime, project)
    known = [one for one in every if not one.rebuilt]
    running = [
        other
        for other in runtimes.later(runtime, day)
        if not any(one.since <= other.version for one in known)
    ]
    target = successor if successor in running or not running else running[-1]
    replaced = tuple(one for one in known if one.since <= successor.version)
    rebuilt = tuple(one for one in every if one.rebuilt and one.since <= target.version)
    exchanged = tuple(one for one in rebuilt if one.elsewhere)
    ours = tuple(one for one in rebuilt if not one.elsewhere)
    other = (*(() if running else replaced), *exchanged)
    first = [f"replace {_told(other)}"] if other else []
    first += [f"rebuild {_told(ours)}"] if ours else []
    to_do = f"{', '.join([*first, 'then ' if first else ''])}move to {target.name}"
    apart = [one for one in sharing if not project.lookup_of(one).elsewhere]
    away = dict(layer for function in apart for layer in unsaid(function))
    to_do += _once_they_run(tuple(dict.fromkeys(away.values())))
    if replaced and running:
        to_do += f", because of {_told(replaced)}"
    return _Move(None if first else target, to_do, (*replaced, *rebuilt), away)


def _told(obstacles: Sequence[Obstacle]) -> str:
    """The first of what is in the way, and how much more there is: of one layer it is one."""
    places = {(one.span if one.rebuilt else one): one for one in reversed(obstacles)}
    first, *more = reversed(places.values())
    return f"{first}, and {len(more)} more" if more else str(first)


def _once_they_run(layers: Sequence[str]) -> str:
    """What is said of layers that may run on no newer Python, by their names."""
    if not layers:
        return ""
    named = [name for name in layers if name]
    more = f" and {len(layers) - 1} more" if len(layers) > 1 and named else ""
    said = f"the layer {named[0]}{more}" if named else "its layer"
    verb = "are" if more else "is"
    return f" once {said}, whose content is not here, {verb} known to run on it"


def _sharing(choice: Value[str], project: Project) -> Sequence[Function]:
    """The functions that take their runtime from the same place."""
    (place,) = (one.span for one in choice.choices)
    return [
        function
        for function in project.functions
        if any(one.span == place for one in function.runtime.choices)
    ]


def _obstacles(
    sharing: Sequence[Function], runtime: Runtime, project: Project
) -> tuple[Obstacle, ...]:
    """What stands in the way of any of some functions."""
    found = (one for function in sharing for one in project.obstacles(function))
    ahead = dict.fromkeys(one for one in found if runtime.version < one.since)
    first: dict[tuple[Span, str], Obstacle] = {}
    for one in sorted(ahead, key=lambda one: one.since):
        first.setdefault((one.span, one.what), one)  # what stands in the way goes on doing so
    return tuple(one for one in ahead if one in first.values())


def _of_a_library(choice: Value[str], library: str, project: Project) -> Iterator[Finding]:
    """What to do where the next synthesis would undo what is changed in the template."""
    runtime = _deprecated(choice.only, project)
    if runtime is not None:
        yield choice.finding(
            f"{runtime.name} is deprecated since {runtime.deprecated}, and this function is one "
            f"that {library} adds: move to a newer {library}, which brings a newer runtime",
            severity=INFORMATION,
            cause=choice.span.path,
        )


def _of_chalice(choice: Value[str], project: Project) -> Iterator[Finding]:
    """What to do where `chalice package` writes the template, by the Python that it runs on."""
    runtime = _deprecated(choice.only, project)
    if runtime is not None:
        yield choice.finding(
            f"{runtime.name} is deprecated since {runtime.deprecated}, and `chalice package` wrote "
            "it here, after the Python that it ran on: run it on a newer one",
            severity=INFORMATION,
            cause=choice.span.path,
        )


def _consequence(runtime: Runtime, today: date) -> tuple[Severity, str]:
    """How bad it is by now, and what it means."""
    create, update = runtime.create_blocked, runtime.update_blocked
    if update is not None and update <= today:
        return ERROR, f"functions on it can be neither created nor updated since {update}"
    later = f", and it is projected that none can be updated from {update}" if update else ""
    if create is not None and create <= today:
        return ERROR, f"no function can be created on it since {create}{later}"
    if create is not None:
        return WARNING, (
            "gets no security patches; "
            f"it is projected that no function can be created on it from {create}"
            + (f", and none updated from {update}" if update else "")
        )
    return WARNING, "gets no security patches"
