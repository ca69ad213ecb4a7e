"""The simple commands of a script, a Makefile or a workflow, line by line, as far as is plain."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping

from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

PROJECT = "\x01"
"""What a word begins with that is a path from the root of the project, wherever the script runs."""
UNKNOWN = "\x02"
"""What stands in a word for what is not known of it."""
ARTIFACTS = "/artifacts"
"""The folder that SAM gives to the rules of a Makefile, by the folder of the Makefile."""

_OWN_FOLDER = Regex(
    r"\$\(\s{0,9}dirname\s{1,9}(?:--\s)?(?:\"?\$0\"?|\"?\$\{?BASH_SOURCE(?:\[0\])?\}?\"?"
    r"|\"?\$\(\s{0,9}readlink[^()\n]{1,40}\)\"?)\s{0,9}\)|\$\{0%/\*\}"
)
_GONE_TO = Regex(
    r"\$\(\s{0,9}cd\s{1,9}(?:-P\s|--\s)?(?P<to>[^()&;\n]{1,200}?)[ \t]{0,9}"
    r"(?:>[^;()\n]{0,40}?)?(?:&&|;)[ \t]{0,9}pwd(?:\s-P)?\s{0,9}\)"
)
_TOP = Regex(
    r"\$\(git rev-parse --show-toplevel\)|\$\{?(?:GITHUB_WORKSPACE|CODEBUILD_SRC_DIR)\}?"
    r"|\$\{\{\s{0,9}github\.workspace\s{0,9}\}\}"
)
_WORKING = Regex(r"\$\(pwd\)|`pwd`|\$\{?PWD\}?|\$\(shell pwd\)|\$[({]CURDIR[)}]")
_OF_FLOW = Regex(r"\$\{\{\s{0,9}env\.(?P<name>\w{1,80})\s{0,9}\}\}")
_OF_MAKE = Regex(r"\$\((?P<name>\w{1,80})\)")
_VARIABLE = Regex(
    r"\$\{(?P<braced>\w{1,80})(?::?-(?P<default>[^{}$\n]{0,200}))?\}"
    r"|\$(?P<plain>\w{1,80}|@)"
)
_TOKEN = Regex(r"&&|\|\||[;|()&]|(?:\"[^\"\n]{0,400}\"|'[^'\n]{0,400}'|\\.|[^\s\"';|()&\\])+")
_ASSIGNED = Regex(
    r"^[ \t]{0,40}(?:export[ \t]{1,9}|local[ \t]{1,9}|readonly[ \t]{1,9})?"
    r"(?P<name>[A-Za-z_]\w{0,80})[ \t]{0,9}(?:[:?]?=|:[ \t])[ \t]{0,9}(?P<value>[^\n]{0,400})$"
)
_RULE = Regex(r"^(?P<target>[\w./%-]{1,200}(?:\$\(\w{1,80}\))?)[ \t]{0,9}:(?![=:])")
_LEAD = Regex(r"^[ \t]{0,200}(?:- )?(?:(?:run|cmd|script):[ \t]{0,9}[|>]?-?)?[ \t]{0,40}[@-]{0,2}")
_STEP = Regex(r"^[ \t]{0,200}-?[ \t]{0,9}(?:run|name|uses):")
_KEY = Regex(
    r"^(?P<indent>[ \t]{0,200})(?P<item>-[ \t]{1,9})?(?P<name>[\w-]{1,80}):(?:[ \t]{1,9}|\Z)"
    r"(?P<value>[^\n]{0,400})$"
)
_JOB = 2
"""How far the names of jobs are indented."""
_DEEPEST = 8
_LONGEST = 1_000
_STARTS = frozenset({"then", "do", "else", "{", "time", "sudo"})


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a script, with those that continue it, and where it begins."""

    text: str
    number: int


@dataclass(frozen=True, slots=True)
class Words:
    """A simple command, or a word of control, with the line that it stands on.

    `target` is the rule of a Makefile that it is of; `afresh` begins where the script began, or
    in the folder `within` which a workflow says of a step.
    """

    words: tuple[str, ...]
    number: int
    target: str
    afresh: bool
    within: str = ""


def lines(text: str, mark: str = "\\") -> Iterator[Line]:
    """The lines of a text, joined where a mark at their end says that they are continued."""
    held, first = "", 0
    for number, line in enumerate(text.splitlines(), 1):
        first = first if held else number
        if line.rstrip().endswith(mark) and len(held) < 4_000:
            held += line.rstrip()[:-1] + " "
            continue
        yield Line(held + line, first)
        held = ""
    if held:
        yield Line(held, first)


def is_makefile(path: str) -> bool:
    """Whether a script is one of make's."""
    return posixpath.basename(path).lower().endswith(("makefile", ".mk"))


def commands(text: str, path: str) -> Iterator[Words]:
    """The simple commands of a script in their order, unexpanded, and `(`, `)`, `do`, `done`."""
    made = is_makefile(path)
    flow = path.startswith(".github/")
    target = ""
    working = _working(text) if flow else {}
    for line in lines(text):
        rule = _RULE.match(line.text) if made else None
        if rule is not None:
            target = rule["target"]
            continue
        afresh = made or (flow and _STEP.match(line.text) is not None)
        lead = _LEAD.match(line.text)
        body = line.text[lead.end() if lead is not None else 0 :]
        if body.startswith("#"):
            continue
        assigned = _ASSIGNED.match(body)
        if assigned is not None:
            yield Words(("=", assigned["name"], assigned["value"]), line.number, target, afresh)
        elif body:
            within = working.get(line.number, "")
            yield from split(body, line.number, target, afresh=afresh, within=within)


def _working(text: str) -> Mapping[int, str]:
    """The folders in which the steps of a workflow run, by the lines of the steps."""
    found: dict[int, str] = {}
    step: list[int] = []
    indent, whole, usual, own, jobs = 0, "", "", "", False

    def close() -> None:
        found.update(dict.fromkeys(step, own or usual))
        step.clear()

    for number, line in enumerate(text.splitlines(), 1):
        key = _KEY.match(line)
        if key is None:
            step += [number] if step else []
            continue
        depth = len(key["indent"])
        if step and depth <= indent:
            close()
        if key["item"]:
            indent, own = depth, ""
        elif not step:
            usual = whole if jobs and depth == _JOB else usual
            jobs = jobs or (key["name"] == "jobs" and not depth)
        if key["item"] or step:
            step.append(number)
        if key["name"] == "working-directory":
            folder = key["value"].strip("\"' ")
            folder = UNKNOWN if "$" in folder else folder
            own, usual = (folder, usual) if step else (own, folder)
            whole = whole if jobs else usual
    close()
    return found


def split(
    body: str, number: int, target: str = "", *, afresh: bool = False, within: str = ""
) -> Iterator[Words]:
    """The simple commands of a line."""
    held: list[str] = []
    for hit in _TOKEN.finditer(_known_parts(body)):
        word = hit[0]
        if word.startswith("#") and not held:
            break
        if word in (";", "&&", "||", "|", "&", "(", ")"):
            if held:
                yield Words(tuple(held), number, target, afresh, within)
                held, afresh = [], False
            if word in "()":
                yield Words((word,), number, target, afresh, within)
        elif not held and word in _STARTS:
            if word == "do":
                yield Words((word,), number, target, afresh, within)
        else:
            held.append(word)
    if held:
        yield Words(tuple(held), number, target, afresh, within)


def _known_parts(text: str) -> str:
    """A text in which what commands give that stand in it is as far as it is known."""
    if not stands_for_more(text):  # as most have it
        return text
    text = _OWN_FOLDER.sub("${__own}", text)
    for _ in range(3):
        text = _GONE_TO.sub(lambda hit: hit["to"].strip("\"'"), text)
    text = _WORKING.sub("${__here}", _TOP.sub("${__top}", text))
    # Variables of make and of workflows take the shell's form: brackets and spaces divide words.
    return _OF_FLOW.sub(_braced, _OF_MAKE.sub(_braced, text))


def _braced(hit: re.Match[str]) -> str:
    return "${" + hit["name"] + "}"


def value_of(text: str) -> str:
    """What is assigned, without quotes and what follows it on the line."""
    known = _known_parts(text.strip())
    hit = _TOKEN.match(known)
    return "" if hit is None else hit[0]


def stands_for_more(text: str) -> bool:
    """Whether a text holds a variable, or a command for what it gives."""
    return "$" in text or "`" in text


def expanded(word: str, variables: Mapping[str, str]) -> str:
    """A word without quotes, with its variables; what is not known of it is a mark."""
    return _expanded(word, variables, {}, 0)


def _expanded(word: str, variables: Mapping[str, str], known: dict[str, str], depth: int) -> str:
    """The same, with the variables that are `known`: each may stand in the next one many times."""
    if depth > _DEEPEST or len(word) > _LONGEST:
        return UNKNOWN

    def value(hit: re.Match[str]) -> str:
        name = hit["braced"] or hit["plain"]
        if name not in variables:
            return UNKNOWN if hit["default"] is None else hit["default"]
        if name not in known:
            known[name] = _expanded(variables[name], variables, known, depth + 1)
        return known[name]

    found = word.replace('"', "").replace("'", "")
    if "$" in found:
        found = _VARIABLE.sub(value, found)
    is_plain = not stands_for_more(found) and len(found) <= _LONGEST
    return found.replace("\\", "/") if is_plain else UNKNOWN
