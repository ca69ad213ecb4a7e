"""Makes what is generated: `rules/README.md`, and in the README the options and the picture.

    python .github/make_pages.py            writes them
    python .github/make_pages.py --check    says whether the pages are current

The picture is drawn from what `lamlint check` prints for the example project:
the first findings in full, then all of them on a line each.
"""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import click  # noqa: E402

from lamlint.cli.commands import Option  # noqa: E402
from lamlint.cli.main import check  # noqa: E402
from lamlint.config.reading import KEYS  # noqa: E402
from lamlint.registry import load  # noqa: E402
from lamlint.report.rules import render_page  # noqa: E402
from lamlint.report.terminal.cells import width_of  # noqa: E402
from tests.dialect_table import table  # noqa: E402

EXAMPLE = "fixtures/projects/photo-album"
PAGE = ROOT / "rules" / "README.md"
README = ROOT / "README.md"
OPTIONS = re.compile(r"(?<=<!-- options -->\n).*(?=<!-- end of options -->)", re.DOTALL)
PICTURE = ROOT / ".github" / "terminal.svg"
FULL_LINES = 28
COLUMNS = 104
COLOURS = {
    "1": "#e6edf3",
    "2": "#8b949e",
    "1;31": "#ff7b72",
    "1;32": "#7ee787",
    "1;33": "#e3b341",
    "1;34": "#79c0ff",
    "1;36": "#76e3ea",
}
CELL, LINE, MARGIN, BAR = 8.4, 19, 18, 36
DIM, END = "\x1b[2m", "\x1b[0m"
_LINK = re.compile(r"\x1b\]8;;.*?\x1b\\")
_PAINT = re.compile(r"\x1b\[([\d;]*)m")


def rules_page() -> str:
    """The text of rules/README.md."""
    every = load(plugins=False)
    return f"{render_page(every.values())}\n{table(list(every.values()))}"


def readme() -> str:
    """The text of the README with the options as they are."""
    table = "".join(f"{row}\n" for row in option_rows()).replace("\\", "\\\\")
    return OPTIONS.sub(table, README.read_text(encoding="utf-8"))


def option_rows() -> Iterator[str]:
    """The options of `lamlint check`, group by group."""
    context = click.Context(check)
    yield "| Option | Configuration | |"
    yield "|---|---|---|"
    options = [option for option in check.params if isinstance(option, Option)]
    for heading in dict.fromkeys(option.heading for option in options):
        yield f"| **{heading}** | | |"
        yield from (_option(one, context) for one in options if one.heading == heading)


def _option(option: Option, context: click.Context) -> str:
    record = option.get_help_record(context) or ("", "")
    written, told = (text.replace("|", r"\|") for text in record)
    told = re.sub(r" *\[x>=\d+\]", "", told).replace("  [", " [")
    key = option.opts[0].removeprefix("--")
    named = f"`{key}`" if key in KEYS and key != "rules" else ""  # those are the options of rules
    return f"| `{written}` | {named} | {told} |"


def terminal_output(*options: str) -> str:
    """What the example prints in a terminal."""
    environment = {**os.environ, "COLUMNS": str(COLUMNS), "PYTHONPATH": str(ROOT)}
    environment.pop("NO_COLOR", None)
    command = [sys.executable, "-m", "lamlint", "check", "--color", "always", *options]
    run = subprocess.run(
        command, cwd=ROOT / EXAMPLE, env=environment, capture_output=True, text=True, check=False
    )
    if run.returncode != 1:
        raise SystemExit(f"the example ended with {run.returncode}, not 1: {run.stderr}")
    return run.stdout


def first_findings(output: str) -> list[str]:
    """As many whole findings as there is room for, and the closing lines."""
    *findings, closing = _LINK.sub("", output).strip("\n").split("\n\n")
    lines: list[str] = []
    for finding in findings:
        shown = [part for line in finding.split("\n") for part in _wrapped(line)]
        if len(lines) + len(shown) > FULL_LINES:
            break
        lines += [*shown, ""]
    return [*lines, f"{DIM}⋮{END}", *closing.split("\n")]


def every_finding(output: str) -> list[str]:
    """All findings, each on lines of its own."""
    findings = _LINK.sub("", output).strip("\n").split("\n\n")[0]
    return [part for line in findings.split("\n") for part in _wrapped(line)]


def picture() -> str:
    """What the example prints, as an SVG that looks like a terminal."""
    lines = [
        f"{DIM}${END} lamlint check",
        "",
        *first_findings(terminal_output()),
        "",
        f"{DIM}${END} lamlint check --output-format concise",
        *every_finding(terminal_output("--output-format", "concise")),
    ]
    width = COLUMNS * CELL + 2 * MARGIN
    height = BAR + LINE * len(lines) + 2 * MARGIN
    body = "\n".join(
        _line(line, BAR + MARGIN + LINE * (number + 0.75)) for number, line in enumerate(lines)
    )
    dots = "".join(
        f'<circle cx="{20 + 20 * n}" cy="18" r="6" fill="{colour}"/>'
        for n, colour in enumerate(("#ff5f57", "#febc2e", "#28c840"))
    )
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" role="img">
<title>lamlint check on an example project</title>
<rect width="100%" height="100%" rx="10" fill="#0d1117"/>
{dots}
<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,monospace" font-size="14" \
fill="#c9d1d9" xml:space="preserve">
{body}
</g>
</svg>
"""


def _wrapped(line: str) -> list[str]:
    """A line as a terminal of that width wraps it; colours go on in the next line."""
    lines, used, colour = [""], 0, ""
    for number, piece in enumerate(_PAINT.split(line)):
        if number % 2:
            colour = f"\x1b[{piece}m"
            lines[-1] += colour
            continue
        for character in piece:
            if used + width_of(character) > COLUMNS:
                kept, space, word = lines[-1].rpartition(" ")
                if not space or "\x1b" in word:
                    kept, word = lines[-1], ""
                lines[-1:] = [kept, colour + word]
                used = width_of(word)
            lines[-1] += character
            used += width_of(character)
    return lines


def _line(line: str, y: float) -> str:
    """One line, a text element for each run of one colour at its place."""
    parts, column, colour = [], 0, ""
    pieces = _PAINT.split(line)
    for number, piece in enumerate(pieces):
        if number % 2:
            colour = COLOURS.get(piece, "")
            continue
        if piece.strip():
            fill = f' fill="{colour}"' if colour else ""
            x, length = MARGIN + column * CELL, width_of(piece) * CELL
            text = html.escape(piece, quote=False)
            parts.append(
                f'<text x="{x:.1f}" y="{y:.1f}" textLength="{length:.1f}"{fill}>{text}</text>'
            )
        column += width_of(piece)
    return "".join(parts)


def main() -> int:
    """Write what is generated, or compare the page with the rules."""
    pages = {PAGE: rules_page(), README: readme()}
    if "--check" in sys.argv[1:]:
        return int(any(file.read_text(encoding="utf-8") != text for file, text in pages.items()))
    for file, text in pages.items():
        file.write_text(text, encoding="utf-8", newline="\n")
    PICTURE.write_text(picture(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
