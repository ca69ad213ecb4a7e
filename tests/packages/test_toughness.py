"""Whatever stands in the files that are measured, measuring ends with a size or a reason."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lamlint.packages.target import holds, target_of
from tests.packages.locks import ENVIRONMENT, PYLOCK, PYPROJECT, UV_LOCK
from tests.packages.projects import TEMPLATE, project

BY_UV = f"{TEMPLATE.replace('src/', '.')}    Metadata:\n      BuildMethod: python-uv\n"
PIECES = (
    '"',
    "'",
    "[",
    "]",
    "{",
    "}",
    "=",
    "\n",
    "\0",
    "0",
    "-1",
    "é",
    "[[package]]",
    "size",
    "~=",
)
FILES = {
    "src/requirements.txt": "pandas[test]>=2; python_version >= '3.9'\nnumpy==2.3.0 --hash=a\n",
    "uv.lock": UV_LOCK,
    "src/pylock.toml": PYLOCK,
    "pyproject.toml": PYPROJECT,
    ".aws-sam/build.toml": '[function_build_definitions.a]\ncodeuri = "/a/src"\nfunctions = ["Other"]\n',
    **{path: text for path, text in ENVIRONMENT.items() if path.endswith(("METADATA", "RECORD"))},
}


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_damaged_files_are_measured_without_an_error(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(FILES)))
    text = FILES[path]
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 20)))
        text = text[:start] + data.draw(st.sampled_from(PIECES)) + text[end:]
    damaged = {**FILES, ".venv/pyvenv.cfg": "", path: text}
    if data.draw(st.booleans()):
        damaged["template.yaml"] = BY_UV
    if data.draw(st.booleans()):
        del damaged["uv.lock"], damaged["src/pylock.toml"]
    (package,) = project(damaged, {".aws-sam/build/elsewhere/x": 1}).packages
    assert package.measured or package.missing


@pytest.mark.parametrize(
    "marker",
    [
        "python_version ~= 'abc'",
        "os_name ~= 'posix'",
        "extras == 'x'",
        "nonsense == 'x'",
        "python_version >=",
        "(" * 5000,
    ],
)
def test_a_marker_that_cannot_be_read_is_no_evidence(marker: str) -> None:
    target = target_of("python3.13", "x86_64")
    assert target is not None
    assert not holds(marker, target)
