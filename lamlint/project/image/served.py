"""Applications that images serve as a server does, in projects that deploy no function.

What wraps such an application for Lambda beside that (`handler = Mangum(app)`) is run by nothing
that is known: the images go to ECS or the like, and no other file speaks of Lambda, but Dockerfiles
that name a handler which is not there.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence

from lamlint.files import kinds
from lamlint.model import Function, Image
from lamlint.project.image.only import dockerfiles, is_for_lambda
from lamlint.project.image.start import named_start, started
from lamlint.text import Tree

_ENDINGS = (
    ".yml", ".yaml", ".json", ".template", ".tf", ".toml", ".ts", ".js", ".sh", ".ps1", ".mk",
    ".bat", ".cmd", ".md", ".rst", ".txt", "makefile", "justfile", "jenkinsfile", "procfile",
)  # fmt: skip
"""How files are called that say what is built, deployed or started, to machines or people."""
_OF_LAMBDA = (b"ambda", b"AMBDA", b"mangum", b"zappa")
_ASKED_FOR = (".txt", ".toml", ".lock")
"""How files are called that ask for libraries, of which one may be called so."""
_ELSEWHERE = (
    b"imagedefinitions", b"AWS::ECS::", b"aws_ecs", b"aws-ecs", b"amazon-ecs", b"aws ecs ",
    b"ecs deploy", b"containerDefinitions", b"ContainerDefinitions", b"container_definitions",
    b"apprunner", b"AppRunner", b"kubectl", b"gcloud run", b"elasticbeanstalk",
)  # fmt: skip
"""What stands where an image is deployed as something else than a function."""
_MOST = 100
"""As many Dockerfiles are looked at: with more, nothing is known."""


def served_elsewhere(functions: Sequence[Function], tree: Tree) -> frozenset[str]:
    """The files of applications that images serve, and that no function is known to run."""
    if functions:
        return frozenset()
    every = tuple(dockerfiles(tree, every=True))
    for_lambda = [path for path in every if is_for_lambda(path, tree)]
    others = [path for path in every if path not in for_lambda]
    if not others or len(every) > _MOST or not all(_is_broken(one, tree) for one in for_lambda):
        return frozenset()
    served = frozenset(place for path in others for place in _served(path, tree))
    if not served or not _go_elsewhere(tree):
        return frozenset()
    return served


def _served(path: str, tree: Tree) -> Iterator[str]:
    """The file of the application that an image is started with."""
    found = next(filter(None, (started(one, tree) for one in _images(path))), None)
    if found is not None:
        yield found[0].path


def _is_broken(path: str, tree: Tree) -> bool:
    """Whether a Dockerfile names a handler in a file that the project has nowhere."""
    named = [named_start(one, tree) for one in _images(path)]
    modules = {one[0].replace("/", ".").rpartition(".")[2] for one in named if one is not None}
    names = {f"{module}.py" for module in modules}
    return bool(names) and not any(posixpath.basename(one) in names for one in tree.sources())


def _images(path: str) -> Iterator[Image]:
    """What a Dockerfile makes, built in its folder or in the project's."""
    for context in dict.fromkeys((posixpath.dirname(path), "")):
        yield Image((), (), context, posixpath.relpath(path, context or "."), "")


def _go_elsewhere(tree: Tree) -> bool:
    """Whether a file says where else images go, and none speaks of Lambda."""
    telling = [
        one for one in tree.sources() if one.lower().endswith(_ENDINGS) and not kinds.is_test(one)
    ]
    speaking = (one for one in telling if not one.lower().endswith(_ASKED_FOR))
    if any(tree.mentions(one, _OF_LAMBDA) for one in speaking):
        return False
    return any(tree.mentions(one, _ELSEWHERE) for one in telling)
