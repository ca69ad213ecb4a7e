"""What package-too-large says, and how sure it is."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from lamlint import registry
from lamlint.engine.check import check
from lamlint.text import Finding, Severity
from tests.packages.projects import MEGABYTE, TEMPLATE, project, wheel

LAYERED = (
    TEMPLATE
    + """\
      Layers:
        - !Ref Shared
  Shared:
    Type: AWS::Serverless::LayerVersion
    Properties:
      ContentUri: layer/
"""
)


def findings(
    files: Mapping[str, str | bytes], sizes: Mapping[str, int] | None = None
) -> tuple[Finding, ...]:
    return check(project(files, sizes), [registry.load()["package-too-large"]])


def lock(size: int) -> str:
    """A lock file of one wheel."""
    table = wheel("torch-2.8.0", "cp312-cp312-manylinux_2_28_x86_64", size)
    return f'lock-version = "1.0"\n[[packages]]\nname = "torch"\nwheels = [{table}]\n'


def test_a_build_over_the_limit_is_an_error() -> None:
    sizes = {f".aws-sam/build/Report/part{n}/x.so": (60 - n) * MEGABYTE for n in range(6)}
    (found,) = findings({}, sizes)
    assert found.severity is Severity.ERROR
    assert found.subjects == ("Report",)
    assert found.message == (
        "the code unpacks to 345 MB, more than the 250 MB (262,144,000 bytes) that Lambda takes: "
        "it will not be deployed. Measured on the build in .aws-sam/build/Report. "
        "The largest parts: part0 60.0 MB, part1 59.0 MB, part2 58.0 MB, part3 57.0 MB, "
        "part4 56.0 MB. Leave out what the function does not need, or deploy a container image"
    )


def test_exactly_the_limit_is_a_warning() -> None:
    (found,) = findings({}, {".aws-sam/build/Report/x.so": 262_144_000})
    assert found.severity is Severity.WARNING
    assert "100% of the 250 MB" in found.message


def test_below_the_share_there_is_nothing() -> None:
    assert findings({}, {".aws-sam/build/Report/x.so": 235_000_000}) == ()


def locked(size: int) -> dict[str, str | bytes]:
    """A function that asks for what a lock file has."""
    return {"src/requirements.txt": "torch --hash=sha256:00\n", "pylock.toml": lock(size)}


def test_an_estimate_counts_only_by_its_low_end() -> None:
    assert findings(locked(140_000_000)) == ()  # about 420 MB, but it may be 224
    (unsure,) = findings(locked(155_000_000))
    (sure,) = findings(locked(170_000_000))
    assert (unsure.severity, sure.severity) == (Severity.WARNING, Severity.ERROR)
    assert unsure.message == (
        "the code unpacks to about 443 MB (not less than 237 MB), and Lambda takes 250 MB "
        "(262,144,000 bytes): it may be too much. Estimated from the sizes of the wheels in "
        "pylock.toml. The largest parts: torch 443 MB. "
        "Leave out what the function does not need, or deploy a container image"
    )
    assert "more than the 250 MB (262,144,000 bytes) that Lambda takes" in sure.message


def test_what_is_missing_makes_it_or_more() -> None:
    files = {**locked(170_000_000), "src/requirements.txt": "torch\nduckdb\n"}
    (found,) = findings(files)
    assert "unpacks to about 486 MB or more (not less than 259 MB)" in found.message


def test_dependencies_declared_beside_the_template_are_never_an_error() -> None:
    exported = {"Makefile": "build:\n\tpoetry export -o src/requirements.txt\n"}
    assert findings({"pylock.toml": lock(300_000_000)}) == ()
    (found,) = findings({"pylock.toml": lock(300_000_000), **exported})
    assert found.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("folder", "exports"),
    [
        ("src/", True),
        ("$HERE/", True),
        ("${HERE}/", True),
        ("s$HERE/", True),
        ("$A$B$C/", True),
        ("$A$B$C$D/", False),
        ("$HERE/src/", False),
        ("s*c/", False),
        ("", False),
    ],
)
def test_a_variable_of_a_script_stands_for_any_folder(folder: str, exports: bool) -> None:
    script = {"Makefile": f"build:\n\tpoetry export -o {folder}requirements.txt\n"}
    assert bool(findings({"pylock.toml": lock(300_000_000), **script})) == exports


def test_layers_count_and_are_pointed_at() -> None:
    (found,) = findings(
        {"template.yaml": LAYERED},
        {"layer/python/scipy/x.so": 150 * MEGABYTE, "src/model.bin": 120 * MEGABYTE},
    )
    assert found.severity is Severity.ERROR
    assert "the code and its layers unpack to 270 MB" in found.message
    assert "scipy (layer Shared) 150 MB, model.bin 120 MB" in found.message
    assert [related.message for related in found.related] == ["the layer Shared has 150 MB of it"]
