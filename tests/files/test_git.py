"""Git is asked which files there are, and nothing of the project runs for it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from lamlint.files import git
from lamlint.files.disk import DiskTree
from tests.command import project

POSIX = pytest.mark.skipif(os.name == "nt", reason="pipes and scripts of POSIX systems")
FILES = {
    "app.py": "",
    "sub/inner.py": "",
    "sub/deep/more.py": "",
    ".gitignore": "*.tmp\n",
    "a.tmp": "",
}
SEEN = [".gitignore", "app.py", "sub/deep/more.py", "sub/inner.py"]


def told(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=folder, check=True, capture_output=True
    )
    return done.stdout.decode()


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A repository with a few files, of which one is tracked."""
    folder = tmp_path / "clone"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    told(folder, "init", "--quiet")
    told(folder, "add", "app.py")
    return folder


def alarm(folder: Path) -> Path:
    """A command that leaves a trace when it is run: the folder's own and not ignored anywhere."""
    file = folder.parent / "alarm"
    file.write_text(f'#!/bin/sh\ntouch "{folder.parent}/ran"\n')
    file.chmod(0o755)
    return file


def ran(folder: Path) -> bool:
    return (folder.parent / "ran").exists()


def bare_look_alike(folder: Path, extra: str) -> None:
    """Make a folder like a bare repository, of files that can all be tracked."""
    for name in ("objects", "refs"):
        (folder / name).mkdir()
        (folder / name / "keep").touch()
    (folder / "HEAD").write_text("ref: refs/heads/main\n")
    (folder / "config").write_text(f"[core]\n\trepositoryformatversion = 0\n{extra}")


def settings(command: Path) -> dict[str, str]:
    """Configurations of a repository that make some command of git run something."""
    return {
        "fsmonitor": f"[core]\n\tfsmonitor = {command}\n",
        "daemon": "[core]\n\tfsmonitor = true\n",
        "hooks": f"[core]\n\thooksPath = {command.parent}\n",
        "pager": f"[core]\n\tpager = {command}\n[pager]\n\tls-files = {command}\n",
        "alias": f"[alias]\n\tls-files = !{command}\n",
        "filter": f'[filter "x"]\n\tclean = {command}\n\tsmudge = {command}\n\tprocess = {command}\n',
        "diff": f"[diff]\n\texternal = {command}\n",
        "ssh": f"[core]\n\tsshCommand = {command}\n\tgitProxy = {command}\n\taskPass = {command}\n",
    }


@POSIX
@pytest.mark.parametrize("name", settings(Path("x")))
@pytest.mark.parametrize("where", ["own", "included", "worktree"])
def test_no_setting_of_the_repository_runs_anything(clone: Path, name: str, where: str) -> None:
    text = settings(alarm(clone))[name]
    (clone / ".gitattributes").write_text("* filter=x diff=x\n")
    with (clone / ".git/config").open("a") as config:
        if where == "own":
            config.write(text)
        elif where == "included":
            (clone / "settings").write_text(text)
            config.write(f"[include]\n\tpath = {clone}/settings\n")
        else:
            config.write("[extensions]\n\tworktreeConfig = true\n")
            (clone / ".git/config.worktree").write_text(text)
    seen = set(DiskTree(str(clone)).sources())
    assert set(SEEN) <= seen
    assert not ran(clone)


@POSIX
@pytest.mark.parametrize("extra", ["\tbare = true\n", "\tworktree = .\n", "\tworktree = ..\n", ""])
@pytest.mark.parametrize("tracked", [True, False])
def test_a_folder_like_a_bare_repository_is_none(clone: Path, extra: str, tracked: bool) -> None:
    sub = clone / "sub"
    bare_look_alike(sub, f"{extra}\tfsmonitor = {alarm(clone)}\n")
    if tracked:
        told(clone, "add", "--all")
    tree = DiskTree(str(sub))
    assert {"inner.py", "deep/more.py"} <= set(tree.sources())
    assert "more.py" in set(DiskTree(str(sub / "deep")).sources())
    assert not ran(clone)
    assert tree.git.silent == {}


@POSIX
def test_a_tracked_project_like_a_bare_repository_is_checked_and_runs_nothing(
    tmp_path: Path,
) -> None:
    folder = project(tmp_path / "clone" / "sub")
    bare_look_alike(folder.path, f"\tfsmonitor = {alarm(tmp_path / 'clone')}\n\tworktree = .\n")
    told(tmp_path / "clone", "init", "--quiet")
    told(tmp_path / "clone", "add", "--all")
    done = type(folder)(tmp_path / "clone").check(".")
    assert done.found == ["sub/template.yaml:9 timeout-over-limit"]
    assert not ran(tmp_path / "clone")


@POSIX
def test_a_link_to_another_git_folder_runs_nothing(clone: Path) -> None:
    bare_look_alike(clone / "sub", f"\tfsmonitor = {alarm(clone)}\n\tworktree = ..\n")
    os.rename(clone / ".git", clone.parent / "moved")
    (clone / ".git").write_text("gitdir: sub\n")
    assert set(SEEN) <= set(DiskTree(str(clone)).sources())
    assert not ran(clone)


@POSIX
def test_no_missing_object_is_fetched(clone: Path) -> None:
    """A .gitignore file that is only in the index is read from the objects, or fetched."""
    told(clone, "add", ".gitignore")
    told(clone, "update-index", "--skip-worktree", ".gitignore")
    held = told(clone, "rev-parse", ":.gitignore").strip()
    (clone / f".git/objects/{held[:2]}/{held[2:]}").unlink()
    (clone / ".gitignore").unlink()
    for name, value in {
        "core.repositoryformatversion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.url": f"ext::{alarm(clone)}",
        "remote.origin.promisor": "true",
        "protocol.ext.allow": "always",
    }.items():
        told(clone, "config", name, value)
    assert "app.py" in set(DiskTree(str(clone)).sources())
    assert not ran(clone)


def pipe(place: Path) -> None:
    place.unlink(missing_ok=True)
    os.mkfifo(place)


@POSIX
@pytest.mark.parametrize(
    "hinder",
    [
        lambda clone: pipe(clone / ".git/config"),
        lambda clone: pipe(clone / ".git/index"),
        lambda clone: pipe(clone / ".git/info/exclude"),
        lambda clone: told(clone, "config", "include.path", str(named_pipe(clone))),
        lambda clone: told(clone, "config", "core.excludesFile", str(named_pipe(clone))),
    ],
    ids=["config", "index", "exclude", "include", "excludes file"],
)
def test_git_that_waits_is_left_and_that_is_told(
    clone: Path, hinder: Callable[[Path], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(git, "PATIENCE", 0.5)
    hinder(clone)
    tree = DiskTree(str(clone))
    assert list(tree.sources()) == SEEN
    assert tree.git.silent == {str(clone.resolve()): "it took more than 0.5 seconds"}
    monkeypatch.setattr(git, "_ask", None)  # is not asked again
    assert tree.git.listed(str(clone)) is None


def named_pipe(clone: Path) -> Path:
    pipe(clone.parent / "pipe")
    return clone.parent / "pipe"


@pytest.mark.parametrize(
    "broken",
    [
        lambda clone: (clone / ".git/HEAD").write_text("x"),
        lambda clone: (clone / ".git/index").write_bytes(b"DIRC\xff\xff\xff\xff"),
        lambda clone: (clone / ".git/config").write_text("[core\n"),
        lambda clone: told(clone, "config", "core.repositoryformatversion", "99"),
    ],
    ids=["head", "index", "config", "version"],
)
def test_what_git_does_not_answer_is_walked_and_told(
    clone: Path, broken: Callable[[Path], object]
) -> None:
    broken(clone)
    tree = DiskTree(str(clone))
    assert list(tree.sources()) == SEEN
    assert len(tree.git.silent) == 1


@pytest.mark.parametrize(
    ("key", "value"),
    [("core.worktree", "../../elsewhere"), ("core.worktree", "/"), ("core.bare", "true")],
)
def test_no_setting_hides_the_files(clone: Path, key: str, value: str) -> None:
    (clone.parent / "elsewhere").mkdir()
    told(clone, "config", key, value)
    tree = DiskTree(str(clone))
    assert list(tree.sources()) == SEEN
    assert tree.git.silent == {}


def test_work_trees_and_submodules_are_listed(clone: Path) -> None:
    told(clone, "add", "--all")
    told(clone, "commit", "--quiet", "--message", "All")
    told(clone, "worktree", "add", "--quiet", "../second")
    allowed = ("-c", "protocol.file.allow=always")
    told(clone, *allowed, "submodule", "--quiet", "add", str(clone), "module")
    for folder in (clone.parent / "second", clone / "module"):
        tree = DiskTree(str(folder))
        assert list(tree.sources()) == SEEN
        assert tree.git.silent == {}
    assert "module/app.py" not in set(DiskTree(str(clone)).sources())


def test_a_run_tells_that_git_did_not_answer(tmp_path: Path) -> None:
    folder = project(tmp_path)
    folder.write(".git/HEAD", "no repository")
    for command in ("check", "functions"):
        assert "git does not say which files belong here (" in folder.run(command).err
    assert folder.run("check", "--quiet").err == ""


VARIABLES = (
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_EXEC_PATH",
    "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_NAMESPACE", "GIT_PREFIX", "GIT_EXTERNAL_DIFF",
    "GIT_COMMON_DIR", "GIT_SSH_COMMAND", "GIT_TRACE", "GIT_CEILING_DIRECTORIES",
)  # fmt: skip


@pytest.mark.parametrize("variable", VARIABLES)
def test_no_variable_leads_git_elsewhere(
    clone: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, str(clone.parent / "elsewhere"))
    tree = DiskTree(str(clone))
    assert list(tree.sources()) == SEEN
    assert tree.git.silent == {}
    assert not (clone.parent / "elsewhere").exists()


def test_no_setting_comes_by_the_environment(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.worktree")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", str(clone.parent))
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", "'core.excludesfile'='app.py'")
    assert list(DiskTree(str(clone)).sources()) == SEEN


def test_what_the_user_ignores_everywhere_stays_ignored(
    clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (clone.parent / "home/.config/git").mkdir(parents=True)
    (clone.parent / "home/.config/git/ignore").write_text("inner.py\n")
    monkeypatch.setenv("HOME", str(clone.parent / "home"))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    assert list(DiskTree(str(clone)).sources()) == [name for name in SEEN if "inner" not in name]


@pytest.mark.parametrize("name", [":(exclude)x", "*", "a b", "ü", "-x", ":!x", "[ab]", "x\\y"])
@pytest.mark.skipif(os.name == "nt", reason="names that Windows has not")
def test_a_folder_of_any_name_is_listed(clone: Path, name: str) -> None:
    (clone / name / "in").mkdir(parents=True)
    (clone / name / "in/x.py").touch()
    assert list(DiskTree(str(clone / name)).sources()) == ["in/x.py"]
    told(clone, "add", "--all")
    assert list(DiskTree(str(clone / name / "in")).sources()) == ["x.py"]


@POSIX
def test_git_is_not_one_of_the_project(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = git.program(str(clone))
    assert os.path.isabs(real)
    monkeypatch.chdir(clone)
    for folder in (clone, clone / "sub"):
        (folder / "git").write_text(alarm(clone).read_text())
        (folder / "git").chmod(0o755)
    (clone.parent / "bin").mkdir()
    (clone.parent / "bin/git").symlink_to(clone / "git")
    for entry in ("", ".", "sub", str(clone), str(clone / "sub"), str(clone.parent / "bin")):
        monkeypatch.setenv("PATH", f"{entry}{os.pathsep}{os.path.dirname(real)}")
        assert git.program(str(clone)) == real
        monkeypatch.setenv("PATH", entry)
        assert git.program(str(clone)) == ""
    assert not ran(clone)


def test_git_is_called_by_its_path_and_hardened(
    clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[tuple[list[str], dict[str, str]]] = []
    really = subprocess.run

    def run(command: list[str], **settings: object) -> object:
        calls.append((command, settings["env"]))  # type: ignore[arg-type]
        return really(command, **settings)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setenv("GIT_DIR", "x")
    DiskTree(str(clone)).sources()
    ((command, environment),) = calls
    assert os.path.isabs(command[0])
    for setting in ("core.fsmonitor=false", "safe.bareRepository=explicit"):
        assert command[command.index(setting) - 1] == "-c"
    assert {"--no-pager", "--no-optional-locks"} <= set(command)
    assert command.index("ls-files") > command.index("--no-pager")
    assert "GIT_DIR" not in environment


def test_only_one_module_starts_processes() -> None:
    package = Path(git.__file__).parent
    files = [*package.rglob("*.py"), *(package.parent / "rules").rglob("*.py")]
    words = ("import subprocess", "os.system(", "os.popen(", "os.exec", "os.spawn", "pty.spawn")
    texts = {file.name: file.read_text(encoding="utf-8") for file in files}
    starting = [name for name, text in texts.items() if any(word in text for word in words)]
    assert starting == ["git.py"]
