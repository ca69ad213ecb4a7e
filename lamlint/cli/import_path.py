"""Where Python looks for modules: never in the project that is checked.

This runs before anything else is imported. So the file itself imports only what every
interpreter has loaded by then, and does not even postpone its annotations.
"""

import os
import sys

_HOME = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
"""Where lamlint was found: what lies beside it is trusted as far as lamlint itself."""


def leave_the_project() -> None:
    """Take from the path what `python -m` and PYTHONPATH put there of the project around here.

    What is installed stays, also where it was installed in place, from a folder of the project.
    """
    whole = sys.path[:]
    added = _added(whole)
    if not added:
        return
    sys.path[:] = [entry for place, entry in enumerate(whole) if place not in added]
    from lamlint.files.boundary import Boundary
    from lamlint.files.git import repository

    project = Boundary(repository(os.curdir) or os.getcwd())
    sys.path[:] = [
        entry
        for place, entry in enumerate(whole)
        if place not in added or not project.holds(os.path.abspath(entry))
    ]


def _added(path: list[str]) -> set[int]:
    """The places of entries that come from how Python was started, not from where it lies."""
    try:
        here = os.getcwd()
    except OSError:  # the folder is gone, and with it all that it held
        return set()
    written = "" if sys.flags.ignore_environment else os.environ.get("PYTHONPATH", "")
    named = {os.path.abspath(entry) for entry in written.split(os.pathsep)} if written else set()
    places = {place for place, entry in enumerate(path) if os.path.abspath(entry) in named}
    if path and path[0] in ("", here):
        places.add(0)
    return {place for place in places if path[place] != _HOME}
