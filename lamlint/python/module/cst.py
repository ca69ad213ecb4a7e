"""LibCST, as all of lamlint loads it: in a quarter of the time.

Four fifths of loading it go into the methods of 240 dataclasses, of which a run needs few.
While it is loaded here, its own are made lightly, and its abstract classes are plain ones.
They are the same for all who use them.
"""

from lamlint.text.abstract import made_plain
from lamlint.text.dataclass import made_lightly

with made_lightly("libcst"), made_plain("libcst"):
    from libcst import *  # noqa: F403
    from libcst._nodes.internal import CodegenState as CodegenState  # noqa: PLC0414  handed on
