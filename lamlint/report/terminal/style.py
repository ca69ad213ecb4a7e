"""How a report may look: colour, hyperlinks and width, decided once for a stream."""

from __future__ import annotations

from collections.abc import Mapping

from lamlint.text import Severity
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex
from lamlint.text.visible import visible_lines

_CODES = {
    "bold": "1",
    "dim": "2",
    "red": "1;31",
    "yellow": "1;33",
    "blue": "1;34",
    "cyan": "1;36",
    "green": "1;32",
}

_PAINTED = rf"\x1b\[(?:0|{'|'.join(_CODES.values())})m"
_LOOK = Regex(f"({_PAINTED})")
_LOOK_OR_LINK = Regex(rf"({_PAINTED}|\x1b\]8;;[!-~]*\x1b\\)")


@dataclass(frozen=True)
class Style:
    """What the reader's stream shows. `width` is where long lines are cropped."""

    colour: bool = False
    links: bool = False
    width: int = 120

    def sealed(self, text: str) -> str:
        """The text without anything that steers a terminal but what this style writes.

        It is the last guard of a stream: what is shown was made visible where
        its lines were made, and no text of a project gets as far as this.
        """
        if not self.colour:
            return visible_lines(text)
        own = _LOOK_OR_LINK if self.links else _LOOK
        parts = own.split(text)  # every other part is one of its own
        parts[::2] = map(visible_lines, parts[::2])
        return "".join(parts)

    def paint(self, text: str, look: str) -> str:
        """The text in one of the looks: bold, dim, red, yellow, blue, cyan, green."""
        if not self.colour or not text:
            return text
        return f"\x1b[{_CODES[look]}m{text}\x1b[0m"

    def link(self, text: str, url: str) -> str:
        """The text as a terminal hyperlink (OSC 8)."""
        if not self.links or not url:
            return text
        return f"\x1b]8;;{url}\x1b\\{text}\x1b]8;;\x1b\\"

    def severity(self, text: str, severity: Severity) -> str:
        """The text in the colour of a severity."""
        return self.paint(text, look_of(severity))


PLAIN = Style()


def look_of(severity: Severity) -> str:
    """The look of a severity."""
    match severity:
        case Severity.ERROR:
            return "red"
        case Severity.WARNING:
            return "yellow"
        case Severity.INFORMATION:
            return "blue"


def style_for(
    *, terminal: bool, environment: Mapping[str, str], colour: str = "auto", width: int = 120
) -> Style:
    """The style for a stream.

    `colour` is what the user asked for: auto, always or never. NO_COLOR and
    FORCE_COLOR count when they are set and not empty, CLICOLOR_FORCE when it is
    not 0 either, and NO_COLOR wins.
    Hyperlinks need a terminal that is not dumb.
    """
    if colour == "auto":
        capable = terminal and environment.get("TERM") != "dumb"
        other = environment.get("CLICOLOR_FORCE") or "0"
        forced = environment.get("FORCE_COLOR") or other != "0"
        coloured = bool(forced) or capable
        coloured = coloured and not environment.get("NO_COLOR")
    else:
        coloured = colour == "always"
    links = coloured and terminal and environment.get("TERM") != "dumb"
    return Style(coloured, links, max(width, 40))
