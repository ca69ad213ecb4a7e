"""Which files of a project are templates, and which of them concern the paths given."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Sequence

from lamlint.dialects.dialect import CLOUDFORMATION, SERVERLESS
from lamlint.dialects.nearness import Nearness, holds, nearness
from lamlint.files.kinds import is_synthesized
from lamlint.files.paths import around
from lamlint.text import Source, Tree
from lamlint.text.regex import Regex

_TEXTS = ("AWS::Serverless::", "AWS::Lambda::")
# The texts in UTF-16, of whichever order of bytes, hold these.
_WORDS = tuple(word for text in _TEXTS for word in (text.encode(), text.encode("utf-16-le")[:-1]))
# What the Serverless Framework calls its services has it indented, if at all.
_OWN_SECTION = (b"\nResources", b'"Resources"', "\nResources".encode("utf-16-le"))

_TEMPLATE = ".template.json"
_MARK, _APP = "cdk.out", "cdk.json"
"""The file that the CDK leaves in each folder that it writes, and the one that names an app."""

_SECTION = Regex(
    r"""^(?:Resources[ \t]*:|["']?Resources["']?[ \t]*:|[ \t{]*"Resources"[ \t]*:)""", re.MULTILINE
)
_RESOURCE = Regex(r"""\bType["']?[ \t]*:[ \t]*["']?AWS::(?:Serverless|Lambda)::\w""")


def templates(tree: Tree, targets: Sequence[str]) -> Iterator[tuple[str, Nearness]]:
    """The files that may declare functions and concern the targets; all of them without any."""
    for path in tree.sources():
        if not CLOUDFORMATION.claims(path) or (
            _generated(path, tree) and not _named(path, targets, tree)
        ):
            continue
        if SERVERLESS.claims(path) and not tree.mentions(path, _OWN_SECTION):
            continue
        if tree.mentions(path, _WORDS):
            yield path, nearness(path, targets, tree)


def named_for_one(tree: Tree, targets: Sequence[str]) -> Iterator[Source]:
    """The files that are asked for by name and have the section of a template, but no function."""
    for path in targets:
        if not CLOUDFORMATION.claims(path) or not tree.is_file(path) or tree.mentions(path, _WORDS):
            continue
        source = tree.read(path)
        if isinstance(source, Source) and _SECTION.search(source.text):
            yield source


def exporting(tree: Tree, read: Collection[str]) -> Iterator[str]:
    """The templates without functions whose exports those that were read may import."""
    if not any(tree.mentions(path, (b"ImportValue",)) for path in read):
        return
    for path in tree.sources():
        fits = CLOUDFORMATION.claims(path) and path not in read and not _generated(path, tree)
        if fits and tree.mentions(path, (b"Export",)) and tree.mentions(path, (b"AWS::",)):
            yield path


def nesting(tree: Tree, read: Collection[str]) -> Iterator[str]:
    """The templates without functions that make stacks, maybe of those that were read."""
    for path in tree.sources() if read else ():
        fits = CLOUDFORMATION.claims(path) and path not in read and not _generated(path, tree)
        if fits and tree.mentions(path, (b"AWS::CloudFormation::Stack",)):
            yield path


def _generated(path: str, tree: Tree) -> bool:
    """Whether a template, or a folder of such, repeats others: the output of a build."""
    if ".aws-sam" in path.split("/") or is_synthesized(path) or _is_assembly(path, tree):
        return True
    return posixpath.basename(path).startswith("packaged")


def _is_assembly(path: str, tree: Tree) -> bool:
    """Whether it is what `cdk synth -o` wrote of an app above it, by the file that it leaves."""
    folder = posixpath.dirname(path) if path.endswith(_TEMPLATE) else path
    if not tree.is_file(posixpath.join(folder, _MARK)):
        return False
    return any(tree.is_file(posixpath.join(one, _APP)) for one in around(folder))


def _named(path: str, targets: Sequence[str], tree: Tree) -> bool:
    """Whether a user asks for the output of a build: for the template, or for a folder of it."""
    return any(path == each or (_generated(each, tree) and holds(each, path)) for each in targets)


def clearly_meant(source: Source) -> bool:
    """Whether a text that is no YAML is nevertheless a template, or becomes one."""
    if source.path.endswith(".json") and not source.text.lstrip().startswith("{"):
        return False  # what a tool printed, with a template in it
    return bool(_SECTION.search(source.text)) and bool(_RESOURCE.search(source.text))
