"""Compares reading a project's configuration with parsing its files alone, dialect by dialect.

python tests/benchmarks/reading.py [FOLDER…]

Without a folder it takes a project that it makes for each dialect. Reading is all that comes
before the first rule: to find the files by what they say, to parse them, to find out what their
expressions come out as, and to build the model. Parsing alone is what the parser of the dialect
takes for the same texts: libyaml's `compose` by way of PyYAML (PyYAML's own takes some twenty
times as long, and stands beside it), tree-sitter, CPython's. The texts are in memory, and times
are those of the processor, the least of some runs that take turns.
"""

from __future__ import annotations

import ast
import contextlib
import dataclasses
import gc
import importlib
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import tree_sitter  # noqa: E402
import yaml  # noqa: E402

from lamlint.dialects.dialect import DIALECTS, Declared, Dialect  # noqa: E402
from lamlint.files.disk import DiskTree  # noqa: E402
from lamlint.text import Source, Unreadable  # noqa: E402
from tests.benchmarks.dialects import MADE, make  # noqa: E402

RUNS = 5
SERVICES = 20
MOST = 3.0
"""How many times as long as parsing alone reading is to take."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Row:
    """What reading a project's files of one dialect took, in seconds."""

    dialect: str
    functions: int
    texts: int
    parses: int
    """How many files were parsed, those that were parsed twice counted twice."""
    reading: float
    parsing: float
    slow: float
    """What parsing takes with PyYAML's own `compose`, for files of YAML and JSON."""

    @property
    def ratio(self) -> float:
        """Reading by parsing alone."""
        return self.reading / self.parsing if self.parsing else 0.0


@dataclass
class Parses:
    """What is parsed of a project's files, each as what parses it once more, alone."""

    files: Counter[str]
    """How many files have a text."""
    alone: list[Callable[[], object]] = field(default_factory=list)
    slow: list[Callable[[], object]] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)

    def note(self, text: str, parse: Callable[[], object], slow: Callable[[], object]) -> None:
        """Note a text that is parsed, unless it is only a part of a file."""
        self.seen[text] += text in self.files
        if 0 < self.seen[text] <= self.files[text]:
            self.alone.append(parse)
            self.slow.append(slow)

    def noting(self) -> ExitStack:
        """Note all that is parsed meanwhile."""
        stack = ExitStack()
        for where, name, by in (
            (yaml, "parse", self._yaml(yaml.parse)),
            (ast, "parse", self._python(ast.parse)),
            (tree_sitter, "Parser", self._tree_sitter(tree_sitter.Parser)),
        ):
            stack.enter_context(patch.object(where, name, by))
        return stack

    def _yaml(self, parse: Callable[..., Any]) -> Callable[..., Any]:
        def noted(text: str, Loader: type) -> Any:  # noqa: N803  as PyYAML calls it
            self.note(
                text, partial(_composed, text, _LOADER), partial(_composed, text, yaml.Loader)
            )
            return parse(text, Loader=Loader)

        return noted

    def _python(self, parse: Callable[..., Any]) -> Callable[..., Any]:
        def noted(text: str, *rest: Any, **named: Any) -> Any:
            self.note(text, partial(parse, text), partial(parse, text))
            return parse(text, *rest, **named)

        return noted

    def _tree_sitter(self, parser: type[tree_sitter.Parser]) -> Callable[..., Any]:
        note = self.note

        class Noted:
            def __init__(self, language: Any) -> None:
                self.inner = parser(language)

            def parse(self, data: bytes) -> Any:
                alone = partial(self.inner.parse, data)
                note(data.decode("utf-8", "surrogatepass"), alone, alone)
                return self.inner.parse(data)

        return Noted


def main(folders: Sequence[str]) -> int:
    """Print the table, each row as soon as it is measured."""
    warnings.simplefilter("ignore")  # what Python says of the code that is read
    if folders:
        for folder in folders:
            sys.stdout.write(f"{folder}\n")
            for row in rows(Path(folder)):
                show(row)
        return 0
    for row in made_rows():
        show(row)
    return 0


def show(row: Row) -> None:
    """Print a row."""
    missed = " *" if row.ratio > MOST else ""
    again = f"  {row.parses - row.texts} parsed again" if row.parses > row.texts else ""
    slow = f"  {row.reading / row.slow:.2f} of PyYAML's own" if row.slow > 1.5 * row.parsing else ""
    sys.stdout.write(
        f"  {row.dialect:<16}{row.functions:>6} functions{row.texts:>6} files"
        f"{row.reading:>8.3f} s /{row.parsing:>7.3f} s ={row.ratio:>6.2f}{missed}{slow}{again}\n"
    )
    sys.stdout.flush()


def made_rows(services: int = SERVICES) -> Iterator[Row]:
    """The row of each dialect, over a project that is made for it."""
    for dialect in MADE:
        with tempfile.TemporaryDirectory() as name:
            made = make(Path(name), dialect, services)
            yield from (row for row in rows(made) if row.dialect == dialect)


def rows(folder: Path) -> Iterator[Row]:
    """The row of each dialect in which a project has files."""
    root = str(folder.resolve())
    disk = DiskTree(root, boundary=root)
    sources = list(disk.sources())
    texts = {path: text for path in sources if isinstance(text := disk.read(path), Source)}
    for dialect in DIALECTS:
        if any(dialect.owns(path, disk) for path in sources):
            row = _row(dialect, disk, texts)
            if row.texts:
                yield row


def _row(dialect: Dialect, disk: DiskTree, texts: dict[str, Source]) -> Row:
    parses = Parses(Counter(source.text for source in texts.values()))
    _read(dialect, _fresh(disk, texts))  # what is imported is measured elsewhere
    tree = _fresh(disk, texts)
    with parses.noting():
        declared = _read(dialect, tree)
    reading = parsing = float("inf")
    for _ in range(RUNS):
        reading = min(reading, _seconds(partial(_read, dialect, _fresh(disk, texts))))
        parsing = min(parsing, _seconds(partial(_all, parses.alone)))
    slow = _seconds(partial(_all, parses.slow))
    return Row(
        dialect.package,
        len(declared.functions),
        len(parses.alone),
        parses.seen.total(),
        reading,
        parsing,
        slow,
    )


def _read(dialect: Dialect, tree: DiskTree) -> Declared:
    module = importlib.import_module(f"lamlint.dialects.{dialect.package}.dialect")
    declared: Declared = module.read(tree, ())
    return declared


def _fresh(disk: DiskTree, texts: dict[str, Source]) -> DiskTree:
    """The same project, of which nothing is parsed yet."""
    fresh: dict[str, Source | Unreadable] = {
        path: dataclasses.replace(source) for path, source in texts.items()
    }
    return dataclasses.replace(disk, _texts=fresh)


def _composed(text: str, loader: Any) -> None:
    for _ in yaml.compose_all(text, loader):
        pass


def _all(parses: Iterable[Callable[[], object]]) -> None:
    """Parse some texts; one that is broken is parsed as far as it goes."""
    for parse in parses:
        with contextlib.suppress(yaml.YAMLError, SyntaxError):
            parse()


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    gc.disable()
    try:
        start = time.process_time()
        work()
        return time.process_time() - start
    finally:
        gc.enable()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
