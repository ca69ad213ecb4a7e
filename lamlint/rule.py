"""How a rule is written: a generator of findings, and the page in its docstring.

    \"\"\"What it reports, in one sentence.

    ## Why this matters
    ...
    \"\"\"

    @rule(severity=WARNING, since="0.1.0")
    def check(function: Function, project: Project) -> Iterator[Finding]:
        ...

The file's name is the rule's name, its folder the family; the type of the
first parameter is the subject. Nothing else registers a rule.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any, TypeVar

from lamlint.text import Finding, Safety, Severity
from lamlint.text.dataclass import dataclass

INFORMATION = Severity.INFORMATION
WARNING = Severity.WARNING
ERROR = Severity.ERROR

Check = TypeVar("Check", bound=Callable[..., Iterable[Finding]])


class Tier(Enum):
    """Who runs a rule."""

    DEFAULT = "default"
    STRICT = "strict"
    """An opinion; off unless selected."""
    PREVIEW = "preview"
    """May change or be wrong; off unless selected."""


class Subject(Enum):
    """What a rule looks at, named like the type of its first parameter."""

    FUNCTION = "Function"
    HANDLER = "Handler"
    EVENT_SOURCE = "EventSource"
    ROLE = "Role"
    PACKAGE = "Package"
    MODULE = "Module"
    PROJECT = "Project"
    ENGINE = "engine"
    """The engine itself reports; the rule has a page, but no check."""


@dataclass(frozen=True)
class Rule:
    """A rule as the registry knows it.

    `fix` is the best grade of its fixes. `security` is the CVSS-like score
    (0.1 to 10) of a security rule. `mentions` is a filter on Module rules:
    only modules whose bytes hold one of these words are parsed for it.
    `libraries`: it also looks at functions that a library adds to a template.
    `sees_every_module`: it is shown every module and what only tests deploy,
    where others see what a deployed function can import. `secret`: its
    findings stand on a secret, which no output may show. `after`: the rule that
    is to be heeded first: while it tells of all that a finding follows from, the finding waits.
    `marks` are the checks of other scanners that mean the same: skipped there, it is let stand.
    """

    name: str
    family: str
    severity: Severity
    tier: Tier
    since: str
    subject: Subject
    check: Callable[..., Iterable[Finding]]
    options: Any
    fix: Safety | None
    security: float | None
    mentions: tuple[bytes, ...]
    page: str
    libraries: bool = False
    sees_every_module: bool = False
    secret: bool = False
    after: str = ""
    marks: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """The first sentence of the page."""
        return self.page.partition("\n")[0].strip()


ATTRIBUTE = "__lamlint_rule__"


def rule(
    *,
    severity: Severity,
    since: str,
    tier: Tier = Tier.DEFAULT,
    options: Any = None,
    fix: Safety | None = None,
    security: float | None = None,
    mentions: tuple[bytes, ...] = (),
    libraries: bool = False,
    sees_every_module: bool = False,
    secret: bool = False,
    after: str = "",
    marks: tuple[str, ...] = (),
) -> Callable[[Check], Check]:
    """Make a function the check of the rule that its module is.

    `options` is an instance of a frozen dataclass: the defaults of the rule's
    table `[tool.lamlint.rules.<name>]`. The check takes (subject, project),
    and the filled options as a third argument when there are any.
    """

    def decorate(check: Check) -> Check:
        subject = _subject(check, with_options=options is not None)
        family, name, page = _of_module(check.__module__)
        built = Rule(
            name=name,
            family=family,
            severity=severity,
            tier=tier,
            since=since,
            subject=subject,
            check=check,
            options=options,
            fix=fix,
            security=security,
            mentions=mentions,
            page=page,
            libraries=libraries,
            sees_every_module=sees_every_module,
            secret=secret,
            after=after,
            marks=marks,
        )
        setattr(check, ATTRIBUTE, built)
        return check

    return decorate


class RuleError(Exception):
    """A function under @rule that cannot be one; the sentence says why."""


def _subject(check: Callable[..., object], *, with_options: bool) -> Subject:
    """What a check looks at: the type of its first parameter."""
    code = check.__code__
    parameters = code.co_varnames[: code.co_argcount]
    kind = check.__annotations__.get(parameters[0]) if parameters else None
    # A class, unless the module has its annotations postponed.
    name = kind.rpartition(".")[2] if isinstance(kind, str) else getattr(kind, "__name__", "")
    known = [subject.value for subject in Subject if subject is not Subject.ENGINE]
    if name not in known:
        raise RuleError(
            f"the type of the first parameter of {check.__name__} says what the rule looks at, "
            f"and has to be one of {', '.join(known)}"
        )
    expected = 1 + (name != Subject.PROJECT.value) + with_options
    if len(parameters) != expected:
        named = [name.lower(), *(["project"] if name != Subject.PROJECT.value else [])]
        given = ", ".join([*named, *(["options"] if with_options else [])])
        raise RuleError(f"{check.__name__} is called with ({given}), and takes {len(parameters)}")
    return Subject(name)


def engine_rule(
    *, severity: Severity, since: str, module: str, fix: Safety | None = None
) -> Callable[..., Iterable[Finding]]:
    """A rule that the engine reports by itself; its module holds the page.

    check = engine_rule(severity=ERROR, since="0.1.0", module=__name__)
    """

    def check(_project: object) -> Iterable[Finding]:
        return ()

    family, name, page = _of_module(module)
    built = Rule(
        name=name,
        family=family,
        severity=severity,
        tier=Tier.DEFAULT,
        since=since,
        subject=Subject.ENGINE,
        check=check,
        options=None,
        fix=fix,
        security=None,
        mentions=(),
        page=page,
    )
    setattr(check, ATTRIBUTE, built)
    check.__module__, check.__qualname__ = module, check.__name__  # so that it can be pickled
    return check


def _of_module(module: str) -> tuple[str, str, str]:
    """The family, the name and the page of the rule that a module is."""
    package, _, name = module.rpartition(".")
    page = (sys.modules[module].__doc__ or "").strip()
    return package.rpartition(".")[2], name.replace("_", "-"), page
