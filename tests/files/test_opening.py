"""What is no regular file of bounded size is told, whoever reads it, and nobody waits for it."""

from __future__ import annotations

import os
import socket
import struct
import zipfile
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from lamlint.config import ConfigError
from lamlint.config.reading import read
from lamlint.engine import baseline
from lamlint.engine.baseline import BaselineError
from lamlint.files import archive, opening
from lamlint.files.disk import DiskTree
from lamlint.files.limits import Limits
from lamlint.files.opening import ReadError
from lamlint.text import Unreadable
from tests.checking import rules
from tests.command import Done, Folder, project

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pipes and devices of POSIX systems")


def bind(place: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(place))


THINGS: dict[str, Callable[[Path], object]] = {
    "pipe": os.mkfifo,
    "folder": Path.mkdir,
    "socket": bind,
    "zeros": lambda place: place.symlink_to("/dev/zero"),
    "terminal": lambda place: place.symlink_to("/dev/tty"),
    "nothing": lambda place: place.symlink_to("/dev/null"),
    "broken link": lambda place: place.symlink_to("absent"),
    "loop of links": lambda place: place.symlink_to(place.name),
    "no permission": lambda place: place.symlink_to("/proc/1/mem"),
}
"""What can lie where a file is meant to be, in the folder of the project."""


def place_in(folder: Path, name: str, thing: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(folder)
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    THINGS[thing](folder / name)
    return folder / name


@pytest.mark.parametrize("thing", THINGS)
def test_each_reader_gives_a_reason(
    tmp_path: Path, thing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.py", "uv.lock", "a.zip", ".gitignore", "lamlint.toml", "baseline.json"):
        place_in(tmp_path, name, thing, monkeypatch)
    file = str(tmp_path / "a.py")
    with pytest.raises(ReadError):
        opening.read(file, 1000)
    with pytest.raises(ReadError):
        archive.members(file)
    tree = DiskTree(str(tmp_path))
    assert isinstance(tree.read("a.py"), Unreadable)
    assert isinstance(tree.read("uv.lock"), Unreadable)
    assert isinstance(tree.archive("a.zip"), Unreadable)
    assert not tree.mentions("a.py", (b"x",))
    assert list(tree.sources()) == []
    with pytest.raises(BaselineError):
        baseline.read(str(tmp_path / "baseline.json"), "baseline.json")
    with pytest.raises(ConfigError, match=r"^lamlint\.toml: "):
        read(str(tmp_path / "lamlint.toml"), rules())


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (("check",), "lamlint.toml"),
        (("check",), ".lamlint.toml"),
        (("config", "--config", "named.toml"), "named.toml"),
        (("check", "--baseline", "known.json"), "known.json"),
        (("check", "--write-baseline"), ".lamlint-baseline.json"),
    ],
)
def test_a_run_ends_with_a_sentence(tmp_path: Path, arguments: tuple[str, ...], name: str) -> None:
    folder = project(tmp_path)
    if name.endswith("lamlint.toml"):
        (tmp_path / "lamlint.toml").unlink()
    os.mkfifo(tmp_path / name)
    refused(folder.run(*arguments), f"{name}: ", "it is no regular file")


@pytest.mark.parametrize("key", ["baseline", "extend"])
def test_what_a_configuration_names_is_a_file(tmp_path: Path, key: str) -> None:
    folder = project(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    folder.write("lamlint.toml", f'{key} = "pipe"\n')
    refused(folder.run("check"), "pipe: ", "it is no regular file")


def refused(done: Done, *sentences: str) -> None:
    assert done.code == 2
    assert all(sentence in done.err for sentence in sentences), done.err
    assert done.err.count("\n") == 1


def test_a_file_is_read_whole_and_no_further(tmp_path: Path) -> None:
    file = tmp_path / "a"
    for size in (0, 1, 99, 100):
        file.write_bytes(b"x" * size)
        assert opening.read(str(file), 100) == b"x" * size
    file.write_bytes(b"x" * 101)
    with pytest.raises(ReadError, match="larger than 100 bytes"):
        opening.read(str(file), 100)
    for name in (f"{file}\0", f"{file}{'x' * 5000}"):
        with pytest.raises(ReadError):
            opening.read(name, 100)


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="files of Linux")
def test_a_file_that_tells_no_size_is_read_to_the_limit() -> None:
    assert opening.read("/proc/self/status", 100_000).startswith(b"Name:")
    with pytest.raises(ReadError, match="larger than 10 bytes"):
        opening.read("/proc/self/status", 10)


def test_a_file_that_becomes_a_pipe_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").touch()
    looked_at = os.stat(tmp_path / "a")
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.setattr(os, "stat", lambda _: looked_at)
    with pytest.raises(ReadError, match="no regular file"):
        opening.read(str(tmp_path / "pipe"), 100)


def test_a_file_that_gives_nothing_yet_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Some files of systems, a kernel's log for one, are regular, tell no size and keep a reader."""
    quiet, writer = os.pipe()
    os.set_blocking(quiet, False)
    with open(quiet, "rb") as file, open(writer, "wb"):
        monkeypatch.setattr(opening, "regular", lambda _: nullcontext(file))
        with pytest.raises(ReadError, match="nothing to read for now"):
            opening.read("log", 100)
        assert opening.beginning("log", 100) == b""


@pytest.mark.parametrize("size", [0xFFFFFFFF, 1 << 30, 20_000_000])
def test_an_archive_that_lies_about_its_directory_is_none(tmp_path: Path, size: int) -> None:
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, size, 0, 0)
    with (tmp_path / "a.zip").open("wb") as file:
        file.seek(1 << 31)  # nearly all of it is a hole
        file.write(end)
    assert isinstance(DiskTree(str(tmp_path)).archive("a.zip"), Unreadable)


def test_no_damage_to_an_archive_is_a_defect(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr("app.py", "x")
        made.writestr("ünï/b.py", "y", zipfile.ZIP_DEFLATED)
    whole = (tmp_path / "a.zip").read_bytes()
    tree = DiskTree(str(tmp_path))
    for place in range(len(whole)):
        for value in (0x00, 0x7F, 0xFF):
            (tmp_path / "a.zip").write_bytes(whole[:place] + bytes([value]) + whole[place + 1 :])
            assert isinstance(tree.archive("a.zip"), tuple | Unreadable)


def test_a_large_archive_of_few_files_is_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr("app.py", "x" * 10_000_000)
    assert len(archive.members(str(tmp_path / "a.zip"))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{", "null", "1", '{"version": 1}', '{"version": 1, "findings": 1}',
        '{"version": 1, "findings": [1]}', '{"version": 1, "findings": ["path"]}',
        '{"version": 1, "findings": [{}]}', "[" * 100_000, '{"version": 1, "findings": {"a": 1}}',
        '{"version": 1, "findings": [{"path": 1, "rule": "", "subject": "", "text": "", "ordinal": 0}]}',
        '{"version": 1, "findings": [{"path": "", "rule": "", "subject": "", "text": "", "ordinal": 1e999}]}',
        '{"version": 1, "findings": [{"path": "", "rule": "", "subject": "", "text": "", "ordinal": ' + "9" * 5000 + "}]}",
    ],
)  # fmt: skip
def test_what_is_no_baseline_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "b.json").write_text(text)
    with pytest.raises(BaselineError):
        baseline.read(str(tmp_path / "b.json"), "b.json")


@pytest.mark.parametrize(
    "path",
    ["/etc/passwd", "../../../etc/passwd", "/dev/zero", "a\0b", "~/x", "x/" * 3000, "", ".."],
)
def test_no_path_of_a_baseline_leads_outside(
    tmp_path: Path, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def listdir(folder: str) -> list[str]:
        asked.append(folder)
        return [entry.name for entry in os.scandir(folder)]

    monkeypatch.setattr(os, "listdir", listdir)
    assert not DiskTree(str(tmp_path)).is_file(path)
    assert all(folder.startswith(str(tmp_path)) for folder in asked)


def test_the_command_line_lifts_the_limit_and_the_project_does_not(tmp_path: Path) -> None:
    folder = project(tmp_path)
    template = folder.read("template.yaml")
    folder.write("template.yaml", template + "#" * 5_100_000 + "\n")
    assert folder.check().found == []
    assert folder.check("--max-file-size", "6000000").found == [
        "template.yaml:9 timeout-over-limit"
    ]
    listed = folder.run("functions", "--max-file-size", "6000000").out
    assert "Hello" in listed
    folder.write("lamlint.toml", "\nmax-file-size = 5000001\n")
    refused(folder.run("check"), "lamlint.toml:2: ", "--max-file-size")
    refused_option = folder.run("check", "--max-file-size", "0")
    assert refused_option.code == 2


def test_the_limits_are_those_of_the_run(tmp_path: Path) -> None:
    Folder(tmp_path).write("a.py", "x" * 100)
    assert isinstance(DiskTree(str(tmp_path), limits=Limits(source=99)).read("a.py"), Unreadable)
