"""How the tests run: the whole of them in parallel, a few named files in this process."""

from __future__ import annotations

import gc
import os
from importlib import import_module

import pytest

_TRIED = "tests/repository/test_interpreters.py::test_checks_the_example["


def pytest_configure() -> None:
    """Look for garbage as seldom as lamlint does: trees live to the end of a test.

    And load LibCST as lamlint does, whichever test is the first to ask for it; answer nothing
    from the cache of whoever runs the tests, nor put anything there.
    """
    import_module("lamlint.python.module.cst")
    gc.set_threshold(200_000, 50, 1_000)
    os.environ.update(LAMLINT_NO_CACHE="1", LAMLINT_CACHE_DIR=os.devnull)


@pytest.hookimpl(tryfirst=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """No workers for files that are named: starting them takes longer than a few tests."""
    named = [argument.partition("::")[0] for argument in config.args]
    return 0 if all(os.path.isfile(path) for path in named) else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell on which interpreters lamlint was tried: those that the machine has."""
    passed = [report.nodeid for report in terminalreporter.stats.get("passed", ())]
    versions = [name[len(_TRIED) : -1] for name in passed if name.startswith(_TRIED)]
    if versions:
        terminalreporter.write_line(f"interpreters: {', '.join(sorted(versions, key=_minor))}")


def _minor(version: str) -> int:
    return int(version.partition(".")[2])
