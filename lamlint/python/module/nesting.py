"""How deep a Python text nests, by its tokens: one pass, without recursion, in linear time.

This is known before anything parses the text, of texts that no parser takes too, and does not
depend on the interpreter. It sees what LibCST nests and CPython's own tree does not show: strings
side by side, parentheses in patterns, clauses of a comprehension, boolean operators.
"""

from __future__ import annotations

import re

from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

DEEPEST = 640
"""How deep a text may nest: brackets in each other, and operators in a row, which a parser makes
a tree of that is as deep as they are many. Real code is 9 deep in the median and 108 at most; on
Python 3.12 LibCST writes no tree that is deeper than some 700."""
_MOST_BRACKETS = 200
"""How many brackets may lie in each other; CPython takes no more."""
_COSTLIEST = 100_000
"""How many steps a text may hold, each the dearer the deeper it lies: LibCST takes up to some 30
microseconds and 5 kB for one, so a few seconds and less than 1 GB in all. A megabyte of real code
has some 60,000, brackets counted twice, and nearly all of them are cheap."""
_FLAT_BRACKETS = 3
_FLAT_CHAIN = 20
_CHAINED = 8
"""LibCST copies what lies in a bracket, time and again; a link of a chain costs it less."""
_PATTERN = 4
_TRIES = 20
"""LibCST tries what lies in a bracket of a pattern (`case [[x]]`) up to so many times over, and
in each further bracket as often again."""

_TOKEN = Regex(
    r"""
      \#[^\r\n]*
    | \\(?:\r\n|[\r\n])
    | (?P<prefix>\b[A-Za-z]{1,2})?(?P<quote>\"\"\"|'''|"|')
    | (?:\r\n|[\r\n])(?P<indent>[ \t\f]*)
    | (?P<open>[(\[{])
    | (?P<close>[)\]}])
    | (?P<word>\b(?:lambda|for|in|and|or|not|is|if|else|elif|await|yield|case
        |def|class|return|import|with|while|raise|try|del|global|pass|break|continue|assert)\b)
    | (?P<end>[,;:](?!=))
    | (?:\*\*|//|<<|>>|->|[-+*/%@&|^<>=!:])=?|~|\.\.\.|\.(?!\d)
    """,
    re.VERBOSE,
)
_STATEMENTS = frozenset(
    {
        "def", "class", "return", "import", "with", "while", "raise", "try", "del", "global",
        "pass", "break", "continue", "assert",
    }
)  # fmt: skip
"""Words that no bracket may hold: a parser stops there, and what follows nests in nothing."""
_REST = {
    '"': Regex(r'\\(?:\r\n|[^{}])|"|[\r\n]', re.DOTALL),
    "'": Regex(r"\\(?:\r\n|[^{}])|'|[\r\n]", re.DOTALL),
    '"""': Regex(r'\\(?:\r\n|[^{}])|"""', re.DOTALL),
    "'''": Regex(r"\\(?:\r\n|[^{}])|'''", re.DOTALL),
}
"""What to look for in a string: an escape, or its end."""
_REST_OF_FIELDS = {
    '"': Regex(r'\\(?:\r\n|[^{}])|"|[\r\n]|\{\{|[{}]', re.DOTALL),
    "'": Regex(r"\\(?:\r\n|[^{}])|'|[\r\n]|\{\{|[{}]", re.DOTALL),
    '"""': Regex(r'\\(?:\r\n|[^{}])|"""|\{\{|[{}]', re.DOTALL),
    "'''": Regex(r"\\(?:\r\n|[^{}])|'''|\{\{|[{}]", re.DOTALL),
}
"""What to look for in an f-string: the start of a field, too."""
_PAIRS = {"(": ")", "[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class Nesting:
    """How deep a text nests at most, what that costs a parser, and where it becomes too much."""

    depth: int
    cost: float
    too_deep: int | None
    """The offset from which on nobody looks any further."""


def nesting(text: str) -> Nesting:
    """How deep a text nests. A text that is no Python nests as deep as parsers get in it."""
    return _Scan(text).run()


@dataclass(slots=True)
class _Level:
    """What is open at a place of the text: a bracket, or a field of an f-string with its quote."""

    closer: str = ""
    quote: str = ""
    run: int = 0
    """How many operators and brackets stand in a row, since the last comma."""
    lambdas: int = 0
    """Lambdas whose colon is still to come: their commas end nothing."""
    target: bool = False
    """Whether the targets of a `for` are still open: their commas end nothing."""
    string: bool = False
    """Whether the last token was a string: one more beside it is joined."""
    spec: bool = False
    """Whether the field has come to its format, which is text again."""


class _Scan:
    """Goes over a text token by token, and knows what is open."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._place = 0
        self._levels = [_Level()]
        self._around = 0
        """How deep the block is in which the place lies."""
        self._outer = 0
        """How deep the place is where the innermost bracket was opened."""
        self._blocks: list[tuple[int, int]] = []
        """The columns of the blocks that are open, each with the `elif` that stand in a row."""
        self._pattern = False
        self._depth = 0
        self._cost = 0.0

    def run(self) -> Nesting:
        """Go over the whole text, or as far as a parser gets."""
        self._begin_line("")
        while found := _TOKEN.search(self._text, self._place):
            self._place = found.end()
            if not self._goes_on(found):
                break
            if self._is_too_much():
                return Nesting(self._depth, self._cost, found.start())
        return Nesting(self._depth, self._cost, None)

    def _is_too_much(self) -> bool:
        return (
            self._depth > DEEPEST
            or len(self._levels) > _MOST_BRACKETS + 1
            or self._cost > _COSTLIEST
        )

    def _goes_on(self, found: re.Match[str]) -> bool:
        """Take in one token; false where no parser goes on."""
        level, mark, kind = self._levels[-1], found[0], found.lastgroup
        if kind == "indent":
            if len(self._levels) == 1:
                self._begin_line(found["indent"])
            return True
        if kind == "quote":
            fields = not {"f", "t"}.isdisjoint((found["prefix"] or "").lower())
            return self._string(found["quote"], fields=fields)
        if mark[0] in "#\\":
            return True
        level.string = False
        if kind == "open":
            self._open(mark)
        elif kind == "close":
            return self._close(mark)
        elif kind == "word":
            return self._word(mark, level)
        elif kind == "end" or (mark == ":=" and level.quote):
            return self._end(mark, level)
        else:
            self._step(level)
        return True

    def _begin_line(self, indent: str) -> None:
        """A logical line begins, unless it is blank."""
        if self._text[self._place : self._place + 1] in ("", "#", "\r", "\n"):
            return
        column = len(indent.expandtabs())
        while self._blocks and self._blocks[-1][0] > column:
            self._blocks.pop()
        chained = 0
        if self._blocks and self._blocks[-1][0] == column:
            chained = self._blocks.pop()[1]
        # A backslash may hide what the line begins with.
        goes_on = self._text.startswith(("elif", "\\"), self._place)
        self._blocks.append((column, chained if goes_on else 0))
        self._levels = [_Level()]
        self._pattern = False
        self._enter_block()

    def _enter_block(self) -> None:
        self._around = len(self._blocks) + sum(count for _, count in self._blocks)
        self._outer = self._around
        self._note(self._levels[0])

    def _step(self, level: _Level) -> None:
        level.run += 1
        self._note(level)

    def _note(self, level: _Level) -> None:
        """Count how deep this place is, and what that costs."""
        depth = self._outer + level.run
        brackets = len(self._levels) - 1
        self._depth = max(self._depth, depth)
        if self._pattern and brackets:
            self._cost += _PATTERN**brackets / _TRIES
        self._cost += 1
        if brackets > _FLAT_BRACKETS:
            self._cost += brackets - _FLAT_BRACKETS
        if depth > _FLAT_CHAIN:
            self._cost += max(0, depth - self._around - brackets - _FLAT_CHAIN) / _CHAINED

    def _open(self, bracket: str, quote: str = "") -> None:
        level = self._levels[-1]
        if quote:
            self._outer += 1  # fields of a string stand beside each other
        else:
            level.run += 1
        self._outer += level.run
        inner = _Level(_PAIRS[bracket], quote)
        self._levels.append(inner)
        self._cost += 1
        self._note(inner)

    def _close(self, bracket: str) -> bool:
        closed = self._levels[-1]
        if closed.closer != bracket:
            return False
        self._leave()
        return self._text_of(closed.quote) if closed.quote else True

    def _leave(self) -> None:
        closed = self._levels.pop()
        self._outer -= self._levels[-1].run + bool(closed.quote)

    def _word(self, word: str, level: _Level) -> bool:
        if word in _STATEMENTS:
            return len(self._levels) == 1
        if word == "case":
            self._pattern = self._pattern or len(self._levels) == 1
        elif word == "elif" and len(self._levels) == 1:
            column, chained = self._blocks.pop()
            self._blocks.append((column, chained + 1))
            self._enter_block()
        elif word == "lambda":
            level.lambdas += 1
        elif word in ("for", "in"):
            level.target = word == "for"
        self._step(level)
        return True

    def _end(self, mark: str, level: _Level) -> bool:
        """A comma, a semicolon or a colon: what comes then may begin anew."""
        if mark == ":" and level.lambdas:
            level.lambdas -= 1
        elif mark[0] == ":" and level.quote:
            level.spec = True
            return self._text_of(level.quote)
        elif mark == ";" or (mark == "," and not level.lambdas and not level.target):
            level.run = 0
        return True

    def _string(self, quote: str, *, fields: bool) -> bool:
        level = self._levels[-1]
        if level.string:
            self._step(level)
        level.string = True
        if fields:
            return self._text_of(quote)
        while found := _REST[quote].search(self._text, self._place):
            self._place = found.end()
            if found[0][0] != "\\":
                return found[0] == quote
        return False

    def _text_of(self, quote: str) -> bool:
        """Go over the text of an f-string to its next field or its end."""
        while found := _REST_OF_FIELDS[quote].search(self._text, self._place):
            mark, level = found[0], self._levels[-1]
            self._place = found.start() + 1 if level.spec and mark == "{{" else found.end()
            if mark == "{" or (level.spec and mark == "{{"):
                self._open("{", quote)
                return True
            if level.spec and mark == "}":
                self._leave()
            elif mark[0] not in "\\{}":
                return mark == quote and not level.spec
        return False
