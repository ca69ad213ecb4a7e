"""Whether a build makes a path that is not there, by what speaks of its steps near the template.

A script that names `src/lambda` somewhere in a repository of two hundred projects builds none
but its own. What counts lies in the folder of the template, or above it; anything else must name
the path so that it leads there.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lamlint.dialects.local import ARCHIVES
from lamlint.files.paths import around
from lamlint.text import Tree

_BUILD_FOLDERS = frozenset(
    {
        ".artifacts",
        ".aws-sam",
        ".build",
        ".dist",
        ".package",
        ".serverless",
        "_build",
        "artifact",
        "artifacts",
        "bin",
        "build",
        "cdk.out",
        "deploy",
        "dist",
        "node_modules",
        "obj",
        "out",
        "output",
        "package",
        "packages",
        "publish",
        "target",
        "tmp",
    }
)
"""Folders whose names say that a build makes them."""

_BUILD_FILES = (
    "Makefile",
    "makefile",
    "GNUmakefile",
    "justfile",
    "Taskfile.yml",
    "Taskfile.yaml",
    "package.json",
    "noxfile.py",
    "tasks.py",
    "tox.ini",
    "pyproject.toml",
    "buildspec.yml",
    "buildspec.yaml",
    "Dockerfile",
    "Jenkinsfile",
    ".gitlab-ci.yml",
    ".gitignore",
)
"""Where the steps of a build are told."""
_SCRIPTS = (".sh", ".ps1", ".mk", ".bat", ".cmd")
_OF_SCRIPTS = frozenset(
    {
        "bin",
        "build",
        "ci",
        "deploy",
        "deployment",
        "hack",
        "scripts",
        "tools",
        "workflows",
        ".github",
    }
)
"""Folders of a project that hold its scripts: what lies in them is the project's own."""
_BEGINNINGS = ("template.yaml", "template.yml", "samconfig.toml", "serverless.yml", "cdk.json")
"""Files that stand where a project of its own begins."""


def is_built(path: str, template: str, tree: Tree) -> bool:
    """Whether a path that is not there is probably made by a build."""
    folders = path.split("/")
    if path.endswith(ARCHIVES) or not _BUILD_FOLDERS.isdisjoint(folders):
        return True
    if path.startswith("../"):
        # Outside the root little can be seen.
        return True
    homes = {*around(posixpath.dirname(path)), *around(posixpath.dirname(template))} - {"."}
    word = folders[-1].encode("utf-8", "surrogatepass")
    near = (posixpath.join(home, name) for home in sorted(homes) for name in _BUILD_FILES)
    if any(tree.mentions(told, (word,)) for told in near):
        return True
    speaking = (script for script in _scripts(tree) if tree.mentions(script, (word,)))
    return any(
        _is_near(script, template, homes, tree)
        or tree.mentions(script, _named(path, script, template))
        for script in speaking
    )


def speaking_of(name: str, tree: Tree) -> Iterator[str]:
    """The scripts and Makefiles of a project, wherever they lie, that speak of a file by name."""
    word = name.encode("utf-8", "surrogatepass")
    for source in tree.sources():
        runs = posixpath.basename(source) in _BUILD_FILES and not source.endswith(".gitignore")
        if (runs or source.endswith(_SCRIPTS)) and tree.mentions(source, (word,)):
            yield source


def _scripts(tree: Tree) -> Iterator[str]:
    for source in tree.sources():
        if source.endswith(_SCRIPTS) or source.startswith(".github/"):
            yield source


def _named(path: str, script: str, template: str) -> tuple[bytes, ...]:
    """What a script of another project says where it speaks of a path.

    What it says without a folder of the template's in front would be its own.
    """
    from_there = posixpath.relpath(path, posixpath.dirname(script) or ".")
    whole = (path,) if posixpath.dirname(template) else ()
    return tuple(one.encode("utf-8", "surrogatepass") for one in (*whole, from_there) if "/" in one)


def _is_near(script: str, template: str, homes: set[str], tree: Tree) -> bool:
    """Whether a script is one of the project that a template is of."""
    home = posixpath.dirname(script)
    while posixpath.basename(home) in _OF_SCRIPTS:
        home = posixpath.dirname(home)
    if home in homes:
        return True
    top = posixpath.dirname(template)
    if top and not home.startswith(f"{top}/"):
        return False
    between = (one for one in around(home) if one not in homes and one != ".")
    return not any(
        tree.is_file(posixpath.join(one, name)) for one in between for name in _BEGINNINGS
    )
