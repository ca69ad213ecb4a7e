"""A language in which functions are declared, and what reading it gives."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import field

from lamlint.model import Dangling, Function, Replaced, Resources, Role
from lamlint.text import Finding, Regex, Span, Tree, internal_error
from lamlint.text.dataclass import dataclass


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
    replaced: tuple[Replaced, ...] = ()
    resources: Resources = field(default_factory=Resources)
    """Queues, topics and others beside the functions."""


@dataclass(frozen=True)
class Dialect:
    """One of the languages, by its files; its package is imported when one is there.

    The module `dialect` of its package has `read`, which does what `read` does here.
    """

    package: str
    endings: tuple[str, ...]
    name: Regex[str] | None = None
    """What the paths of its files look like, where their endings say too little."""
    words: tuple[bytes, ...] = ()
    """Words of which its files hold one, where their names say too little."""

    def claims(self, path: str) -> bool:
        """Whether a file may be written in it, by its name alone."""
        return path.endswith(self.endings) and (not self.name or bool(self.name.search(path)))

    def owns(self, path: str, tree: Tree) -> bool:
        """Whether a file of a project may be written in it, by its name and its words."""
        return self.claims(path) and (not self.words or tree.mentions(path, self.words))

    def read(self, tree: Tree, targets: Sequence[str]) -> Declared:
        """What the files of a project declare that concern some paths (all, without any)."""
        module = importlib.import_module(f"lamlint.dialects.{self.package}.dialect")
        declared: Declared = module.read(tree, targets)
        return declared


CLOUDFORMATION = Dialect("cloudformation", (".yaml", ".yml", ".json", ".template"))

SERVERLESS = Dialect(
    "serverless",
    (".yml", ".yaml", ".json"),
    name=Regex(r"(?:^|/)serverless(?:[._-][\w.-]{1,60})?\.(?:ya?ml|json)\Z"),
)

TERRAFORM = Dialect("terraform", (".tf", ".tofu", ".tf.json", ".tofu.json"))

CDK = Dialect("cdk", (".py",), words=(b"aws_cdk",))

CHALICE = Dialect("chalice", (".chalice/config.json",))

ZAPPA = Dialect(
    "zappa",
    (
        "zappa_settings.json",
        "zappa_settings.toml",
        "zappa_settings.yaml",
        "zappa_settings.yml",
    ),
)

CDK_TYPESCRIPT = Dialect(
    "cdk_typescript",
    (".ts", ".tsx"),
    words=(
        b"Runtime.PYTHON_",
        b"Runtime('py",
        b'Runtime("py',
        b"PythonFunction",
        b"DockerImageFunction",
        b"fromAssetImage",
    ),
)

CDK_JAVASCRIPT = Dialect("cdk_javascript", ("cdk.json",), words=(b".js", b".mjs", b".cjs"))

DIALECTS = (
    CLOUDFORMATION,
    SERVERLESS,
    CDK,
    TERRAFORM,
    CDK_TYPESCRIPT,
    CDK_JAVASCRIPT,
    CHALICE,
    ZAPPA,
)

TITLES = {
    "sam": "SAM",
    "cloudformation": "CloudFormation",
    "serverless": "serverless.yml",
    "terraform": "Terraform",
    "cdk": "CDK in Python",
    "chalice": "Chalice",
    "zappa": "Zappa",
    "cdk-typescript": "CDK in TypeScript",
}
"""What people call the dialect of a function, `Function.dialect`, in the order they are named."""


def failed(path: str, error: Exception, place: Span) -> Finding:
    """The finding for a file whose reading failed by a defect of lamlint."""
    return internal_error(f"the template {path} could not be read", error, place)
