"""How a function's container image is made and started, by SAM's metadata or the CDK's."""

from __future__ import annotations

import posixpath

from lamlint.dialects.cloudformation.scope import Scope
from lamlint.dialects.properties import Properties
from lamlint.dialects.tree.node import MappingNode, ScalarNode
from lamlint.files.paths import normal
from lamlint.model import Image

_CONTEXTS = ("DockerContext", "aws:asset:path")
_FILES = ("Dockerfile", "aws:asset:dockerfile-path")
_STAGES = ("DockerBuildTarget", "aws:asset:docker-build-target")


def image(given: Properties, scope: Scope, resource: MappingNode) -> Image:
    """What a function's resource says of its image."""
    written = _first(resource, _CONTEXTS)
    home = posixpath.dirname(scope.template)
    away = written.startswith(("/", "~")) or "${" in written
    return Image(
        entry=given.texts("ImageConfig", "EntryPoint"),
        command=given.texts("ImageConfig", "Command"),
        context=normal(posixpath.join(home, written)) if written and not away else None,
        dockerfile=_first(resource, _FILES) or "Dockerfile",
        stage=_first(resource, _STAGES),
    )


def _first(resource: MappingNode, names: tuple[str, ...]) -> str:
    metadata = resource.get("Metadata")
    for name in names:
        node = metadata.get(name) if isinstance(metadata, MappingNode) else None
        if isinstance(node, ScalarNode):
            return node.text.replace("\\", "/")
    return ""
