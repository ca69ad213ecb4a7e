"""Which uses of modules there are below a root module, and what each block stands for there."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator

from lamlint.dialects.outcome import Outcome, computed
from lamlint.dialects.properties import Properties
from lamlint.dialects.terraform.expressions import iterated, pairs
from lamlint.dialects.terraform.scope import Names, Scope, text_at
from lamlint.dialects.tree.hcl import Block
from lamlint.dialects.tree.node import MappingNode, Node, ScalarNode
from lamlint.files.paths import normal
from lamlint.model.condition import IN_ANY, Case
from lamlint.text import Span
from lamlint.text.dataclass import dataclass

_META = frozenset({"source", "version", "providers", "for_each", "count", "depends_on"})
_DEEPEST = 12
"""Modules that call each other deeper are not followed."""
_EACH_BLOCK = 20
"""How many nodes each block of a module counts for in each use of it."""
_EACH = 200
"""So many instances that a count makes are told apart."""


@dataclass(frozen=True, eq=False)
class Instance:
    """What one block stands for: alone, or for a key of its `for_each` or `count`."""

    key: str
    scope: Scope
    when: Case = IN_ANY
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Resource:
    """A resource, data or call of a module in one use of the module that declares it."""

    kind: str
    label: ScalarNode
    block_: Block
    scope: Scope
    properties: Properties
    instance: str
    aliases: tuple[str, ...]

    @property
    def name(self) -> str:
        """What people call it: its label, with the calls that lead to it."""
        lead = self.scope.address.replace("module.", "")
        return f"{lead}{self.label.text}{self.instance}"

    @property
    def address(self) -> str:
        """Its address within the module."""
        data = "data." if self.block_.kind == "data" else ""
        return f"{data}{self.kind}.{self.label.text}"

    @property
    def identity(self) -> str:
        """The resource's identity in the project."""
        return self.scope.identity(f"{self.address}{self.instance}")

    @property
    def identities(self) -> tuple[str, ...]:
        """All that it is known by: of what is not told apart, those of each instance."""
        return (self.identity, *(f'{self.identity}["{key}"]' for key in self.aliases))

    @property
    def template(self) -> str:
        """The file in which it is declared."""
        return self.block_.source.path

    @property
    def span(self) -> Span:
        """The label."""
        return self.label.span

    @property
    def block(self) -> Span:
        """The whole block."""
        return self.block_.source.span(self.block_.start, self.block_.end)


def resources(root: Scope, kinds: Collection[str]) -> Iterator[Resource]:
    """What is declared of some kinds in a root module and in the modules that it calls."""
    scopes = list(_scopes(root, (root.module.folder,)))
    for scope in scopes:
        for block in scope.module.blocks:
            if block.kind in ("resource", "data") and len(block.labels) == 2:
                if block.labels[0].text in kinds:
                    yield from _resources(block, block.labels[0].text, scope)
            elif block.kind == "module" and len(block.labels) == 1 and not _is_local(block):
                yield from _resources(block, "module", scope)


def _resources(block: Block, kind: str, scope: Scope) -> Iterator[Resource]:
    instances = list(_instances(block, scope))
    for one in instances:
        shared = len(instances) > 1 or scope.shared
        given = Properties(
            block.body, one.scope, block.labels[-1].span, shared=shared, when=one.when
        )
        yield Resource(kind, block.labels[-1], block, one.scope, given, one.key, one.aliases)


def _scopes(scope: Scope, way: tuple[str, ...]) -> Iterator[Scope]:
    """The scopes of all uses of modules, those that are called first, so that outputs are known."""
    scope.use.reached.add(scope.module.folder)
    yield scope
    for block in scope.module.of("module"):
        folder = local_folder(block, scope.module.folder)
        module = scope.use.modules.get(folder) if folder is not None else None
        if module is None or folder in way or len(way) > _DEEPEST or len(block.labels) != 1:
            continue
        name = block.labels[0].text
        instances = list(_instances(block, scope))
        for one in instances:
            if not scope.affords(nodes=(len(module.blocks) + 1) * _EACH_BLOCK):
                return
            inner = Scope(
                scope.use,
                module,
                f"{scope.address}module.{name}{one.key}.",
                arguments={
                    entry.name: (entry.value, one.scope)
                    for entry in block.body
                    if entry.name not in _META and not entry.key.tag
                },
                shared=scope.shared or len(instances) > 1,
            )
            for key in (one.key.removeprefix('["').removesuffix('"]'), *one.aliases):
                scope.calls.setdefault(name, {})[key] = inner
            yield from _scopes(inner, (*way, folder or ""))


def local_folder(block: Block, folder: str) -> str | None:
    """The folder of the module that a call names, where it is one of the project."""
    source = block.body.get("source")
    written = source.text if isinstance(source, ScalarNode) else ""
    if not written.startswith(("./", "../")):
        return None
    return normal(posixpath.join(folder, written.replace("//", "/")))


def _is_local(block: Block) -> bool:
    return local_folder(block, "") is not None


# --- for_each and count


def _instances(block: Block, scope: Scope) -> Iterator[Instance]:
    over, count = block.body.get("for_each"), block.body.get("count")
    if over is not None:
        yield from _by_key(block, over, scope)
    elif count is not None:
        yield from _by_number(block, count, scope)
    else:
        yield Instance("", scope)


def _by_key(block: Block, over: Node, scope: Scope) -> Iterator[Instance]:
    found = scope.outcomes(over)
    listed = [(one, pairs(one) if scope.goes_through(one) else None) for one in found]
    known = [(one, pair) for one, pairs_ in listed for pair in pairs_ or ()]
    keys = [_key(one, *pair) for one, pair in known]
    if any(pairs_ is None and not one.absent for one, pairs_ in listed):
        yield Instance("", scope)
        return
    if not known:
        if all(not one.when for one in found) and scope.arguments is not None:
            return  # there is none, whatever is chosen
        yield Instance("", scope)
        return
    if not _asks(block, "each.") or not scope.affords(nodes=len(known) * len(block.body.entries)):
        yield Instance("", scope, aliases=tuple(dict.fromkeys(key for key in keys if key)))
        return
    seen: set[str] = set()
    for key, (one, (at, value)) in zip(keys, known, strict=True):
        if key is None or key in seen:
            continue
        seen.add(key)
        names = iterated("each", computed(at, key), value)
        yield Instance(f'["{key}"]', scope.with_names(names), one.when)


def _key(one: Outcome, key: Node, value: tuple[Outcome, ...]) -> str | None:
    """The key of an instance: of a set each item is its own."""
    if isinstance(one.node, MappingNode):
        return key.text if isinstance(key, ScalarNode) else None
    return value[0].text if len(value) == 1 else None


def _by_number(block: Block, count: Node, scope: Scope) -> Iterator[Instance]:
    found = scope.outcomes(count)
    numbers = [int(one.text) for one in found
               if one.text is not None and one.text.isdecimal() and len(one.text) < 9]  # fmt: skip
    decided = len(numbers) == len(found) and not any(one.when for one in found)
    if decided and not any(numbers) and (scope.arguments is not None or _is_plain(count)):
        return
    most = max(numbers, default=1)
    if most > 1 and _asks(block, "count.index") and most <= _EACH:
        for number in range(most):
            yield Instance(f'["{number}"]', scope.with_names(_index(number, count, scope)))
        return
    when = next((one.when for one in found if one.text not in ("0", None)), IN_ANY)
    single = len(numbers) == len(found)
    inner = scope.with_names(_index(0, count, scope)) if most <= 1 and single else scope
    yield Instance("", inner, when, aliases=tuple(str(number) for number in range(min(most, 9))))


def _is_plain(count: Node) -> bool:
    """Whether a number is written as it is; files of values may say another one tomorrow."""
    return isinstance(count, ScalarNode)


def _index(number: int, place: Node, scope: Scope) -> Names:
    return {"count.index": (text_at(place, str(number), scope),)}


def _asks(block: Block, name: str) -> bool:
    """Whether a block speaks of what differs between its instances."""
    return name in block.source.text[block.start : block.end]
