"""Writing files: what is kept, what is left alone, and what lies there afterwards."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from lamlint.files.writing import Draft, Written, is_staged, sweep, write
from lamlint.files.writing.lock import alone
from lamlint.files.writing.staged import new_name

OLD, NEW = b"x = 1\n", b"x = 2\n"
STAGED = ".lamlint-0123456789abcdef.staged"

unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "app.py"
    made.write_bytes(OLD)
    return made


def put(file: Path, before: bytes | None = OLD, within: str = "") -> Written:
    return write([Draft(str(file), NEW, before, within)])


def reasons(done: Written) -> list[str]:
    return [refused.reason for refused in done.refused]


def test_a_file_is_replaced_and_nothing_else_is_left(file: Path) -> None:
    assert put(file) == Written((str(file),))
    assert file.read_bytes() == NEW
    assert os.listdir(file.parent) == ["app.py"]


def test_a_new_file_has_the_rights_that_any_new_file_has(tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    put(tmp_path / "app.py", before=None)
    assert (tmp_path / "app.py").stat().st_mode == (tmp_path / "other").stat().st_mode


@unix
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o751, 0o777, 0o4755, 0o2750])
def test_the_mode_is_kept(file: Path, mode: int) -> None:
    file.chmod(mode)
    put(file)
    assert stat.S_IMODE(file.stat().st_mode) == mode
    assert file.read_bytes() == NEW


@unix
@pytest.mark.skipif(os.name == "posix" and os.geteuid() != 0, reason="only root gives files away")
def test_the_owner_is_kept(file: Path) -> None:
    os.chown(file, 1234, 4321)
    put(file)
    assert (file.stat().st_uid, file.stat().st_gid) == (1234, 4321)
    assert file.read_bytes() == NEW


@pytest.mark.skipif(sys.platform != "linux", reason="Python knows such attributes on Linux only")
def test_extended_attributes_are_kept(file: Path) -> None:
    if sys.platform == "linux":
        try:
            os.setxattr(file, "user.origin", b"here")
        except OSError:
            pytest.skip("this file system has none")
        put(file)
        assert os.getxattr(file, "user.origin") == b"here"
        assert file.read_bytes() == NEW


@unix
def test_a_link_stays_a_link(file: Path) -> None:
    link = file.with_name("link.py")
    link.symlink_to("app.py")
    assert put(link, within=str(file.parent)).refused == ()
    assert link.is_symlink()
    assert file.read_bytes() == NEW


@unix
def test_two_names_of_one_file_are_written_once_where_they_agree(file: Path) -> None:
    link = file.with_name("link.py")
    link.symlink_to("app.py")
    done = write([Draft(str(file), NEW, OLD), Draft(str(link), NEW, OLD)])
    assert done.refused == ()
    assert file.read_bytes() == NEW
    done = write([Draft(str(file), OLD, NEW), Draft(str(link), b"x = 3\n", NEW)])
    assert reasons(done) == ["the same file was mended by another name"]
    assert file.read_bytes() == NEW


def _changed(file: Path) -> None:
    file.write_bytes(b"x = 5\n")


def _longer(file: Path) -> None:
    file.write_bytes(OLD + b"y = 1\n")


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _gone(file: Path) -> None:
    file.unlink()


def _folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _read_only(file: Path) -> None:
    file.chmod(0o444)


def _hard_link(file: Path) -> None:
    os.link(file, file.with_name("second.py"))


def _pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def _link_out(file: Path) -> None:
    outside = file.parent.parent / "outside.py"
    outside.write_bytes(OLD)
    file.unlink()
    file.symlink_to(outside)


def _link_to_nothing_outside(file: Path) -> None:
    file.unlink()
    file.symlink_to(file.parent.parent / "absent.py")


@unix
@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (_changed, "it changed since it was read"),
        (_longer, "it changed since it was read"),
        (_empty, "it changed since it was read"),
        (_gone, "no such file or directory"),
        (_folder, "is a directory"),
        (_read_only, "it is read-only"),
        (_hard_link, "it has a second name (a hard link), which would keep the old text"),
        (_pipe, "it is no regular file"),
        (_link_out, "it leads to a place outside the project"),
        (_link_to_nothing_outside, "it leads to a place outside the project"),
    ],
)
def test_what_cannot_be_written_is_left_alone_with_all_others(
    file: Path, spoil: Callable[[Path], None], reason: str
) -> None:
    other = file.with_name("template.yaml")
    other.write_bytes(OLD)
    spoil(file)
    before = os.lstat(file) if os.path.lexists(file) else None
    within = str(file.parent)
    done = write([Draft(str(other), NEW, OLD, within), Draft(str(file), NEW, OLD, within)])
    assert (done.paths, reasons(done)) == ((), [reason])
    assert other.read_bytes() == OLD
    if before is not None:
        assert (os.lstat(file).st_ino, os.lstat(file).st_mtime_ns) == (
            before.st_ino,
            before.st_mtime_ns,
        )
    assert not [name for name in os.listdir(file.parent) if is_staged(name)]
    assert not [name for name in os.listdir(file.parent.parent) if is_staged(name)]


def test_a_file_that_came_up_meanwhile_is_not_overwritten(file: Path) -> None:
    assert reasons(put(file, before=None)) == ["it changed since it was read"]
    assert file.read_bytes() == OLD


@unix
@pytest.mark.parametrize(
    ("function", "reason"),
    [
        ("fchown", "it belongs to another user or group, which cannot be kept"),
        ("fchmod", "its mode or its attributes cannot be kept"),
    ],
)
def test_what_another_user_owns_is_left_alone(
    file: Path, monkeypatch: pytest.MonkeyPatch, function: str, reason: str
) -> None:
    def refuse(*_arguments: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    if os.geteuid() == 0:
        os.chown(file, 1234, 4321)
    elif function == "fchown":
        pytest.skip("only root gives files away")
    monkeypatch.setattr(os, function, refuse)
    assert reasons(put(file)) == [reason]
    assert file.read_bytes() == OLD
    assert os.listdir(file.parent) == ["app.py"]


@pytest.mark.skipif(sys.platform != "linux", reason="chattr is of Linux")
def test_an_immutable_file_is_found_before_anything_is_renamed(file: Path) -> None:
    made = subprocess.run(["chattr", "+i", file], capture_output=True, check=False)
    if made.returncode:
        pytest.skip("this file system or this user knows no immutable files")
    try:
        assert reasons(put(file)) == ["operation not permitted"]
    finally:
        subprocess.run(["chattr", "-i", file], check=True)
    assert os.listdir(file.parent) == ["app.py"]


def test_templates_are_renamed_before_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["a.py", "z.yaml", "b.pyi", "m.json", "c.toml"]
    for name in names:
        (tmp_path / name).write_bytes(OLD)
    order: list[str] = []
    real = os.replace

    def replace(source: str, target: str) -> None:
        order.append(os.path.basename(target))
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    write(Draft(str(tmp_path / name), NEW, OLD) for name in names)
    assert order == ["z.yaml", "m.json", "c.toml", "a.py", "b.pyi"]


def test_all_is_staged_and_synced_before_the_first_is_renamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["a.py", "b.py", "c.py"]
    for name in names:
        (tmp_path / name).write_bytes(OLD)
    steps: list[str] = []
    monkeypatch.setattr(os, "fsync", lambda _: steps.append("sync"))
    real = os.replace

    def replace(source: str, target: str) -> None:
        steps.append("rename")
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    write(Draft(str(tmp_path / name), NEW, OLD) for name in names)
    assert steps[:4] == ["sync", "sync", "sync", "rename"]
    assert steps.count("rename") == 3


def test_a_change_at_the_last_moment_stops_what_comes_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    template, code, other = (tmp_path / name for name in ("t.yaml", "a.py", "b.py"))
    for each in (template, code, other):
        each.write_bytes(OLD)
    real = os.replace

    def replace(source: str, target: str) -> None:
        real(source, target)
        code.write_bytes(b"by hand\n")

    monkeypatch.setattr(os, "replace", replace)
    done = write(Draft(str(each), NEW, OLD) for each in (other, code, template)[::-1])
    assert done.paths == (str(template),)
    assert [Path(each.path).name for each in done.refused] == ["a.py", "b.py"]
    assert (code.read_bytes(), other.read_bytes()) == (b"by hand\n", OLD)


@pytest.mark.parametrize("name", [STAGED, new_name()], ids=["one", "a new one"])
def test_the_name_of_a_staged_file_is_known(name: str) -> None:
    assert is_staged(name)
    assert not name.endswith((".py", ".yaml", ".yml", ".json", ".toml"))


@pytest.mark.parametrize(
    "name",
    [
        ".lamlint-baseline.json",
        ".lamlint-.staged",
        ".lamlint-0123456789abcde.staged",
        ".lamlint-0123456789abcdeg.staged",
        ".lamlint-0123456789ABCDEF.staged",
        ".lamlint-0123456789abcdef.staged.py",
        "lamlint-0123456789abcdef.staged",
        ".staged",
        "",
    ],
)
def test_names_of_others_are_not_taken_for_it(name: str) -> None:
    assert not is_staged(name)


def test_what_a_killed_run_left_is_removed_by_the_next_that_writes(file: Path) -> None:
    file.with_name(STAGED).write_bytes(NEW)
    put(file)
    assert os.listdir(file.parent) == ["app.py"]


@unix
def test_only_files_of_ones_own_are_removed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(OLD)
    place = tmp_path / "place"
    place.mkdir()
    (place / STAGED).symlink_to(victim)
    (place / STAGED.replace("0", "1")).mkdir()
    os.link(victim, place / STAGED.replace("0", "2"))
    os.mkfifo(place / STAGED.replace("0", "3"))
    (place / ".lamlint-baseline.json").write_bytes(OLD)
    before = sorted(os.listdir(place))
    sweep([str(place), str(tmp_path / "absent")])
    assert sorted(os.listdir(place)) == before
    assert victim.read_bytes() == OLD


@unix
def test_a_folder_that_another_run_writes_to_is_waited_for(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.with_name(STAGED).write_bytes(NEW)
    with alone([str(file.parent)]) as busy:
        assert not busy
        sweep([str(file.parent)])
        assert file.with_name(STAGED).exists()
        monkeypatch.setattr(
            "lamlint.files.writing.transaction.alone", lambda folders: alone(folders, 0)
        )
        assert reasons(put(file)) == ["another run of lamlint writes there"]
    assert put(file).refused == ()


def test_two_runs_at_once_lose_no_write(tmp_path: Path) -> None:
    """Each of many writers either replaces what it has read, or leaves it alone."""
    file = tmp_path / "count.txt"
    file.write_bytes(b"0")
    written: list[int] = []

    def count() -> None:
        for _ in range(20):
            before = file.read_bytes()
            done = write([Draft(str(file), str(int(before) + 1).encode(), before)])
            written.append(len(done.paths))

    writers = [threading.Thread(target=count) for _ in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(written) == 60
    assert int(file.read_bytes()) == sum(written)
    assert os.listdir(tmp_path) == ["count.txt"]
