"""How the container image of a function is made and started."""

from __future__ import annotations

import posixpath

from lamlint.dialects.properties import Properties
from lamlint.dialects.serverless.functions import Declared
from lamlint.files.paths import normal
from lamlint.model import Image


def image(declared: Declared) -> Image:
    """What a service says of a function's image: at the function, and where images are built."""
    started = declared.own.child("image")
    built = _built(declared)
    home = posixpath.dirname(declared.service.path)
    path = built.text("path") if built is not None else None
    local = path is not None and path.known and not path.only.startswith(("/", "~"))
    file = built.text("file", default="Dockerfile") if built is not None else None
    return Image(
        entry=started.texts("entryPoint") if started is not None else (),
        command=started.texts("command") if started is not None else (),
        context=normal(posixpath.join(home, path.only)) if local and path is not None else None,
        dockerfile=file.only if file is not None and file.known else "Dockerfile",
        stage="",
    )


def _built(declared: Declared) -> Properties | None:
    """What the provider says of the image that a function names."""
    own = declared.own
    name = own.text("image", "name") if own.child("image") is not None else own.text("image")
    images = declared.service.provider
    return images.child("ecr", "images", name.only) if name.known else None
