"""How a package is measured, from the surest way to the least sure."""

from __future__ import annotations

import pytest

from lamlint.packages import Method
from tests.packages.locks import ENVIRONMENT, PYLOCK, PYPROJECT, UV_LOCK
from tests.packages.projects import (
    MEGABYTE,
    TEMPLATE,
    archive,
    known,
    measured,
    project,
    sizes_of,
)

BY_UV = TEMPLATE + "    Metadata:\n      BuildMethod: python-uv\n"


def test_a_build_is_measured_before_anything_else() -> None:
    found = known(
        {"src/requirements.txt": "pandas\n", "uv.lock": UV_LOCK},
        {
            ".aws-sam/build/Report/numpy/core.so": 50 * MEGABYTE,
            ".aws-sam/build/Report/numpy.libs/blas.so": 20 * MEGABYTE,
            ".aws-sam/build/Report/numpy-2.3.0.dist-info/RECORD": MEGABYTE,
            ".aws-sam/build/Report/app.py": 100,
        },
    )
    assert found.method is Method.BUILT
    assert found.place == ".aws-sam/build/Report"
    assert sizes_of(found) == {"numpy": 71 * MEGABYTE}
    assert found.complete
    assert not found.estimated


def test_functions_that_were_built_together_share_a_folder() -> None:
    found = known(
        {
            ".aws-sam/build.toml": (
                "[function_build_definitions.a]\n"
                'codeuri = "/somewhere/src"\nfunctions = ["Other", "Report"]\n'
            )
        },
        {".aws-sam/build/Other/numpy/core.so": 50 * MEGABYTE},
    )
    assert (found.method, found.place) == (Method.BUILT, ".aws-sam/build/Other")


def test_an_archive_is_measured_by_its_directory() -> None:
    found = known(
        {
            "template.yaml": TEMPLATE.replace("src/", "dist/report.zip"),
            "dist/report.zip": archive({"pandas/core.so": 3 * MEGABYTE, "app.py": 10}),
        }
    )
    assert (found.method, found.place) == (Method.ARCHIVE, "dist/report.zip")
    assert sizes_of(found) == {"pandas": 3 * MEGABYTE}


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06 broken", b"\0" * 100])
def test_a_broken_archive_says_nothing(content: bytes) -> None:
    template = TEMPLATE.replace("src/", "dist/report.zip")
    assert measured({"template.yaml": template, "dist/report.zip": content}) is None


def test_source_counts_without_environments_and_caches() -> None:
    found = known(
        {"src/env/pyvenv.cfg": ""},
        {
            "src/models/large.onnx": 100 * MEGABYTE,
            "src/env/lib/python3.12/site-packages/x.py": 999 * MEGABYTE,
            "src/node_modules/x.js": 999 * MEGABYTE,
            "src/__pycache__/app.pyc": 999 * MEGABYTE,
        },
    )
    assert found.method is Method.SOURCE
    assert sizes_of(found) == {"models": 100 * MEGABYTE}


def test_uv_lock_gives_what_the_project_needs_on_the_runtime() -> None:
    template = BY_UV.replace("src/", ".")
    found = known({"template.yaml": template, "pyproject.toml": PYPROJECT, "uv.lock": UV_LOCK})
    estimated = [part for part in found.parts if part.size > 10_000]
    assert (found.method, found.place) == (Method.LOCK, "uv.lock")
    assert [part.name for part in estimated] == ["pandas", "numpy"]
    assert all(30_000_000 < part.least < part.size < 65_000_000 for part in estimated)
    assert found.complete
    assert found.own


def test_a_function_s_own_requirements_choose_from_a_shared_uv_lock() -> None:
    found = known({"src/requirements.txt": "duckdb==1.3.0 --hash=sha256:00\n", "uv.lock": UV_LOCK})
    assert set(sizes_of(found)) == {"duckdb", "requirements.txt"}


def test_the_architecture_chooses_the_wheel() -> None:
    template = TEMPLATE + "      Architectures: [arm64]\n"
    found = known(
        {"template.yaml": template, "src/requirements.txt": "pandas\n", "uv.lock": UV_LOCK}
    )
    assert sizes_of(found)["pandas"] == 7
    assert not found.complete  # there is no numpy for it


def test_the_architecture_of_a_function_holds_for_what_its_layers_install() -> None:
    template = f"""{TEMPLATE}      Architectures: [arm64]
      Layers: [!Ref Numbers]
  Numbers:
    Type: AWS::Serverless::LayerVersion
    Metadata: {{BuildMethod: python3.12}}
    Properties: {{ContentUri: layer/}}
"""
    files = {"template.yaml": template, "layer/requirements.txt": "pandas\n", "uv.lock": UV_LOCK}
    assert sizes_of(known(files))["pandas (layer Numbers)"] == 7


def test_a_runtime_takes_no_wheel_of_a_newer_system() -> None:
    template = TEMPLATE.replace("python3.12", "python3.11")
    lock = UV_LOCK.replace("cp312-cp312-manylinux_2_28", "cp311-cp311-manylinux_2_28")
    found = known({"template.yaml": template, "src/requirements.txt": "numpy", "uv.lock": lock})
    assert "numpy" not in sizes_of(found)


def test_a_project_without_requirements_is_not_installed_by_pip() -> None:
    template = TEMPLATE.replace("src/", ".")
    found = known({"template.yaml": template, "pyproject.toml": PYPROJECT, "uv.lock": UV_LOCK})
    assert found.method is Method.SOURCE
    assert "uv.lock" not in sizes_of(found)
    assert [missing.text for missing in found.missing] == [
        "what pyproject.toml asks for: "
        "a build installs what requirements.txt says, and nothing else"
    ]


def test_no_lock_file_is_a_part() -> None:
    locks = ("uv.lock", "poetry.lock", "Pipfile.lock", "pdm.lock", "pylock.toml", "pylock.dev.toml")
    assert sizes_of(known({f"src/{name}": "x = 1\n" for name in locks})) == {}


EXPORTS = {"Makefile": "build:\n\tuv export --no-dev -o src/requirements.txt\n\tsam build\n"}


@pytest.mark.parametrize("path", ["pylock.toml", "src/pylock.toml"])
def test_a_lock_is_not_packed_by_itself(path: str) -> None:
    found = known({path: PYLOCK, "Makefile": "build:\n\tsam build\n"})
    assert (found.method, sizes_of(found)) == (Method.SOURCE, {})


@pytest.mark.parametrize("path", ["Makefile", "scripts/build.sh", ".github/workflows/ci.yml"])
@pytest.mark.parametrize(
    "command",
    [
        "uv export --no-dev -o src/requirements.txt",
        "uv --quiet export --frozen --output-file=./src/requirements.txt",
        "uv export --format requirements-txt > src/requirements.txt",
        "poetry export --without-hashes \\\n\t\t--output src/requirements.txt",
        "pdm export -o 'src/requirements.txt'",
        "pip-compile --output-file src/requirements.txt pyproject.toml",
        "uv pip compile pyproject.toml -o src/requirements.txt",
        'for each in src jobs; do uv export -o "${each}/requirements.txt"; done',
        "for each in src jobs; do uv export -o $each/requirements.txt; done",
    ],
)
def test_a_lock_that_is_exported_may_not_be_the_function_s(path: str, command: str) -> None:
    found = known({"pylock.toml": PYLOCK, path: f"build:\n\t{command}\n"})
    assert set(sizes_of(found)) == {"pandas", "numpy"}
    assert not found.own


@pytest.mark.parametrize(
    "command",
    [
        "uv export -o requirements.txt",
        "uv export -o docker/requirements.txt",
        "uv export -o src/requirements-dev.txt",
        'uv export -o "services/${each}/requirements.txt"',
        "uv export",
        "cp requirements.txt src/requirements.txt",
    ],
)
def test_a_lock_that_is_exported_to_elsewhere_is_not_packed(command: str) -> None:
    found = known({"pylock.toml": PYLOCK, "Makefile": f"build:\n\t{command}\n"})
    assert found.method is Method.SOURCE


def test_a_script_may_run_where_it_stands() -> None:
    command = "uv export > src/requirements.txt\n"
    files = {"services/template.yaml": TEMPLATE, "services/src/app.py": ""}
    lock = {"services/pylock.toml": PYLOCK, "services/build.sh": command}
    built = {one.function.template: one for one in project({**files, **lock}).packages}
    assert built["services/template.yaml"].missing == ()
    found = built["services/template.yaml"].measured
    assert found is not None
    assert found.method is Method.LOCK


def test_groups_that_a_lock_installs_by_default_count() -> None:
    lock = PYLOCK.replace("[[packages]]", 'default-groups = ["dev"]\n[[packages]]', 1)
    assert "pytest" in sizes_of(known({"pylock.toml": lock, **EXPORTS}))


def test_a_lock_beside_the_template_says_nothing_where_a_layer_may_hold_it() -> None:
    layered = TEMPLATE + "      Layers: [arn:aws:lambda:eu-west-1:123456789012:layer:deps:1]\n"
    found = known({"template.yaml": layered, "pylock.toml": PYLOCK, **EXPORTS})
    assert sizes_of(found) == {}
    assert not found.complete


def test_installed_distributions_count_with_what_they_need() -> None:
    found = known({"src/requirements.txt": "# all\nPandas >= 2\n", **ENVIRONMENT})
    assert (found.method, found.place) == (Method.INSTALLED, ".venv")
    assert sizes_of(found) == {"pandas": 40_001_000, "numpy": 50_000_000, "requirements.txt": 18}
    assert found.complete


def test_an_extra_brings_what_it_asks_for() -> None:
    found = known({"src/requirements.txt": "pandas[test]\n", **ENVIRONMENT})
    assert "pytest" in sizes_of(found)


def test_what_is_not_installed_leaves_it_incomplete() -> None:
    found = known({"src/requirements.txt": "pandas\nduckdb\n", **ENVIRONMENT})
    assert not found.complete


def test_requirements_alone_are_no_evidence() -> None:
    found = known({"src/requirements.txt": "torch\n"})
    assert found.method is Method.SOURCE
    assert sizes_of(found) == {"requirements.txt": 6}
    assert not found.complete


def test_dependencies_that_stand_in_the_source_are_not_counted_twice() -> None:
    found = known(
        {"src/requirements.txt": "numpy\n", "uv.lock": UV_LOCK},
        {"src/numpy-2.3.0.dist-info/RECORD": 10, "src/numpy/core.so": MEGABYTE},
    )
    assert sizes_of(found) == {"numpy": MEGABYTE + 10, "requirements.txt": 6}


@pytest.mark.parametrize(
    "requirements",
    ["-r more.txt\n", "pandas; python_version >= '3.12'\n", "-c limits.txt\npandas \\\n  >=2\n"],
)
def test_requirement_files_are_read_as_pip_reads_them(requirements: str) -> None:
    files = {"src/requirements.txt": requirements, "src/more.txt": "pandas\n", "uv.lock": UV_LOCK}
    assert {"pandas", "numpy"} <= set(sizes_of(known(files)))


@pytest.mark.parametrize("requirements", ["-r requirements.txt\n", "-e .\n", "???\n", "./x.whl\n"])
def test_requirements_that_cannot_be_known_leave_it_incomplete(requirements: str) -> None:
    assert not known({"src/requirements.txt": requirements, "uv.lock": UV_LOCK}).complete


@pytest.mark.parametrize("lock", ["package = 1", "[[package]]\nname = 1\nwheels = [1]", "]["])
def test_a_lock_that_makes_no_sense_says_nothing(lock: str) -> None:
    found = known({"src/requirements.txt": "pandas\n", "uv.lock": lock})
    assert sizes_of(found) == {"requirements.txt": 7}


@pytest.mark.parametrize(
    "change",
    [
        ("python3.12", "nodejs22.x"),
        ("src/", "s3://bucket/key.zip"),
        ("src/", "nowhere/"),
        ("src/", "!Ref Code"),
    ],
)
def test_what_cannot_be_known_is_not_measured(change: tuple[str, str]) -> None:
    assert measured({"template.yaml": TEMPLATE.replace(*change)}) is None


ASKED = {"src/requirements.txt": "pandas\n", "uv.lock": UV_LOCK, "src/requirements-lambda.txt": ""}


@pytest.mark.parametrize("path", ["Makefile", "scripts/build.sh", ".github/workflows/ci.yml"])
@pytest.mark.parametrize(
    "command",
    [
        "cp src/requirements-lambda.txt src/requirements.txt",
        "cp -f 'src/requirements-lambda.txt' \"src/requirements.txt\" && sam build",
        "mv src/requirements-lambda.txt src/requirements.txt",
        'cp "$LIST" src/requirements.txt',
        "grep -v pandas all.txt > src/requirements.txt",
        ": > src/requirements.txt  # a layer brings them",
    ],
)
def test_what_a_script_puts_in_place_of_the_requirements_is_not_known(
    path: str, command: str
) -> None:
    found = known(ASKED | {path: f"build:\n\t{command}\n"})
    assert found.method is Method.SOURCE
    assert sizes_of(found).keys().isdisjoint({"pandas", "numpy"})
    assert not found.complete


@pytest.mark.parametrize(
    "command",
    [
        "cp requirements-lambda.txt requirements.txt",
        "cp src/other.txt src/requirements.txt",
        "cp src/requirements-lambda.txt jobs/requirements.txt",
        "cp src/requirements.txt src/requirements.txt.bak",
        "cp src/requirements.txt build/",
        "cp src/requirements-lambda.txt src/requirements-dev.txt",
        "pip freeze > src/requirements.txt",
        "pip install -r src/requirements.txt > log.txt",
        "diff src/requirements-lambda.txt src/requirements.txt",
    ],
)
def test_a_copy_to_elsewhere_leaves_the_requirements_as_they_are(command: str) -> None:
    found = known(ASKED | {"Makefile": f"build:\n\t{command}\n"})
    assert {"pandas", "numpy"} <= set(sizes_of(found))
