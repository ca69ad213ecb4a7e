"""The layers that services make."""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.dialects.cloudformation.code import local
from lamlint.dialects.properties import Properties
from lamlint.dialects.serverless.functions import logical
from lamlint.dialects.serverless.service import Service
from lamlint.model import NOT_SET, Code
from lamlint.text.dataclass import replace


def layers(service: Service) -> Iterator[tuple[str, Code]]:
    """The content of each layer, by the identity that the stack gives it."""
    for one in service.properties.outcomes("layers"):
        listed = Properties.of(one, service.root.span)
        for entry in listed.mapping if listed is not None else ():
            given = None if listed is None else listed.child(entry.name)
            if given is None:
                continue
            artifact = given.text("package", "artifact")
            written = given.text("path") if artifact.reason == NOT_SET else artifact
            identity = service.scope.identity(f"{logical(entry.name)}LambdaLayer")
            content = local(written, service.scope, written.span, "")
            made_for = given.texts("compatibleRuntimes")
            yield identity, replace(content, compatible=made_for)
