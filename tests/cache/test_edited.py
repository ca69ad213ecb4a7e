"""However a project is edited, what is told with a cache is what a fresh run tells."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cache.caching import CODE, TEMPLATE, Remembered, age, remembered

_NAMES = (
    "template.yaml", "src/app.py", "src/near.py", "src/requirements.txt", "lamlint.toml",
    "src/lamlint.toml", ".gitignore", "src/.gitignore", "other/template.yaml", "src/near/__init__.py",
    "other/src/app.py", "tests/app.py",
)  # fmt: skip
_TEXTS = (
    "",
    CODE,
    f"import near\n{CODE}",
    "import boto3\n\nCLIENT = boto3.client('s3')\n\n\ndef handler(event, context): ...\n",
    TEMPLATE,
    TEMPLATE.replace("1000", "0900"),
    'severity = "error"\n',
    "*.yaml\n",
    "near*\n",
    "requests\n",
)
_EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.sampled_from(_NAMES), st.sampled_from(_TEXTS)),
        st.tuples(st.just("remove"), st.sampled_from(_NAMES), st.just("")),
        st.tuples(st.just("touch"), st.sampled_from(_NAMES), st.just("")),
    ),
    min_size=1,
    max_size=3,
)


def edit(project: Remembered, what: str, name: str, text: str) -> None:
    """Change a file, as far as that can be done."""
    path = project.folder.path / name
    if what == "write" and not path.is_dir() and not path.parent.is_file():
        project.folder.write(name, text)
    elif what == "remove" and path.is_file():
        path.unlink()
    elif what == "touch" and path.is_file():
        path.touch()


@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(_EDITS, min_size=2, max_size=4), st.booleans())
def test_cached_and_fresh_reports_are_the_same(
    rounds: list[list[tuple[str, str, str]]], old: bool
) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        project = remembered(folder)
        for edits in rounds:
            for what, name, text in edits:
                edit(project, what, name, text)
            if old:
                age(project.folder.path)
            fresh = project.fresh()
            assert [project.check(), project.check()] == [fresh, fresh]
    finally:
        shutil.rmtree(folder)
