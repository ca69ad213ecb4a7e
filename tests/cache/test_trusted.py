"""Only what the user's own runs have written is believed."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest

from lamlint.cache import place, store
from tests.cache.caching import Remembered, git, remembered
from tests.command import CHECKOUT

FORGED = "nothing to see here\n"


@pytest.fixture
def project(tmp_path: Path) -> Remembered:
    return remembered(tmp_path)


def forge(project: Remembered) -> None:
    """Have the cache tell something else, as one can who knows its key."""
    own = project.store
    for file in project.answers():
        kind, name = file.parts[-2:]
        kept = own.get(kind, name)
        assert kept is not None
        own.put(kind, name, {**kept, "said": [["out", "", [], [FORGED]]], "code": 0})


def test_a_forged_cache_outside_would_be_believed(project: Remembered) -> None:
    """Else the tests below would show nothing."""
    project.check()
    forge(project)
    assert project.check().out == FORGED


@pytest.mark.parametrize("inside", ["project/.cache", "project", "project/src/cache"])
def test_a_cache_in_the_project_does_nothing(
    project: Remembered, tmp_path: Path, inside: str
) -> None:
    project.check()
    forge(project)
    shutil.copytree(project.cache, tmp_path / inside, dirs_exist_ok=True)
    told = Remembered(project.folder, tmp_path / inside).check()
    assert told.out == project.fresh().out
    assert "the project that is checked" in told.err


def test_a_link_into_the_project_does_nothing(project: Remembered, tmp_path: Path) -> None:
    project.check()
    forge(project)
    shutil.move(project.cache, tmp_path / "project/.cache")
    project.cache.symlink_to(tmp_path / "project/.cache")
    assert project.check().out == project.fresh().out


def test_a_cache_in_the_repository_around_does_nothing(project: Remembered, tmp_path: Path) -> None:
    project.check()
    forge(project)
    git(tmp_path, "init", "--quiet")
    assert project.check().out == project.fresh().out


def test_a_cache_beside_a_configuration_above_does_nothing(
    project: Remembered, tmp_path: Path
) -> None:
    project.check("src")
    forge(project)
    project.folder.write("../.lamlint.toml", "")
    assert project.check("src").out == project.fresh("src").out


def test_the_usual_cache_folder_is_no_place_in_the_project_either(
    project: Remembered, tmp_path: Path
) -> None:
    inside = tmp_path / "project"
    usual = {"LAMLINT_NO_CACHE": "0", "LAMLINT_CACHE_DIR": "", "HOME": str(tmp_path)}
    with patch.object(sys, "platform", "linux"):
        project.folder.run("check", environment={**usual, "XDG_CACHE_HOME": str(inside)})
        assert not (inside / "lamlint").exists()
        project.folder.run("check", environment={**usual, "XDG_CACHE_HOME": str(tmp_path)})
        assert (tmp_path / "lamlint").exists()


def _others(folder: Path) -> None:
    folder.chmod(0o777)


def _foreign_inside(folder: Path) -> None:
    (folder / store.FORMAT).chmod(0o770)


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such modes")
@pytest.mark.parametrize("change", [_others, _foreign_inside])
def test_a_cache_that_others_may_write_does_nothing(
    project: Remembered, change: Callable[[Path], None]
) -> None:
    project.check()
    forge(project)
    change(project.cache)
    assert project.check().out == project.fresh().out


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such owners")
def test_a_cache_of_somebody_else_does_nothing(project: Remembered) -> None:
    project.check()
    forge(project)
    with patch.object(os, "geteuid", return_value=os.geteuid() + 1):
        told = project.check()
    assert told.out == project.fresh().out
    assert "belongs to another user" in told.err


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such modes")
def test_nobody_else_may_look_into_it(project: Remembered) -> None:
    project.check()
    made = [project.cache, *project.cache.rglob("*")]
    assert [path for path in made if path.stat().st_mode & 0o077] == []


def test_the_configuration_says_nothing_of_it(project: Remembered) -> None:
    for line in ('cache-dir = "."', "no-cache = true"):
        project.folder.write("lamlint.toml", f"{line}\n")
        told = project.check()
        assert told.code == 2
        assert "there is no option" in told.err


def _shorter(data: bytes) -> bytes:
    return data[:-1]


def _other_letter(data: bytes) -> bytes:
    return data.replace(b"Timeout", b"Timebut").replace(b"timeout", b"timebut")


def _other_number(data: bytes) -> bytes:
    return data.replace(b'"code":1', b'"code":0')


def _unsealed(data: bytes) -> bytes:
    return b"{}"


def _nothing(data: bytes) -> bytes:
    return b""


@pytest.mark.parametrize("damage", [_shorter, _other_letter, _other_number, _unsealed, _nothing])
def test_what_is_damaged_is_as_if_it_were_not_there(
    project: Remembered, damage: Callable[[bytes], bytes]
) -> None:
    told = project.check()
    for file in [*project.answers(), *project.cache.glob("1/programs/*")]:
        before = file.read_bytes()
        file.write_bytes(damage(before))
        assert file.read_bytes() != before or file.parent.name == "programs"
    assert not project.recalls()
    assert project.check() == told
    assert project.recalls()


@pytest.mark.parametrize("key", [b"", b"short", bytes(32)])
def test_another_key_is_as_none(project: Remembered, key: bytes) -> None:
    told = project.check()
    (project.cache / "1/key").write_bytes(key)
    assert not project.recalls()
    assert project.check() == told
    assert project.recalls()


def test_an_answer_in_another_s_place_is_as_none(project: Remembered) -> None:
    project.check()
    (one,) = project.answers()
    project.check("--quiet")
    (other,) = (file for file in project.answers() if file != one)
    other.write_bytes(one.read_bytes())
    assert not project.recalls("--quiet")


def test_a_folder_in_the_place_of_a_file_costs_nothing_but_the_memory(
    project: Remembered,
) -> None:
    told = project.check()
    (answer,) = project.answers()
    answer.unlink()
    answer.mkdir()
    assert project.check() == told


def test_where_nothing_can_be_written_the_run_is_as_ever(
    project: Remembered, tmp_path: Path
) -> None:
    project.cache.write_text("a file")
    told = project.check()
    assert (told.code, told.out) == (project.fresh().code, project.fresh().out)


def test_where_nothing_more_fits_the_run_is_as_ever(project: Remembered) -> None:
    full = patch.object(store, "write", side_effect=OSError(errno.ENOSPC, "no space left"))
    with full:
        told = project.check()
    assert (told.code, told.out) == (project.fresh().code, project.fresh().out)
    assert "it cannot be written" in told.err
    project.check()
    project.folder.write("src/app.py", "")
    with full:
        assert project.check() == project.fresh()


def test_without_a_home_the_run_is_as_ever(project: Remembered) -> None:
    nowhere = {"LAMLINT_CACHE_DIR": "", "XDG_CACHE_HOME": "", "HOME": "", "LOCALAPPDATA": ""}
    told = project.check(**nowhere)
    assert told == project.fresh()


def test_runs_at_once_do_each_other_no_harm(project: Remembered) -> None:
    command = [sys.executable, "-m", "lamlint", "check", "--output-format", "concise"]
    variables = {**os.environ, "PYTHONPATH": str(CHECKOUT), "LAMLINT_NO_CACHE": "0"}
    runs = [
        subprocess.Popen(
            [*command, "--cache-dir", str(project.cache)],
            cwd=project.folder.path,
            env=variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    told = [(*run.communicate(), run.returncode) for run in runs]
    fresh = project.fresh("--output-format", "concise")
    assert told == [(fresh.out, "", 1)] * 2
    again = project.check("--output-format", "concise")
    assert (again.out, again.err) == (fresh.out, "")


SECRET = "hunter2-Zq81kLmN0pVx"


@pytest.mark.parametrize("form", ["full", "concise", "json", "sarif", "github"])
def test_it_holds_no_secret_and_no_line_of_a_file(project: Remembered, form: str) -> None:
    project.folder.write(
        "src/app.py",
        f'PASSWORD = "{SECRET}"; NEAR = "q1beside"\nNOTE = "q1elsewhere"\n\ndef handler(a, b): ...\n',
    )
    told = project.check("--output-format", form, "--color", "always")
    assert "hardcoded-secret" in told.out
    assert project.check("--output-format", form, "--color", "always") == told
    assert project.recalls("--output-format", form, "--color", "always")
    kept = b"".join(file.read_bytes() for file in project.cache.glob("1/*/*"))
    for word in (SECRET, "q1beside", "q1elsewhere"):
        assert word.encode() not in kept


def test_another_user_has_another_key(project: Remembered) -> None:
    project.check()
    other = remembered(project.cache.parent / "again")
    other.check()
    assert other.store.key != project.store.key


def test_it_cannot_grow_without_bound(project: Remembered) -> None:
    own = project.store
    assert own.key
    names = [own.name(number) for number in range(6)]
    with patch.multiple(store, MOST_ENTRIES=3, MOST_BYTES=10_000):
        for number, name in enumerate(names):
            own.put("jobs", name, {"number": number})
            os.utime(own._file("jobs", name), ns=(number, number))
        assert sum(own.get("jobs", name) is not None for name in names) == 3
        assert own.get("jobs", names[5]) == {"number": 5}
        own.put("jobs", own.name("large"), {"text": "x" * 9_900})
        assert own.get("jobs", own.name("large")) is not None
        assert own.get("jobs", names[5]) is None
    with patch.object(store, "LARGEST", 100):
        own.put("jobs", own.name("too large"), {"text": "x" * 101})
        assert own.get("jobs", own.name("too large")) is None


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {"HOME": "/home/me"}, "/home/me/.cache/lamlint"),
        ("linux", {"HOME": "/home/me", "XDG_CACHE_HOME": "/c"}, "/c/lamlint"),
        ("linux", {"HOME": "/home/me", "XDG_CACHE_HOME": "c"}, "/home/me/.cache/lamlint"),
        ("linux", {}, ""),
        ("darwin", {"HOME": "/Users/me"}, "/Users/me/Library/Caches/lamlint"),
        ("win32", {"LOCALAPPDATA": "/me/AppData/Local"}, "/me/AppData/Local/lamlint"),
        ("win32", {"USERPROFILE": "/me"}, ""),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="paths are written otherwise there")
def test_it_lies_where_the_system_has_such_folders(
    platform: str, variables: dict[str, str], expected: str
) -> None:
    with patch.object(sys, "platform", platform), patch.dict(os.environ, variables, clear=True):
        assert place.usual() == expected


def test_an_answer_is_json(project: Remembered) -> None:
    project.check()
    for file in project.answers():
        assert json.loads(file.read_bytes()[64:])["code"] == 1
