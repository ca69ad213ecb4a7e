"""Which files belong to a project, how they are read, and how they are written."""

from __future__ import annotations

import os
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from lamlint.files.disk import DiskTree
from lamlint.files.git import repository
from lamlint.files.limits import Limits
from lamlint.files.overlay import Overlay
from lamlint.text import Entry, Source, Unreadable
from tests.memory import MemoryTree


def lay(root: Path, texts: Mapping[str, str]) -> Path:
    for path, text in texts.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return root


def git(root: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)


PROJECT = {
    "template.yaml": "",
    "src/app.py": "",
    "src/build.py": "",
    ".gitignore": "ignored/\n*.tmp\n",
    "ignored/x.py": "",
    "src/a.tmp": "",
    "node_modules/lib/x.py": "",
    "src/.aws-sam/build/app.py": "",
    ".venv/lib/python3.11/site-packages/x.py": "",
    "src/with space/ünï.py": "",
}
SEEN = [".gitignore", "src/app.py", "src/build.py", "src/with space/ünï.py", "template.yaml"]


@pytest.mark.parametrize("inside_git", [True, False])
def test_sources_are_what_git_tracks_or_would_track(tmp_path: Path, inside_git: bool) -> None:
    lay(tmp_path, PROJECT)
    if inside_git:
        git(tmp_path, "init", "-q")
        git(tmp_path, "add", "src/app.py")
    tree = DiskTree(str(tmp_path))
    assert list(tree.sources()) == SEEN
    assert list(tree.sources("src")) == [path for path in SEEN if path.startswith("src/")]
    assert list(tree.sources("src/")) == list(tree.sources("./src"))
    assert list(tree.sources("sr")) == []


LIBRARY = "layers/common/python/lib/python3.12/site-packages"
OF_A_LAYER = [
    ({"wrap.py": "", "acme/aws.py": ""}, ["acme/aws.py", "wrap.py"]),
    (
        {
            "wrap.py": "",
            "Other_Lib/x.py": "",
            "other_lib-1.2.dist-info/METADATA": "",
            "yaml/x.py": "",
            "one.py": "",
            "PyYAML-6.0.dist-info/RECORD": "yaml/x.py,sha256=a,1\none.py,,\n",
            "old/x.py": "",
            "old-1.egg-info/PKG-INFO": "",
            "bare/x.py": "",
            "bare.egg-info/PKG-INFO": "",
        },
        ["wrap.py"],
    ),
    ({"wrap.py": "", "../../../pyvenv.cfg": ""}, []),
    ({"node_modules/wrap.py": "", "build/wrap.py": ""}, []),
]


@pytest.mark.parametrize("inside_git", [True, False])
@pytest.mark.parametrize(("texts", "seen"), OF_A_LAYER)
def test_what_the_project_wrote_in_a_layers_library_is_a_source(
    tmp_path: Path, texts: dict[str, str], seen: list[str], inside_git: bool
) -> None:
    lay(tmp_path, {f"{LIBRARY}/{path}": text for path, text in texts.items()})
    if inside_git:
        git(tmp_path, "init", "-q")
    below = [one for one in DiskTree(str(tmp_path)).sources() if one.startswith(f"{LIBRARY}/")]
    assert below == [f"{LIBRARY}/{path}" for path in seen]


@pytest.mark.parametrize(
    "folder",
    [
        "env/lib/python3.12",
        "python/site-packages",
        "python/lib/python2.7",
        "mypython/lib/python3.12",
    ],
)
def test_installed_packages_elsewhere_are_none(tmp_path: Path, folder: str) -> None:
    lay(tmp_path, {f"{folder}/site-packages/wrap.py": "", "app.py": ""})
    seen = list(DiskTree(str(tmp_path)).sources())
    assert [path for path in seen if "site-packages/" in path] == []


def test_git_hooks_do_not_lead_git_astray(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(tmp_path, PROJECT)
    git(tmp_path, "init", "-q")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    assert list(DiskTree(str(tmp_path)).sources()) == SEEN


def test_without_git_the_walk_gives_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(tmp_path, PROJECT)
    git(tmp_path, "init", "-q")
    monkeypatch.setenv("PATH", "")
    assert list(DiskTree(str(tmp_path)).sources()) == SEEN


def test_tracked_files_are_seen_though_ignored_and_deleted_ones_are_not(tmp_path: Path) -> None:
    lay(tmp_path, PROJECT)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-f", "ignored/x.py", "src/app.py")
    (tmp_path / "src/app.py").unlink()
    listed = list(DiskTree(str(tmp_path)).sources())
    assert "ignored/x.py" in listed
    assert "src/app.py" not in listed


@pytest.mark.parametrize("inside_git", [True, False])
def test_what_is_named_is_looked_at(tmp_path: Path, inside_git: bool) -> None:
    lay(tmp_path, PROJECT)
    if inside_git:
        git(tmp_path, "init", "-q")
    named = ("ignored/x.py", "src/.aws-sam/build", "node_modules/lib")
    listed = set(DiskTree(str(tmp_path), named=named).sources())
    assert {"ignored/x.py", "src/.aws-sam/build/app.py", "node_modules/lib/x.py"} < listed
    assert "src/a.tmp" not in listed
    assert "src/.aws-sam/build/app.py" not in set(
        DiskTree(str(tmp_path), named=("src/.aws-sam/other",)).sources()
    )


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    lay(tmp_path, {"big.py": "x" * 200, "src/app.py": ""})
    (tmp_path / "photo.py").write_bytes(b"\0\1")
    tree = DiskTree(str(tmp_path), limits=Limits(source=100))
    assert tree.read("big.py") == Unreadable("big.py", "it is larger than 100 bytes")
    assert tree.read("photo.py") == Unreadable("photo.py", "it is a binary file")
    assert tree.read("src") == Unreadable("src", "it is no regular file")
    assert tree.read("absent.py") == Unreadable("absent.py", "no such file or directory")
    assert tree.skipped == {}
    assert {one.span.path: one.reason for one in tree.unread} == {
        "big.py": "it is larger than 100 bytes",
        "photo.py": "it is a binary file",
        "src": "it is no regular file",
    }


def test_lock_files_may_be_larger() -> None:
    assert Limits().of("a/uv.lock") == Limits().of("pylock.dev.toml") > Limits().of("a.py")


def test_an_unreadable_folder_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(tmp_path, {"a/x.py": "", "b/y.py": ""})
    really = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("a"):
            raise PermissionError(13, "Permission denied")
        return really(path)

    monkeypatch.setattr(os, "scandir", scandir)
    tree = DiskTree(str(tmp_path))
    assert list(tree.sources()) == ["b/y.py"]
    assert [entry.path for entry in tree.contents("")] == ["b/y.py"]
    assert {(one.span.path, one.reason) for one in tree.unread} == {("a/", "permission denied")}


def test_links_out_of_the_project_are_not_followed(tmp_path: Path) -> None:
    lay(tmp_path, {"outside/secret.py": "x = 1", "project/lamlint.toml": "", "project/a.py": ""})
    project = tmp_path / "project"
    (project / "link.py").symlink_to("../outside/secret.py")
    (project / "folder").symlink_to("../outside")
    (project / "loop").symlink_to(".")
    (project / "self.py").symlink_to("self.py")
    (project / "same.py").symlink_to("a.py")
    tree = DiskTree(str(project))
    assert list(tree.sources()) == ["a.py", "lamlint.toml", "same.py"]
    assert tree.read("link.py") == Unreadable(
        "link.py", "it is a link to a place outside the project"
    )
    assert isinstance(tree.read("folder/secret.py"), Unreadable)
    assert isinstance(tree.read("../outside/secret.py"), Unreadable)
    assert not tree.is_file("../outside/secret.py")
    assert not tree.is_folder("../outside")
    assert [entry.path for entry in tree.contents("")] == ["a.py", "lamlint.toml", "same.py"]
    assert not tree.mentions("link.py", (b"x",))


def test_a_repository_may_be_read_above_the_root(tmp_path: Path) -> None:
    lay(tmp_path, {"service/lamlint.toml": "", "common/shared.py": "x = 1"})
    git(tmp_path, "init", "-q")
    tree = DiskTree(str(tmp_path / "service"), boundary=str(tmp_path))
    found = tree.read("../common/shared.py")
    assert isinstance(found, Source)
    assert found.path == "../common/shared.py"
    assert list(tree.sources("../common")) == ["../common/shared.py"]
    assert list(tree.sources()) == ["lamlint.toml"]


def test_contents_are_what_lies_on_disk(tmp_path: Path) -> None:
    lay(tmp_path, PROJECT | {"ignored/x.py": "12345"})
    tree = DiskTree(str(tmp_path))
    assert list(tree.contents("ignored")) == [Entry("ignored/x.py", 5)]
    assert list(tree.contents("absent")) == []
    assert Entry("node_modules/lib/x.py", 0) in list(tree.contents("."))


def test_archives_show_their_directory(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("src/app.py", "12345")
        archive.mkdir("empty") if hasattr(archive, "mkdir") else None
    (tmp_path / "b.zip").write_text("no")
    tree = DiskTree(str(tmp_path))
    assert tree.archive("a.zip") == (Entry("src/app.py", 5),)
    assert tree.archive("b.zip") == Unreadable("b.zip", "it is no zip archive")
    assert isinstance(tree.archive("c.zip"), Unreadable)


def test_mentions_reads_bytes(tmp_path: Path) -> None:
    lay(tmp_path, {"a.py": "import boto3"})
    tree = DiskTree(str(tmp_path))
    assert tree.mentions("a.py", (b"nothing", b"boto3"))
    assert not tree.mentions("a.py", (b"redis",))
    assert not tree.mentions("absent.py", (b"redis",))


def test_an_overlay_shows_changed_texts() -> None:
    tree = MemoryTree({"a.py": b"\xef\xbb\xbfx = 1\n", "src/b.py": "y = 1\n"})
    overlay = Overlay(tree, {"a.py": "x = 2\n", "src/new.py": "z = 1\n"})
    changed = overlay.read("./a.py")
    assert isinstance(changed, Source)
    assert (changed.text, changed.bom) == ("x = 2\n", True)
    assert overlay.read("a.py") is changed
    kept = overlay.read("src/b.py")
    assert isinstance(kept, Source)
    assert kept.text == "y = 1\n"
    assert list(overlay.sources("src")) == ["src/b.py", "src/new.py"]
    assert overlay.is_file("src/new.py")
    assert overlay.mentions("a.py", (b"x = 2",))
    assert not overlay.mentions("a.py", (b"x = 1",))


def test_the_repository_is_found_upward(tmp_path: Path) -> None:
    lay(tmp_path, {"a/b/c.py": ""})
    git(tmp_path, "init", "-q")
    assert repository(str(tmp_path / "a/b")) == str(tmp_path)


def test_a_file_that_was_read_is_not_read_again_to_look_for_words(tmp_path: Path) -> None:
    file = tmp_path / "app.py"
    file.write_text("import boto3\n")
    tree = DiskTree(str(tmp_path))
    assert tree.mentions("app.py", (b"boto3",))
    assert isinstance(tree.read("app.py"), Source)
    file.unlink()
    assert tree.mentions("app.py", (b"requests", b"boto3"))
    assert not tree.mentions("app.py", (b"requests",))
