"""A language in which functions are declared, and what reading it gives."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from lamlint.model import Dangling, Function, Role
from lamlint.text import Finding, Regex, Span, Tree, internal_error


@dataclass(frozen=True)
class Declared:
    """What the files of a project declare. Plain data: it can be sent to another process."""

    functions: tuple[Function, ...] = ()
    roles: tuple[Role, ...] = ()
    problems: tuple[Finding, ...] = ()
    left_out: frozenset[str] = frozenset()
    """The files of which not all is in here: they are broken, far from the paths
    given, or make too much of their expressions."""
    parts: frozenset[str] = frozenset()
    """The files that others take in: what they declare is in here, and nothing of their own."""
    dangling: tuple[Dangling, ...] = ()


class Dialect(Protocol):
    """One of the languages: which files may be its own, and what they declare."""

    def claims(self, path: str) -> bool:
        """Whether a file may be written in it, by its name alone."""

    def read(self, tree: Tree, targets: Sequence[str]) -> Declared:
        """What the files of a project declare that concern some paths (all, without any)."""


@dataclass(frozen=True)
class Listed:
    """A dialect by the endings of its files; its module is imported when one is there."""

    module: str
    endings: tuple[str, ...]
    words: tuple[bytes, ...] = ()
    """Words of which its files hold one, where their names say too little."""

    def claims(self, path: str) -> bool:
        """Whether a file may be written in it, by its name alone."""
        return path.endswith(self.endings)

    def mentioned(self, tree: Tree, path: str) -> bool:
        """Whether a file speaks of what it declares, where its name says too little."""
        return not self.words or tree.mentions(path, self.words)

    def read(self, tree: Tree, targets: Sequence[str]) -> Declared:
        """What the files of a project declare that concern some paths (all, without any)."""
        declared: Declared = importlib.import_module(self.module).read(tree, targets)
        return declared


@dataclass(frozen=True)
class Named:
    """A dialect by the names of its files; its module is imported when one is there."""

    module: str
    name: Regex[str]

    def claims(self, path: str) -> bool:
        """Whether a file may be written in it, by its name alone."""
        return self.name.search(path) is not None

    def read(self, tree: Tree, targets: Sequence[str]) -> Declared:
        """What the files of a project declare that concern some paths (all, without any)."""
        declared: Declared = importlib.import_module(self.module).read(tree, targets)
        return declared


def owns(dialect: Dialect, path: str, tree: Tree) -> bool:
    """Whether a file of a project may be one of a dialect."""
    if not dialect.claims(path):
        return False
    return not isinstance(dialect, Listed) or dialect.mentioned(tree, path)


def synthesized(tree: Tree, targets: Sequence[str]) -> Declared:
    """What templates declare that the CDK has written for apps whose code is not read."""
    if not any(path.endswith("cdk.json") for path in tree.sources()):
        return Declared()
    module = importlib.import_module(CLOUDFORMATION.module)
    declared: Declared = module.read_synthesized(tree, targets)
    return declared


CLOUDFORMATION = Listed(
    "lamlint.dialects.cloudformation.dialect", (".yaml", ".yml", ".json", ".template")
)

SERVERLESS = Named(
    "lamlint.dialects.serverless.dialect",
    Regex(r"(?:^|/)serverless(?:[._-][\w.-]{1,60})?\.(?:ya?ml|json)\Z"),
)

CDK = Listed("lamlint.dialects.cdk.dialect", (".py",), (b"aws_cdk",))

TERRAFORM = Listed("lamlint.dialects.terraform.dialect", (".tf", ".tofu", ".tf.json", ".tofu.json"))

CDK_TYPESCRIPT = Listed(
    "lamlint.dialects.cdk_typescript.dialect",
    (".ts", ".tsx"),
    (
        b"Runtime.PYTHON_",
        b"Runtime('py",
        b'Runtime("py',
        b"PythonFunction",
        b"DockerImageFunction",
        b"fromAssetImage",
    ),
)

CHALICE = Listed("lamlint.dialects.chalice.dialect", (".chalice/config.json",))
ZAPPA = Listed(
    "lamlint.dialects.zappa.dialect",
    (
        "zappa_settings.json",
        "zappa_settings.toml",
        "zappa_settings.yaml",
        "zappa_settings.yml",
    ),
)

DIALECTS: tuple[Dialect, ...] = (
    CLOUDFORMATION,
    SERVERLESS,
    CDK,
    TERRAFORM,
    CDK_TYPESCRIPT,
    CHALICE,
    ZAPPA,
)


def failed(path: str, error: Exception, place: Span) -> Finding:
    """The finding for a file whose reading failed by a defect of lamlint."""
    return internal_error(f"the template {path} could not be read", error, place)
