"""Which folders of a project are modules that may declare functions, and who calls whom."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Mapping, Sequence

from lamlint.dialects.dialect import TERRAFORM
from lamlint.dialects.terraform.unused import unused
from lamlint.files.kinds import is_sample
from lamlint.files.paths import normal
from lamlint.text import Source, Tree
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

WORDS = (b"aws_lambda_function", b"/lambda/aws", b"terraform-aws-lambda")
"""One of these stands in every file that declares functions."""
_CALL = Regex(r"""\bsource["']?[ \t]{0,40}[=:][ \t]{0,40}"(\.\.?/[^"\r\n$]{0,400})\"""")
_HIDDEN = (".terraform/", ".terragrunt-cache/")


@dataclass(frozen=True)
class Modules:
    """The files of each folder that is a module, the folders that each calls, the unused ones."""

    files: Mapping[str, Sequence[str]]
    calls: Mapping[str, frozenset[str]]
    unused: frozenset[str] = frozenset()

    @property
    def roots(self) -> tuple[str, ...]:
        """The modules that no other calls, but for examples of their use; never none."""
        called = {
            one for caller, those in self.calls.items() for one in those
            if one != caller and not self.is_example(caller, one)
        }  # fmt: skip
        roots = tuple(folder for folder in self.files if folder not in called)
        return roots or tuple(self.files)[:1]  # or one of those that call each other

    def without(self, folders: Collection[str]) -> Modules:
        """The modules that are left without some."""
        files = {folder: paths for folder, paths in self.files.items() if folder not in folders}
        return Modules(files, {one: self.calls[one] & files.keys() for one in files}, self.unused)

    def is_example(self, caller: str, called: str) -> bool:
        """Whether a call is no more than a sample of how a module is used."""
        return is_sample(f"{caller}/") and not is_sample(f"{called}/")


def modules(tree: Tree) -> Modules:
    """The modules that declare functions, those that call them, and those that they call."""
    files: dict[str, list[str]] = {}
    for path in tree.sources():
        if TERRAFORM.claims(path) and not any(word in f"/{path}" for word in _HIDDEN):
            files.setdefault(posixpath.dirname(path), []).append(path)
    declaring = [folder for folder, paths in files.items() if _declares(paths, tree)]
    if not declaring:
        return Modules({}, {})
    calls = {folder: frozenset(_called(folder, paths, tree)) & files.keys()
             for folder, paths in files.items()}  # fmt: skip
    callers: dict[str, list[str]] = {}
    for caller, called in calls.items():
        for one in called:
            callers.setdefault(one, []).append(caller)
    above = reached(declaring, callers)
    wanted = reached(above, calls)
    return Modules(
        {folder: files[folder] for folder in files if folder in wanted},
        {folder: calls[folder] for folder in files if folder in wanted},
        unused(files, calls, [folder for folder in files if folder in wanted], tree),
    )


def _declares(paths: Sequence[str], tree: Tree) -> bool:
    return any(tree.mentions(path, WORDS) for path in paths)


def _called(folder: str, paths: Sequence[str], tree: Tree) -> Iterator[str]:
    for path in paths:
        if tree.mentions(path, (b'"./', b'"../')):
            source = tree.read(path)
            for found in _CALL.finditer(source.text if isinstance(source, Source) else ""):
                yield normal(posixpath.join(folder, found[1].replace("//", "/")))


def reached(
    start: Sequence[str] | set[str], edges: Mapping[str, Sequence[str] | frozenset[str]]
) -> set[str]:
    """The folders that some lead to, and those themselves."""
    found: set[str] = set()
    waiting = list(start)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(edges.get(one, ()))
    return found
