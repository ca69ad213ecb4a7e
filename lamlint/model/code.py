"""Where a function's code, or a layer's content, comes from."""

from __future__ import annotations

from enum import Enum

from lamlint.model.value import Value
from lamlint.text import Source, Span
from lamlint.text.dataclass import dataclass


class CodeKind(Enum):
    """What kind of thing holds the code."""

    FOLDER = "folder"
    FILE = "file"
    """One source file; the package is its folder's content as SAM packs it, or it `is_alone`."""
    ARCHIVE = "archive"
    """A zip or jar in the project."""
    INLINE = "inline"
    IMAGE = "image"
    REMOTE = "remote"
    """S3, or anything else that is not in the project."""
    MISSING = "missing"
    """A local path that does not exist and that nothing known builds."""
    BUILT = "built"
    """A local path that does not exist, but that a build makes (a Makefile, a build method, …)."""
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Image:
    """What a template says of a container image: the words that it is started with, how it is made.

    `entry` are the words before those of `command`; each is empty where the Dockerfile says it.
    `context` is the folder that it is built from, relative to the project's root, `dockerfile`
    a path below it, `stage` the last stage that is built; all are empty where nothing is said.
    """

    entry: tuple[Value[str], ...]
    command: tuple[Value[str], ...]
    context: str | None
    dockerfile: str
    stage: str


@dataclass(frozen=True)
class Packing:
    """Which files of a folder a tool packs: only some, and never those of some names.

    `only` are paths below the folder, of files and folders; all of it, where there are none.
    `never` are patterns (`*`, `?`, `[…]`) of the names of files and folders, however deep.
    `patterns` are of paths (`**`, too), in their order: the last that matches a file says
    whether it is packed, and it is not where that begins with `!`. They are written for the
    folder from which `start` leads to this one.
    """

    only: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    start: str = ""


@dataclass(frozen=True)
class Code:
    """The code of a function or the content of a layer.

    `path` is relative to the project's root, for a folder, file or archive,
    and for what is missing or built; `sources` is the inline text. `uri` is the value
    as written, relative to its template. `build_method` is SAM's, if any.
    """

    kind: CodeKind
    path: str
    uri: Value[str]
    span: Span
    inline: Source | None = None
    module: str = "index"
    """The name under which inline code is imported."""
    build_method: str = ""
    as_is: bool = False
    """SAM is told not to build it (`Metadata: {SkipBuild: true}`): nothing is installed."""
    asks_in_vain: bool = False
    """Nothing that is seen installs what its requirements.txt asks for: the CDK does not."""
    asks_by: str = ""
    """The file that says what is installed, where the template names another than the usual."""
    by_poetry: bool = False
    """What a poetry.lock pins is installed, where its folder is a project of Poetry's."""
    built: tuple[str, ...] = ()
    """What lies beside the template of what was stored in S3, as the CDK and others leave it."""
    stored: str = ""
    """The end of the key under which it is stored in S3, as far as it is written."""
    image: Image | None = None
    compatible: tuple[Value[str], ...] = ()
    """The runtimes that a layer's author says it is made for."""
    python: Value[str] | None = None
    """The Python by which what it asks for is installed, where the template names one."""
    also: tuple[str, ...] = ()
    """Further folders whose content lies beside that of the path in the package."""
    packing: Packing = Packing()
    filled: str = ""
    """The archive or folder that a build fills with it, where the template names that."""
    copied: frozenset[str] = frozenset()
    """What the commands that bundle it name where they copy, by the last part of each path."""
    rearranged: bool = False
    """Whether what packs it may put its files elsewhere than they lie: a bundling, a prefix."""

    @property
    def is_away(self) -> bool:
        """Whether it is not in the project, or not where it is said to be."""
        return self.kind in _AWAY

    @property
    def is_alone(self) -> bool:
        """Whether the package is one source file, without what lies beside it."""
        return self.kind is CodeKind.FILE and bool(self.packing.only)


_AWAY = frozenset({CodeKind.REMOTE, CodeKind.MISSING, CodeKind.BUILT, CodeKind.UNKNOWN})
