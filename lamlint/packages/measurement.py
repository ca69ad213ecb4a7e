"""Sizes, what they are made of, and how they were come by."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from lamlint.text.dataclass import dataclass


class Method(Enum):
    """How a size was come by, from the surest to the least sure; the value wants a place."""

    BUILT = "measured on the build in {}"
    ARCHIVE = "measured by the directory of {}"
    INLINE = "measured on the code in {}"
    SOURCE = "measured on the source in {}"
    LOCK = "estimated from the sizes of the wheels in {}"
    INSTALLED = "measured on the source and on what is installed in {}"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a package: what a reader would call it, its size, and the least it can be."""

    name: str
    size: int
    least: int
    layer: str = ""

    @property
    def title(self) -> str:
        """The name, with the layer it is in."""
        return f"{self.name} (layer {self.layer})" if self.layer else self.name


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that is packed and has no size: what it is, and why it has none.

    `asked` are the distributions among it of which nothing says how large they are, `place`
    is the file that asks for them.
    """

    cause: str
    what: str = ""
    asked: tuple[str, ...] = ()
    place: str = ""

    @property
    def text(self) -> str:
        """Both in words."""
        return f"{self.what}: {self.cause}" if self.what else self.cause


@dataclass(frozen=True, slots=True)
class Measurement:
    """The unpacked size of a package or of a piece of it.

    `place` is what was looked at: the build, archive, lock file or virtual
    environment. `missing` says what there is beside that and has no size (a
    remote layer, a dependency without a wheel): then the sizes are the least
    there is. `own` is false when what was counted is declared outside the
    code's folder, and so may not be packed at all.
    """

    method: Method
    place: str
    parts: tuple[Part, ...]
    missing: tuple[Missing, ...] = ()
    own: bool = True

    @property
    def complete(self) -> bool:
        """Whether everything that is known to be packed has a size."""
        return not self.missing

    @property
    def size(self) -> int:
        """All parts, in bytes."""
        return sum(part.size for part in self.parts)

    @property
    def least(self) -> int:
        """The least that all parts can be."""
        return sum(part.least for part in self.parts)

    @property
    def estimated(self) -> bool:
        """Whether a part of it is an estimate."""
        return any(part.size != part.least for part in self.parts)

    @property
    def largest(self) -> tuple[Part, ...]:
        """The parts, the largest first."""
        return tuple(sorted(self.parts, key=lambda part: (-part.size, part.layer, part.name)))

    @property
    def how(self) -> str:
        """How the size was come by, in words."""
        return self.method.value.format(self.place)

    @property
    def amount(self) -> str:
        """The size in words, which say how sure it is."""
        size = megabytes(self.size)
        if self.estimated:
            return f"about {size}" if self.complete else f"about {size} or more"
        return size if self.complete else f"at least {size}"


@dataclass(frozen=True, slots=True)
class Unmeasured:
    """Nothing is known of a size, and why, as a part of a sentence."""

    reason: str


def together(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Parts of one name become one, in the order of their names."""
    sums: dict[tuple[str, str], tuple[int, int]] = {}
    for part in parts:
        size, least = sums.get((part.layer, part.name), (0, 0))
        sums[part.layer, part.name] = (size + part.size, least + part.least)
    return tuple(Part(name, *both, layer) for (layer, name), both in sorted(sums.items()))


def megabytes(size: int) -> str:
    """A size as Lambda counts it, where 250 MB are 262,144,000 bytes."""
    amount = size / 1024**2
    if amount >= 1024:
        return f"{amount / 1024:,.3g} GB"
    if size < 1024:
        return f"{size} B"
    if amount < 0.1:
        return f"{size / 1024:,.1f} KB"
    return f"{amount:,.0f} MB" if amount >= 100 else f"{amount:,.1f} MB"


def several(names: Iterable[str], shown: int = 5) -> str:
    """Names in a row; of many, how many more there are."""
    listed = sorted(set(names))
    rest = len(listed) - shown
    return ", ".join(listed[:shown]) + (f" and {rest} more" if rest > 0 else "")
