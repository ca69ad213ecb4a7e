"""How deep a Python text nests, by its tokens: one pass, without recursion, in linear time.

This is known before anything parses the text, of texts that no parser takes too, and does not
depend on the interpreter. It sees what LibCST nests and CPython's own tree does not show: strings
side by side, parentheses in patterns, clauses of a comprehension, boolean operators.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

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

_WORDS = (
    r"(?:lambda|for|in|and|or|not|is|if|else|elif|await|yield|case"
    r"|def|class|return|import|with|while|raise|try|del|global|pass|break|continue|assert)\b"
)
_TOKEN = Regex(
    rf"""
    (?P<skipped>(?:
        [^\S\r\n]+
      | (?!{_WORDS}|[A-Za-z]{{1,2}}["'])\w+
      | [^\s\w"'\#\\()\[\]{{}},;:.*/<>\-+%@&|^=!~]+
      | \\(?![\r\n]) | \.(?=\d) | [,;](?==)
    ){{0,200}})
    (?:
      (?:\#[^\r\n]*)?(?:\r\n|[\r\n])
      (?:[ \t\f]*(?:\#[^\r\n]*)?(?:\r\n|[\r\n]))*(?P<indent>[ \t\f]*)
    | \#[^\r\n]*
    | \\(?:\r\n|[\r\n])
    | (?P<string>(?:(?![fFtT]|[A-Za-z][fFtT])[A-Za-z]{{1,2}})?(?:
        \"(?!\"\")[^"\\\r\n]*(?:\\(?:\r\n|[\s\S])[^"\\\r\n]*)*\"
      | '(?!'')[^'\\\r\n]*(?:\\(?:\r\n|[\s\S])[^'\\\r\n]*)*'
      | \"\"\"[^"\\]*(?:(?:\\[\s\S]|\"(?!\"\"))[^"\\]*)*\"\"\"
      | \'\'\'[^'\\]*(?:(?:\\[\s\S]|'(?!''))[^'\\]*)*\'\'\'
      ))
    | (?P<prefix>[A-Za-z]{{1,2}})?(?P<quote>\"\"\"|\'\'\'|"|')
    | (?P<open>[(\[{{])
    | (?P<close>[)\]}}])
    | (?P<end>[,;:](?!=))
    | (?P<step>(?:\*\*|//|<<|>>|->|[-+*/%@&|^<>=!:])=?|~|\.\.\.|\.(?!\d))
    | (?P<word>{_WORDS})
    |)
    """,
    re.VERBOSE,
)
"""A token, and what stands before it and says nothing: names, numbers and blanks."""
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
        self._chained = 0
        """How many `elif` stand in a row in all the blocks that are open."""
        self._pattern = False
        self._depth = 0
        self._cost = 0.0
        self._too_much = False

    def run(self) -> Nesting:
        """Go over the whole text, or as far as a parser gets."""
        self._begin_line("")
        text, end = self._text, len(self._text)
        taking = _TAKING.get  # a text has many tokens
        while self._place < end and (found := _TOKEN.match(text, self._place)):
            self._place = found.end()
            take = taking(found.lastgroup)
            if take is not None and not take(self, found):
                break
            if self._too_much:
                return Nesting(self._depth, self._cost, found.end("skipped"))
        return Nesting(self._depth, self._cost, None)

    def indented(self, found: re.Match[str]) -> bool:
        """Take in the end of a line, of blank ones behind it, and the indent of the next."""
        if len(self._levels) == 1:
            self._begin_line(found["indent"])
        return True

    def string(self, _found: re.Match[str]) -> bool:
        """Take in a string without fields."""
        level = self._levels[-1]
        if level.string:
            self._step(level)
        level.string = True
        return True

    def quoted(self, found: re.Match[str]) -> bool:
        """Take in the beginning of a string that has fields, or no end."""
        fields = not {"f", "t"}.isdisjoint((found["prefix"] or "").lower())
        self.string(found)
        return self._text_of(found["quote"]) if fields else self._rest_of(found["quote"])

    def opened(self, found: re.Match[str]) -> bool:
        """Take in an opening bracket."""
        self._levels[-1].string = False
        self._open(found["open"])
        return True

    def closed(self, found: re.Match[str]) -> bool:
        """Take in a closing bracket; false where another one is open."""
        closed = self._levels[-1]
        if closed.closer != found["close"]:
            return False
        self._leave()
        return self._text_of(closed.quote) if closed.quote else True

    def word(self, found: re.Match[str]) -> bool:
        """Take in a word of Python; false where no bracket may hold it."""
        word, level = found["word"], self._levels[-1]
        level.string = False
        if word in _STATEMENTS:
            return len(self._levels) == 1
        if word == "case":
            self._pattern = self._pattern or len(self._levels) == 1
        elif word == "elif" and len(self._levels) == 1:
            column, chained = self._blocks.pop()
            self._blocks.append((column, chained + 1))
            self._chained += 1
            self._enter_block()
        elif word == "lambda":
            level.lambdas += 1
        elif word in ("for", "in"):
            level.target = word == "for"
        self._step(level)
        return True

    def ended(self, found: re.Match[str]) -> bool:
        """Take in a comma, a semicolon or a colon."""
        level = self._levels[-1]
        level.string = False
        return self._end(found["end"], level)

    def stepped(self, found: re.Match[str]) -> bool:
        """Take in an operator."""
        level = self._levels[-1]
        level.string = False
        if level.quote and found["step"] == ":=":
            return self._end(":=", level)
        level.run += 1
        self._note(level)
        return True

    def _begin_line(self, indent: str) -> None:
        """A logical line begins, unless it is blank."""
        if self._text[self._place : self._place + 1] in ("", "#", "\r", "\n"):
            return
        column, blocks = len(indent.expandtabs()), self._blocks
        while blocks and blocks[-1][0] > column:
            self._chained -= blocks.pop()[1]
        # A backslash may hide what the line begins with.
        goes_on = self._text.startswith(("elif", "\\"), self._place)
        if not blocks or blocks[-1][0] < column:
            blocks.append((column, 0))
        elif not goes_on:
            self._chained -= blocks.pop()[1]
            blocks.append((column, 0))
        self._levels = [_Level()]
        self._pattern = False
        self._enter_block()

    def _enter_block(self) -> None:
        self._around = len(self._blocks) + self._chained
        self._outer = self._around
        self._note(self._levels[0])

    def _step(self, level: _Level) -> None:
        level.run += 1
        self._note(level)

    def _note(self, level: _Level) -> None:
        """Count how deep this place is, and what that costs."""
        depth = self._outer + level.run
        brackets = len(self._levels) - 1
        if depth > self._depth:
            self._depth = depth
        if brackets <= _FLAT_BRACKETS and depth <= _FLAT_CHAIN and not self._pattern:  # most are
            self._cost += 1
            self._too_much = self._cost > _COSTLIEST
            return
        if self._pattern and brackets:
            self._cost += _PATTERN**brackets / _TRIES
        self._cost += 1
        if brackets > _FLAT_BRACKETS:
            self._cost += brackets - _FLAT_BRACKETS
        if depth > _FLAT_CHAIN:
            self._cost += max(0, depth - self._around - brackets - _FLAT_CHAIN) / _CHAINED
        self._too_much = depth > DEEPEST or brackets > _MOST_BRACKETS or self._cost > _COSTLIEST

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

    def _leave(self) -> None:
        closed = self._levels.pop()
        self._outer -= self._levels[-1].run + bool(closed.quote)

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

    def _rest_of(self, quote: str) -> bool:
        """Go over a string to its end."""
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


_TAKING: Mapping[str | None, Callable[[_Scan, re.Match[str]], bool]] = {
    "indent": _Scan.indented,
    "string": _Scan.string,
    "quote": _Scan.quoted,
    "open": _Scan.opened,
    "close": _Scan.closed,
    "word": _Scan.word,
    "end": _Scan.ended,
    "step": _Scan.stepped,
}
"""What takes in a token of each kind, false where no parser goes on; others say nothing."""
