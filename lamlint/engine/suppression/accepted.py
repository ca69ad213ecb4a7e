"""What a function is let stand by, for a scanner that has a check of the same meaning.

checkov and others are told so at the function: in a comment, or in its metadata.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lamlint.model import Function
from lamlint.project import Project
from lamlint.rule import Rule
from lamlint.text import Finding, Source
from lamlint.text.regex import Regex

_LET = Regex(
    r"checkov:skip=([\w.]{1,40})"
    r"""|["']?\bid["']?[ \t]*[:=][ \t]*["'](?:[A-Za-z0-9.]+-)?([\w.]{1,40})["']"""
    r"""|\bid:[ \t]*(?:[A-Za-z0-9.]+-)?([\w.]{1,40})"""
    r"""|SuppressedRules["']?:[\s\[-]*["']?(\w{1,40})"""
)
"""A check that is skipped: of checkov, of cdk-nag and cfn-nag, of CloudFormation Guard."""


def is_accepted(finding: Finding, rules: Mapping[str, Rule], project: Project) -> bool:
    """Whether the function that a finding is about is let stand by another scanner's mark."""
    rule = rules.get(finding.rule)
    if rule is None or not rule.marks:
        return False
    path = finding.span.path
    if not project.tree.mentions(path, tuple(mark.encode() for mark in rule.marks)):
        return False
    source = project.tree.read(path)
    return isinstance(source, Source) and any(
        not _marks(source, one).isdisjoint(rule.marks) for one in _about(finding, project.functions)
    )


def _about(finding: Finding, functions: Sequence[Function]) -> list[Function]:
    """The functions within whose resources a finding stands."""
    at = finding.span
    return [
        one
        for one in functions
        if one.block.path == at.path and one.block.start <= at.start < one.block.end
    ]


def _marks(source: Source, function: Function) -> frozenset[str]:
    """The checks that are skipped for a function."""
    text = source.text[function.block.start : function.block.end]
    return frozenset(name for found in _LET.finditer(text) for name in found.groups() if name)
