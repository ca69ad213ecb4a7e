"""Which rules look at what: at what an author deploys.

Not at functions that a library adds to a template, unless a rule asks for them; nor at what
only tests deploy, or nobody, unless a rule sees every module.
"""

from __future__ import annotations

from lamlint.files import kinds
from lamlint.model import EventSource, Function, Role
from lamlint.packages import Package
from lamlint.project import Project
from lamlint.python import Handler, Module
from lamlint.rule import Rule


def concerns(project: Project, rule: Rule, subject: object) -> bool:
    """Whether a rule looks at a subject."""
    if isinstance(subject, Module):
        return _concerns_module(project, rule, subject)
    functions = _functions(project, subject)
    if not functions:
        return True
    if not rule.libraries and all(function.library for function in functions):
        return False
    return rule.sees_every_module or not _is_tested(project, functions, subject)


def _concerns_module(project: Project, rule: Rule, module: Module) -> bool:
    """Whether a module's text holds one of the rule's words.

    A rule that does not see every module sees what functions can import.
    """
    inline = module.source.host is not None
    if not rule.sees_every_module and not inline and not project.declared(module.path):
        return False
    return not rule.mentions or any(word.decode() in module.source.text for word in rule.mentions)


def _functions(project: Project, subject: object) -> tuple[Function, ...]:
    """The functions that a subject belongs to."""
    match subject:
        case Function():
            return (subject,)
        case Handler():
            return subject.functions
        case Package():
            return (subject.function,)
        case EventSource():
            return tuple(one for one in project.functions if one.id == subject.function)
        case Role():
            return project.users(subject)
        case _:
            return ()


def _is_tested(project: Project, functions: tuple[Function, ...], subject: object) -> bool:
    """Whether only templates of tests, what is set aside or what is unused declare a subject.

    A handler's code may lie elsewhere.
    """
    if isinstance(subject, Handler):
        code = subject.module.path
        if not (project.is_test(code) or project.is_kept(code)):
            return False
    templates = {function.template for function in functions if function.deployed}
    return all(kinds.is_test(one) or project.is_kept(one) for one in templates)
