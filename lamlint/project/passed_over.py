"""Files of handlers that nothing deploys, beside one that is deployed: older ones, mostly."""

from __future__ import annotations

import posixpath
from dataclasses import field
from functools import cached_property

from lamlint.text import Tree, Unreadable
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

_TELLING = (
    ".sh", ".ps1", ".mk", ".bat", ".cmd", ".yml", ".yaml", ".json", ".toml", ".tf", ".py", ".ts",
    ".js", ".md", ".rst", ".txt", "makefile", "justfile", "dockerfile", "jenkinsfile",
)  # fmt: skip
"""How files are called that say what is built, imported or deployed."""

_WORD = Regex(r"[\w-]+")


@dataclass(frozen=True, eq=False)
class PassedOver:
    """What lies beside the files that functions run, `entries`, and is named nowhere."""

    tree: Tree
    entries: frozenset[str]
    _known: dict[str, bool] = field(default_factory=dict)

    def holds(self, path: str) -> bool:
        """Whether a file is one of those."""
        if path not in self._known:
            beside = posixpath.dirname(path) in self._folders and path not in self.entries
            self._known[path] = beside and not self._is_named(path)
        return self._known[path]

    @cached_property
    def _folders(self) -> frozenset[str]:
        return frozenset(map(posixpath.dirname, self.entries))

    @cached_property
    def _telling(self) -> tuple[str, ...]:
        return tuple(one for one in self.tree.sources() if one.lower().endswith(_TELLING))

    def _is_named(self, path: str) -> bool:
        """Whether another file has its name as a word: `app.py`, `app.handler`, `import app`."""
        stem = posixpath.basename(path).removesuffix(".py")
        return any(one != path and self._has_word(one, stem) for one in self._telling)

    def _has_word(self, path: str, word: str) -> bool:
        """Whether a file has a word, as far as it can be read."""
        if not self.tree.mentions(path, (word.encode("utf-8", "surrogatepass"),)):
            return False
        source = self.tree.read(path)
        return isinstance(source, Unreadable) or word in _WORD.findall(source.text)
