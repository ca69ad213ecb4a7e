"""How much expressions may make of one file: what multiplies ends, and is told."""

from __future__ import annotations

from lamlint.text.dataclass import dataclass

MOST_MADE = 10_000_000
"""How much expressions, loops and shared values may make of one file, in characters."""
NODE = 50
"""What a node that is made counts for, beside its text."""
_LARGE = 250_000
"""A file of more characters may make more, in proportion: what it makes of itself is long, too."""
READ = 4
"""How many nodes a value counts for that a function reads of what others share."""

TOO_MUCH = "the template makes too much of its expressions"


@dataclass
class Budget:
    """How much was made of a file so far, and whether more was asked for than it may make."""

    most: int
    made: int = 0
    refused: bool = False
    size: int = 0

    @classmethod
    def of(cls, size: int = 0) -> Budget:
        """How much a file of so many characters may make."""
        return cls(int(MOST_MADE * max(1.0, size / _LARGE)), size=size)

    def affords(self, *, characters: int = 0, nodes: int = 0) -> bool:
        """Whether so much more may be made of the file; if so, it counts as made."""
        made = self.made + characters + nodes * NODE
        if made > self.most:
            self.refused = True
            return False
        self.made = made
        return True

    def spends(self, *, nodes: int) -> bool:
        """Whether so much more may be made, where trying is work: it counts in any case."""
        if self.affords(nodes=nodes):
            return True
        self.made += nodes * NODE
        return False

    def widen(self, size: int) -> None:
        """Let so many characters more make their share, where what is read grows file by file."""
        self.size += size
        self.most = max(self.most, int(MOST_MADE * self.size / _LARGE))
