"""The machine that packages are for: which wheels fit it, and which markers hold."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

_RUNTIME = Regex(r"^python(\d)\.(\d+)$")
_AMAZON_LINUX_2023 = (3, 12)
"""The first Python on Amazon Linux 2023 (glibc 2.34); before it came Amazon Linux 2 (2.26)."""


@dataclass(frozen=True, slots=True)
class Target:
    """A Lambda runtime on an architecture."""

    version: tuple[int, int]
    machine: str

    def __str__(self) -> str:
        return f"Python {self.version[0]}.{self.version[1]} on {self.machine}"

    @property
    def environment(self) -> Mapping[str, str]:
        """The values of environment markers there."""
        short = ".".join(map(str, self.version))
        return {
            "implementation_name": "cpython",
            "implementation_version": f"{short}.0",
            "os_name": "posix",
            "platform_machine": self.machine,
            "platform_python_implementation": "CPython",
            "platform_release": "",
            "platform_system": "Linux",
            "platform_version": "",
            "python_full_version": f"{short}.0",
            "python_version": short,
            "sys_platform": "linux",
        }


def target_of(runtime: str, architecture: str) -> Target | None:
    """The target a runtime's name stands for; None when it is not one of Python."""
    named = _RUNTIME.match(runtime)
    if named is None:
        return None
    machine = "aarch64" if architecture in ("arm64", "aarch64") else "x86_64"
    return Target((int(named[1]), int(named[2])), machine)


def fits(version: str, specifier: str) -> bool:
    """Whether a version is one of those that a specifier takes; unknown versions are."""
    from packaging.specifiers import InvalidSpecifier, SpecifierSet
    from packaging.version import InvalidVersion

    if not version or not specifier:
        return True
    try:
        return SpecifierSet(specifier).contains(version, prereleases=True)
    except (InvalidSpecifier, InvalidVersion):
        return True


def holds(
    marker: str,
    target: Target,
    extras: frozenset[str] = frozenset(),
    groups: frozenset[str] = frozenset(),
) -> bool:
    """Whether an environment marker holds; of one that cannot be read that is not known."""
    from packaging.markers import Marker

    if not marker:
        return True
    try:
        parsed = Marker(marker)
        if "extras" in marker or "dependency_groups" in marker:
            values: Mapping[str, str | frozenset[str]] = {
                **target.environment,
                "extras": extras,
                "dependency_groups": groups,
            }
            return parsed.evaluate(values, context="lock_file")
        return any(
            parsed.evaluate({**target.environment, "extra": extra}) for extra in ("", *extras)
        )
    except (ValueError, RecursionError, AssertionError):  # packaging 25 asserts
        return False


def best_wheel(wheels: Mapping[str, int], target: Target) -> int | None:
    """The size of the wheel an installer would take, of sizes by file name."""
    from packaging.utils import InvalidWheelFilename, parse_wheel_filename

    ranks = _ranks(target)
    best: tuple[int, int] | None = None
    for name, size in wheels.items():
        try:
            tags = parse_wheel_filename(name)[3]
        except InvalidWheelFilename:
            continue
        rank = min((ranks[str(tag)] for tag in tags if str(tag) in ranks), default=None)
        if rank is not None and (best is None or rank < best[0]):
            best = (rank, size)
    return best[1] if best else None


@lru_cache(maxsize=16)
def _ranks(target: Target) -> Mapping[str, int]:
    from packaging.tags import compatible_tags, cpython_tags

    newest = 34 if target.version >= _AMAZON_LINUX_2023 else 26
    platforms = []
    for minor in range(newest, 4, -1):
        platforms.append(f"manylinux_2_{minor}_{target.machine}")
        older = {17: "manylinux2014", 12: "manylinux2010", 5: "manylinux1"}.get(minor)
        if older:
            platforms.append(f"{older}_{target.machine}")
    platforms.append(f"linux_{target.machine}")
    name = f"cp{target.version[0]}{target.version[1]}"
    tags = [
        *cpython_tags(target.version, [name], platforms),
        *compatible_tags(target.version, name, platforms),
    ]
    return {str(tag): rank for rank, tag in reversed(list(enumerate(tags)))}
