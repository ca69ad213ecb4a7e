"""Copies that a newer one lies beside: `v0.1/` beside `v0.2/`, `template-old.yaml` beside its own.

People keep them to look something up. `v1/` beside `v2/` is none: those are versions of an API,
which are deployed together. Nor is what some script, or another template, names.

So are packages that somebody unpacked beside what they were made of: `shop-extracted/app.py` beside
`app.py`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from lamlint.files.paths import around
from lamlint.text import Source, Tree
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

_VERSION = Regex(r"(?i)((?:v|ver|version|release|rel)[-_. ]?)(\d{1,4}(?:\.\d{1,4}){1,3})")
"""A folder of one version, with what stands before its numbers: `3.12` may be that of Python."""
_KEPT = Regex(r"(?i)(.+?)(?:[-_. ](?:old|bak|orig)|[-_]v?\d{1,3}(?:\.\d{1,3}){1,3})")
_SAVED = Regex(
    r"(?i)(template|serverless|app|main|index|handler|lambda_function|stack)"
    r"[-_. ](?:backup|copy|original|saved)"
)
"""Of other names `rds-backup.yaml` is what makes backups."""
_UNPACKED = Regex(
    r"(?i)(?:.+[-_.])?(?:extract(?:ed)?|unzipped|unpacked|exploded)(?:[-_.](?:te?mp|code|\d{1,4}))?"
    r"|.+[-_](?:te?mp|from[-_](?:s3|ecr|aws|lambda))"
)
"""A folder into which a package was unpacked, or downloaded."""
_WORD = Regex(r"[\w-]+")
_NAMING = (
    ".sh", ".ps1", ".mk", ".bat", ".cmd", ".yml", ".yaml", ".json", ".toml", ".tf", ".py", ".ts",
    ".js", "makefile", "justfile", "dockerfile", "jenkinsfile",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Superseded:
    """The copies of a project that newer ones lie beside."""

    tree: Tree

    def holds(self, path: str) -> bool:
        """Whether a path is one of such a copy, or lies in one."""
        return any(self._is_kept.get(one, False) for one in (path, *around(path)) if one)

    def is_unpacked(self, path: str) -> bool:
        """Whether a file lies in what was unpacked beside what that was made of."""
        folders = (one for one in around(path) if one)
        return any(_is_unpacked(one) and self._is_kept.get(one, False) for one in folders)

    @cached_property
    def _is_kept(self) -> Mapping[str, bool]:
        """The files and folders that may be such copies by their names, and whether they are."""
        found = sorted({one for folder in self._listed for one in self._candidates(folder)})
        words = {one: self._word(one) for one in found}
        every = tuple(dict.fromkeys(words.values()))
        telling = [
            path
            for path in (self.tree.sources() if every else ())
            if path.lower().endswith(_NAMING) and self.tree.mentions(path, every)
        ]
        return {one: not self._is_named(one, words[one], telling) for one in found}

    @cached_property
    def _listed(self) -> Mapping[str, frozenset[str]]:
        """The names in each folder."""
        found: dict[str, set[str]] = {}
        for path in self.tree.sources():
            folder, name = posixpath.split(path)
            while name and name not in found.setdefault(folder, set()):
                found[folder].add(name)
                folder, name = posixpath.split(folder)
        return {folder: frozenset(names) for folder, names in found.items()}

    def _candidates(self, folder: str) -> Iterator[str]:
        names = self._listed[folder]
        versions: dict[str, list[tuple[tuple[int, ...], str]]] = {}
        for name in names:
            path = posixpath.join(folder, name)
            inside = self._listed.get(path)
            version = _VERSION.fullmatch(name) if inside is not None else None
            if version is not None and inside is not None:
                number = tuple(map(int, version[2].split(".")))
                versions.setdefault(version[1].lower(), []).append((number, path))
                if not inside.isdisjoint(names):
                    yield path  # what it holds lies beside it, too
            elif inside is not None and _is_unpacked(name):
                if any(one.endswith(".py") and one in names for one in inside):
                    yield path
            elif inside is None and _is_copy(name, names):
                yield path
        for group in versions.values():
            yield from (path for _, path in sorted(group)[:-1])

    def _word(self, path: str) -> bytes:
        """What stands wherever a path is named."""
        name = posixpath.basename(path)
        is_version = path in self._listed and not _is_unpacked(path)
        return (f"{name}/" if is_version else name).encode("utf-8", "surrogatepass")

    def _is_named(self, path: str, word: bytes, telling: Sequence[str]) -> bool:
        """Whether something else names it that tells what is built or deployed."""
        name = posixpath.basename(path)
        whole = _is_unpacked(path) and _WORD.fullmatch(name) is not None
        return any(
            path not in (one, *around(one))
            and self.tree.mentions(one, (word,))
            and not (whole and self._says_more(one, name))
            for one in telling
        )

    def _says_more(self, path: str, name: str) -> bool:
        """Whether a file only has a name as part of longer words: `pay-temp` of `pay-template`."""
        source = self.tree.read(path)
        return isinstance(source, Source) and name not in _WORD.findall(source.text)


def _is_unpacked(folder: str) -> bool:
    """Whether a folder is called after what was unpacked into it."""
    return _UNPACKED.fullmatch(posixpath.basename(folder)) is not None


def _is_copy(name: str, beside: frozenset[str]) -> bool:
    """Whether a file is called after another one that lies beside it."""
    stem, ending = posixpath.splitext(name)
    match = _KEPT.fullmatch(stem) or _SAVED.fullmatch(stem)
    return match is not None and f"{match[1]}{ending}" in beside
