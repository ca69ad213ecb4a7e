"""The functions of Terraform that read files: of the project alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from lamlint.dialects.outcome import Outcome, computed, list_at
from lamlint.dialects.terraform.paths import places
from lamlint.dialects.terraform.scope import Scope, text_at, unread
from lamlint.dialects.tree import hcl
from lamlint.dialects.tree.node import MappingNode, Node, ScalarNode
from lamlint.dialects.tree.tags import HEREDOC
from lamlint.dialects.tree.yaml import Broken, composed
from lamlint.dialects.values import targets_of
from lamlint.model.parts import Literal
from lamlint.text import Source
from lamlint.text.wildcards import Automaton, path_tokens

_MOST = 10_000


def read(text: str | None, scope: Scope) -> Source | None:
    """The file of the project at a path that an expression gives."""
    for path in places(text or "", scope):
        if scope.use.tree.is_file(path):
            found = scope.use.tree.read(path)
            return found if isinstance(found, Source) else None
    return None


def _file(node: Node, given: Sequence[Outcome], scope: Scope) -> Outcome | None:
    """`file`: the text, at its own place."""
    del node
    source = read(given[0].text, scope) if len(given) == 1 else None
    if source is None or not scope.affords(characters=len(source.text)):
        return None
    whole = ScalarNode(source, 0, len(source.text), source.text, HEREDOC, writable=False)
    return Outcome(whole, scope, shared=True, parts=(Literal(source.text, whole),))


def _templatefile(node: Node, given: Sequence[Outcome], scope: Scope) -> Outcome | None:
    """`templatefile`: its variables have the values that they are given."""
    source = read(given[0].text, scope) if given else None
    if source is None or not scope.affords(characters=len(source.text)):
        return None
    place = ScalarNode(node.source, node.start, node.end, source.text, '"', layout=node.layout)
    inner = hcl.template(source.text, place)
    names = given[1] if len(given) > 1 else None
    bound = {}
    if names is not None and isinstance(names.node, MappingNode):
        bound = {e.name: names.scope.outcomes(e.value) for e in names.node}
    (first, *others) = scope.with_names(bound).outcomes(inner)
    return None if others else first


def _decoded(node: Node, given: Sequence[Outcome], scope: Scope) -> Outcome | None:
    """`jsondecode`, `yamldecode`: of a file the nodes have their own places."""
    one = given[0] if len(given) == 1 else None
    if one is None or one.node is None:
        return None
    if not isinstance(one.node, ScalarNode):
        return one  # it was encoded before
    whole = one.node.start == 0 and one.node.text == one.node.source.text
    source = one.node.source if whole else Source(f"{node.source.path}.decoded", one.node.text)
    documents = composed(source)
    if isinstance(documents, Broken) or not documents:
        return None
    return Outcome(documents[0], scope, True) if whole else None


def _fileset(node: Node, given: Sequence[Outcome], scope: Scope) -> Outcome | None:
    """`fileset`: the paths below a folder that a pattern fits."""
    folder, pattern = (one.text for one in given) if len(given) == 2 else (None, None)
    if folder is None or pattern is None:
        return None
    for place in places(folder, scope):
        if scope.use.tree.is_folder(place or "."):
            found = list(_matching(place, pattern, scope))
            if len(found) > _MOST or not scope.affords(nodes=len(found)):
                return None
            items: list[Node] = [computed(node, one) for one in found]
            return Outcome(list_at(node, items), scope)
    return None


def _matching(folder: str, pattern: str, scope: Scope) -> Iterator[str]:
    tokens = path_tokens(pattern)
    fits = Automaton.of([tokens] if tokens is not None else [])
    prefix = f"{folder}/" if folder else ""
    for path in scope.use.tree.sources(folder):
        inner = path.removeprefix(prefix)
        if fits.matches(inner):
            yield inner


def _exists(node: Node, given: Sequence[Outcome], scope: Scope) -> Outcome | None:
    """`fileexists`, where it does: what is not there may be made before."""
    text = given[0].text if len(given) == 1 else None
    there = any(scope.use.tree.is_file(path) for path in places(text or "", scope))
    return text_at(node, "true", scope) if there else None


def _hash(node: Node, given: Sequence[Outcome], scope: Scope) -> Outcome | None:
    """A hash of a file, which says which file it is."""
    return unread(node, scope, "hashes are not worked out", targets_of(given[:1]))


FILES: dict[str, Callable[[Node, Sequence[Outcome], Scope], Outcome | None]] = {
    "file": _file,
    "filebase64sha256": _hash,
    "fileexists": _exists,
    "fileset": _fileset,
    "jsondecode": _decoded,
    "templatefile": _templatefile,
    "yamldecode": _decoded,
}
"""What each makes of its arguments; None where that cannot be known."""
