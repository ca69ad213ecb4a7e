"""Large packages without a lock: what the run says, which finds nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import CLEAN, Folder
from tests.packages.projects import wheel

LARGE = "pandas\nPyArrow>=3\nrequests\n"
TOLD = (
    "Size not known: 1 (src/requirements.txt: nothing says how large pandas, pyarrow would be, "
    "for Hello). To have it measured, "
)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path)
    made.write("template.yaml", CLEAN)
    made.write("src/app.py", "def handler(event, context):\n    pass\n")
    made.write("src/requirements.txt", LARGE)
    return made


def test_it_is_told_at_the_end_with_what_to_do(folder: Folder) -> None:
    done = folder.run("check")
    assert done.code == 0
    assert TOLD in done.out
    (note,) = folder.check().document["unsized"]
    assert (note["path"], note["line"]) == ("src/requirements.txt", 1)


def lock(*names: str) -> str:
    """A lock file of small wheels."""
    packages = (
        f'[[packages]]\nname = "{name}"\nwheels = [{wheel(f"{name}-3.0", "py3-none-any", 10)}]\n'
        for name in names
    )
    return "\n".join(['lock-version = "1.0"', *packages])


@pytest.mark.parametrize(
    ("files", "arguments"),
    [
        pytest.param({"src/requirements.txt": "requests\nboto3\n"}, (), id="small ones"),
        pytest.param({"src/pylock.toml": lock("pandas", "pyarrow", "requests")}, (), id="a lock"),
        pytest.param({".aws-sam/build/Hello/app.py": ""}, (), id="a build"),
        pytest.param(
            {".venv/pyvenv.cfg": "", ".venv/lib/python3.13/site-packages/x.py": ""},
            (),
            id="an environment",
        ),
        pytest.param({"src/requirements.txt": ""}, (), id="nothing asked for"),
        pytest.param({}, ("--ignore", "packaging"), id="nobody looks"),
        pytest.param({}, ("--quiet",), id="quiet"),
        pytest.param({"other/x.py": ""}, ("other",), id="other paths"),
    ],
)
def test_it_is_not_told(folder: Folder, files: dict[str, str], arguments: tuple[str, ...]) -> None:
    for name, text in files.items():
        folder.write(name, text)
    assert "Size not known" not in folder.run("check", *arguments).out
