"""No path that the project gives leads out of it; what the command line names is obeyed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lamlint.config import ConfigError
from lamlint.config.chain import LONGEST
from lamlint.config.reading import read
from lamlint.files.boundary import Boundary
from tests.checking import rules
from tests.command import CONFIGURATION, Folder, project

OUTSIDE = (
    "../out.toml",
    "../../x/out.toml",
    "{out}",
    "link",
    "links/out.toml",
    "sub/../../out.toml",
)
links = pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A project beside files that are none of its own, with links to them."""
    made = project(tmp_path / "project")
    Folder(tmp_path).write("out.toml", CONFIGURATION)
    Folder(tmp_path).write("x/out.toml", CONFIGURATION)
    Folder(tmp_path).write("out.json", '{"version": 1, "findings": []}')
    (made.path / "sub").mkdir()
    (made.path / "link").symlink_to("../out.toml")
    (made.path / "links").symlink_to("..")
    return made


@links
@pytest.mark.parametrize("inside_git", [False, True])
@pytest.mark.parametrize("key", ["extend", "baseline"])
@pytest.mark.parametrize("place", OUTSIDE)
def test_a_configuration_names_nothing_outside(
    folder: Folder, key: str, place: str, inside_git: bool
) -> None:
    if inside_git:
        (folder.path / ".git").mkdir()
    place = place.format(out=folder.path.parent / "out.toml")
    file = folder.write("lamlint.toml", f"\n# what\n{key} = '{place}'\n")
    with pytest.raises(ConfigError) as error:
        read(str(file), rules())
    assert "lamlint.toml:3: " in str(error.value)
    assert f"{place} lies outside the project" in str(error.value)


@links
def test_what_is_extended_is_held_to_the_same(folder: Folder) -> None:
    folder.write("sub/base.toml", 'baseline = "../../known.json"\n')
    folder.write("lamlint.toml", 'extend = "sub/base.toml"\n')
    done = folder.run("check")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("lamlint: sub/base.toml:1: ../../known.json lies outside")


@links
def test_the_repository_is_the_boundary(folder: Folder) -> None:
    (folder.path.parent / ".git").mkdir()
    file = folder.write("lamlint.toml", 'extend = "../out.toml"\nbaseline = "../out.json"\n')
    assert read(str(file), rules()).baseline == str(folder.path.parent / "out.json")


@links
@pytest.mark.parametrize("name", ["lamlint.toml", ".lamlint.toml", "pyproject.toml"])
def test_the_configuration_itself_is_no_link_out(folder: Folder, name: str) -> None:
    Folder(folder.path.parent).write("out.toml", CONFIGURATION + "[tool.lamlint]\n")
    (folder.path / "lamlint.toml").unlink()
    (folder.path / name).symlink_to("../out.toml")
    done = folder.run("check")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"lamlint: {name}: this is a link that leads out of the project")


@links
def test_what_the_command_line_names_is_obeyed(folder: Folder) -> None:
    outer = Folder(folder.path.parent)
    (folder.path / "plain").symlink_to("../x/out.toml")
    outer.write("out.toml", CONFIGURATION + 'extend = "x/out.toml"\nbaseline = "out.json"\n')
    for arguments in (
        ("--config", "../out.toml"),
        ("--config", "plain"),
        ("--baseline", "../out.json"),
        ("--baseline", "links/out.json"),
    ):
        assert folder.check(*arguments).found == ["template.yaml:9 timeout-over-limit"]
    assert folder.run("check", "--write-baseline", "--baseline", "../written.json").code == 0
    assert "timeout-over-limit" in outer.read("written.json")


@links
def test_a_named_file_of_the_project_stays_in_it(folder: Folder) -> None:
    folder.write("sub/own.toml", 'extend = "../../out.toml"\n')
    assert "sub/own.toml:1: " in folder.run("check", "--config", "sub/own.toml").err


@links
def test_no_baseline_is_written_outside(folder: Folder) -> None:
    (folder.path / ".lamlint-baseline.json").symlink_to("../precious")
    Folder(folder.path.parent).write("precious", "kept")
    done = folder.run("check", "--write-baseline")
    assert done.code == 2
    assert ".lamlint-baseline.json: this is a link that leads out of the project" in done.err
    assert Folder(folder.path.parent).read("precious") == "kept"


@pytest.mark.parametrize("key", ["extend", "baseline"])
def test_a_name_that_no_file_can_have_is_told(tmp_path: Path, key: str) -> None:
    file = Folder(tmp_path).write("lamlint.toml", f'{key} = "a\\u0000b"\n')
    with pytest.raises(ConfigError, match=r"lamlint\.toml:1: .* no path holds a NUL"):
        read(str(file), rules())


def test_files_that_extend_each_other_end(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    for number in range(LONGEST - 1):
        folder.write(f"{number}.toml", f'extend = "{number + 1}.toml"\n')
    folder.write(f"{LONGEST - 1}.toml", 'fail-on = "error"\n')
    assert read(str(tmp_path / "0.toml"), rules()).fail_on.label == "error"
    folder.write(f"{LONGEST - 1}.toml", f'extend = "{LONGEST}.toml"\n')
    folder.write(f"{LONGEST}.toml", "")
    with pytest.raises(ConfigError, match=f"more than {LONGEST} files extend each other"):
        read(str(tmp_path / "0.toml"), rules())


@links
@pytest.mark.parametrize(
    "back", ["lamlint.toml", "./lamlint.toml", "same.toml", "sub/../lamlint.toml"]
)
def test_a_file_is_extended_once_by_whatever_name(tmp_path: Path, back: str) -> None:
    folder = Folder(tmp_path)
    folder.write("sub/x", "")
    folder.write("lamlint.toml", 'extend = "base.toml"\n')
    (tmp_path / "same.toml").symlink_to("lamlint.toml")
    folder.write("base.toml", f'extend = "{back}"\n')
    with pytest.raises(ConfigError, match="extends this file again"):
        read(str(tmp_path / "lamlint.toml"), rules())


@links
def test_the_boundary_is_the_same_by_a_link_to_it(tmp_path: Path) -> None:
    (tmp_path / "real/sub").mkdir(parents=True)
    (tmp_path / "real-other").mkdir()
    (tmp_path / "link").symlink_to("real")
    boundary = Boundary(str(tmp_path / "link"))
    for name in ("link", "link/sub", "real/sub", "real/absent"):
        assert boundary.holds(str(tmp_path / name))
    for name in ("real-other", "real-other/x", "", "absent"):
        assert not boundary.holds(os.path.normpath(tmp_path / name))
    assert Boundary(os.path.abspath(os.sep)).holds(str(tmp_path))
