"""What is held under a key: by a table of the code, or by a function's `**kwargs`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.values.kinds import UNKNOWN, Values, union
from lamlint.python.values.kwargs import ABSENT, under
from lamlint.python.values.leads import LOST
from lamlint.python.values.named import given
from lamlint.python.values.tables import entries

if TYPE_CHECKING:
    from lamlint.python.values.asker import Asker
    from lamlint.python.values.objects import Frame


def under_key(
    asked: Asker, of: cst.CSTNode, key: cst.CSTNode, default: Values, frame: Frame, depth: int
) -> Values:
    """What a function's `**kwargs` hold under a key, or what is taken where they lack it.

    Or what a table does, whichever of its entries it is.
    """
    table = entries(asked.analysis, of, key, frame)
    if table is not None:
        held = union(asked.values(value, home, depth + 1) for value, home in table)
        return held if default == UNKNOWN else held | default
    known = key.evaluated_value if isinstance(key, cst.SimpleString) else None
    found = under(asked.analysis, of, known, frame) if isinstance(known, str) else None
    return union(
        default if one is ABSENT else given(asked, one, depth, optional=None in default)
        for one in found or [LOST]
    )
