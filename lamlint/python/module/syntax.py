"""What follows from a module's text alone: its tree, index, scopes and positions.

Many functions may import the same file, each under another name; they share
what is said here.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from lamlint.text import Source, Unread

if TYPE_CHECKING:
    from lamlint.python.module import cst
    from lamlint.python.module.failure import Failure
    from lamlint.python.module.plain.places import Places
    from lamlint.python.module.plain.tree import Plain
    from lamlint.python.module.positions import Positions
    from lamlint.python.module.scope import Scopes
    from lamlint.python.module.walk import Index

T = TypeVar("T")
Node = TypeVar("Node", bound="cst.CSTNode")
KEPT = 800_000
"""How many characters of parsed text a shelf keeps beside what is in use; a tree takes some 50
bytes for each. Where the functions of a project share more, each parses what they share anew."""
KEPT_TO_MEND = 2 * KEPT
"""The same where a project is read again after each pass of fixes, in the order of before."""


class Syntax:
    """A text as LibCST reads it; each part is made when it is first asked for.

    Its tree is without white space where that can be had for less; `whole` has all of the text.
    Who asks the same of it time and again keeps the answers here, under a key of its own. Nothing
    here refers to itself, so that a tree goes as soon as nobody needs it.
    """

    def __init__(
        self,
        source: Source,
        tell: Callable[[Unread], None] | None = None,
        *,
        whole: bool = False,
    ) -> None:
        self.source = source
        self._tell = tell
        self._is_whole = whole
        self._made: dict[Hashable, Any] = {}

    def once(self, what: Hashable, make: Callable[[], T]) -> T:
        """What follows from the text, and is asked time and again: made once, under its own key."""
        if what not in self._made:
            self._made[what] = make()
        made: T = self._made[what]
        return made

    @cached_property
    def _plain(self) -> Plain | None:
        from lamlint.python.module.parse import plain

        return None if self._is_whole else plain(self.source)

    @cached_property
    def _parsed(self) -> cst.Module | Failure | Unread:
        from lamlint.python.module.parse import parse

        if self._plain is not None:
            return self._plain.tree
        result = parse(self.source)
        if isinstance(result, Unread) and self._tell is not None:
            self._tell(result)
        return result

    @cached_property
    def tree(self) -> cst.Module:
        """The tree; that of an empty module when the text was not parsed."""
        from lamlint.python.module.cst import Module as Tree

        return self._parsed if isinstance(self._parsed, Tree) else Tree(body=())

    @property
    def failure(self) -> Failure | None:
        """Why the text does not parse, if it does not."""
        from lamlint.python.module.failure import Failure

        return self._parsed if isinstance(self._parsed, Failure) else None

    @property
    def unread(self) -> Unread | None:
        """Why the text was not given to a parser, if it was not: it may be valid."""
        return self._parsed if isinstance(self._parsed, Unread) else None

    @cached_property
    def index(self) -> Index:
        """The nodes by type, and their parents."""
        from lamlint.python.module.walk import index

        return index(self.tree)

    @cached_property
    def scopes(self) -> Scopes:
        """The scopes of the module and what binds each name."""
        from lamlint.python.module.scope import Scopes

        return Scopes(self.tree, self.index)

    def extent(self, node: cst.CSTNode) -> tuple[int, int]:
        """Where a node starts and ends in the text."""
        if self._places is None:
            return self._positions.of(node)
        return self._places.of(node) or self._otherwise(node) or self._places.around(node)

    @cached_property
    def _positions(self) -> Positions:
        from lamlint.python.module.positions import Positions

        return Positions(self.tree, self.source.text)

    @cached_property
    def _places(self) -> Places | None:
        from lamlint.python.module.plain.places import Places

        if self._plain is None:
            return None
        return Places(self.source.text, self._plain.notes, self.index.parents)

    def _otherwise(self, node: cst.CSTNode) -> tuple[int, int] | None:
        return None if self.whole is None else self.whole.extent(self.twin(node))

    @property
    def whole(self) -> Syntax | None:
        """The same text, and a tree that holds all of it: for edits, and for what is rare.

        None where LibCST does not take the text.
        """
        whole = self if self._plain is None else self._second
        return None if whole.failure or whole.unread else whole

    @cached_property
    def _second(self) -> Syntax:
        return Syntax(self.source, whole=True)

    def twin(self, node: Node) -> Node:
        """The node of the whole tree for one of this tree."""
        return self._twins.get(id(node), node)  # type: ignore[return-value]  # of its type

    @cached_property
    def _twins(self) -> Mapping[int, cst.CSTNode]:
        """The nodes of the whole tree by the identity of this one's: both are walked alike."""
        if self.whole is None or self.whole is self:
            return {}
        theirs = self.whole.index.by_type
        return {
            id(one): twin
            for kind, mine in self.index.by_type.items()
            for (_, one), (_, twin) in zip(mine, theirs[kind], strict=True)
        }


class Shelf:
    """The texts that were parsed last, so that files which many functions share are parsed once.

    `unread` is what was not, or not to its end. `room` are the characters of what is kept.
    """

    def __init__(self, unread: Iterable[Unread] = (), room: int = KEPT) -> None:
        self.unread = set(unread)
        self._room = room
        self._kept: OrderedDict[tuple[str, str], Syntax] = OrderedDict()
        self._length = 0

    def __reduce__(self) -> tuple[type[Shelf], tuple[frozenset[Unread], int]]:
        """Trees are known by the identity of their nodes: another process parses anew."""
        return Shelf, (frozenset(self.unread), self._room)

    @contextmanager
    def divided(self, number: int) -> Iterator[None]:
        """Take a part of the room meanwhile: so many processes have one like this each."""
        whole, self._room = self._room, self._room // number
        try:
            yield
        finally:
            self._room = whole

    def of(self, source: Source) -> Syntax:
        """The syntax of a text; code inside a template has no file, and is never kept."""
        if source.host is not None:
            return Syntax(source, self.unread.add)
        key = (source.path, source.text)
        known = self._kept.pop(key, None)
        if known is None:
            known = Syntax(source, self.unread.add)
            self._length += len(source.text)
        self._kept[key] = known
        while self._length > self._room and len(self._kept) > 1:
            (_, text), _ = self._kept.popitem(last=False)
            self._length -= len(text)
        return known
