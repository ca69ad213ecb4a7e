"""Checks mutated inputs: Python, YAML, JSON and TOML that start from the fixtures.

    python -m tests.fuzz.campaign TIMES [SEED]

Whatever a text says, a check ends in a few seconds, and never in a defect. Each
input comes from its own seed, so that one that fails can be made again alone.
"""

from __future__ import annotations

import contextlib
import json
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from lamlint import project
from lamlint.catalog import Catalog
from lamlint.config import ConfigError
from lamlint.config.reading import read
from lamlint.engine.check import check
from lamlint.text import INTERNAL_ERROR
from tests.checking import TODAY, rules
from tests.memory import MemoryTree

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
LONGEST = 20_000
"""Characters of a mutated text."""
MOST_SECONDS = 5
TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: src, Handler: app.handler, Runtime: python3.13}
"""
CODE = "def handler(event, context):\n    return 1\n"
TOKENS = (
    "(", ")", "[", "]", "{", "}", '"', "'", '"""', "\n", "\r", "\t", "\0", "\x1b[31m", "\u202e",
    "&a ", "*a", "<<: ", "!Sub ", "!If [", "!Ref ", "${", "{{", "${AWS::Region}", "- ", ": ",
    "# lamlint: ignore[", "Fn::ForEach::", "boto3.client(", "lambda: ", "not ", "**", "@", "= ",
    "if x else ", "for x in y ", "yield ", "await ", "global x\n", "\\", "\ufeff", "\ud800", "0x",
    "1e999", "-", "~", "[[a]]", '"a" = ', "password = 'Xy9#kk2Lq0'", "AKIA", "https://a:b@c/",
)  # fmt: skip


def main(times: int, seed: int) -> int:
    """Check so many inputs; how many were wrong."""
    seeds = {suffix: list(_texts(suffix)) for suffix in _KINDS}
    wrong: list[str] = []
    slowest = 0.0
    counts: Counter[str] = Counter()
    for number in range(times):
        chance = random.Random(seed * 1_000_003 + number)  # noqa: S311
        suffix = chance.choice(list(_KINDS))
        text = _mutated(chance.choice(seeds[suffix]), chance)
        start = time.process_time()
        problem = _problem(_KINDS[suffix], text)
        slowest = max(slowest, time.process_time() - start)
        counts[suffix] += 1
        if problem:
            wrong.append(f"{suffix} {number}: {problem}")
            sys.stdout.write(f"{wrong[-1]}\n")
    told = ", ".join(f"{number} {suffix}" for suffix, number in sorted(counts.items()))
    sys.stdout.write(f"seed {seed}: {told}; slowest {slowest:.2f} s; {len(wrong)} wrong\n")
    return len(wrong)


def _texts(suffix: str) -> Iterator[str]:
    for path in sorted(FIXTURES.rglob(f"*{suffix}")):
        if path.stat().st_size < LONGEST:
            yield path.read_text(encoding="utf-8", errors="replace")
    yield CODE if suffix == ".py" else TEMPLATE


def _mutated(text: str, chance: random.Random) -> str:
    for _ in range(chance.choice((1, 1, 2, 3, 5, 8, 20))):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.choice((0, 1, 2, 5, 20, 100)))
        way = chance.randrange(6)
        if way == 0:
            text = text[:start] + text[end:]
        elif way == 1:
            text = text[:start] + chance.choice(TOKENS) + text[start:]
        elif way == 2:
            text = text[:start] + chance.choice(TOKENS) * chance.choice((2, 9, 90)) + text[start:]
        elif way == 3:
            text = text[:start] + text[start:end] * chance.choice((2, 3, 50)) + text[end:]
        elif way == 4:
            other = chance.randrange(len(text) + 1)
            text = text[:other] + text[start:end] + text[other:]
        else:
            text = (
                text[:start]
                + chr(chance.choice((chance.randrange(256), 0x2028, 0x85)))
                + text[end:]
            )
        text = text[:LONGEST]
    return text


def _problem(run: Callable[[str], str], text: str) -> str:
    """What went wrong with an input; nothing for what ends as it should."""
    try:
        with _deadline():
            return run(text)
    except TimeoutError:
        return f"it takes more than {MOST_SECONDS} s"
    except Exception as error:  # noqa: BLE001  every one is a finding of the campaign
        return f"it raises {type(error).__name__}"


def _project(files: dict[str, str]) -> str:
    encoded = {path: text.encode("utf-8", "surrogatepass") for path, text in files.items()}
    built = project.build(MemoryTree(encoded), ("",), Catalog(), TODAY)
    found = [*check(built, rules().values()), *built.problems]
    defects = [one.message for one in found if one.rule == INTERNAL_ERROR]
    return "; ".join(defects)


def _code(text: str) -> str:
    return _project({"template.yaml": TEMPLATE, "src/app.py": text})


def _yaml(text: str) -> str:
    return _project({"template.yaml": text, "src/app.py": CODE})


def _json(text: str) -> str:
    with contextlib.suppress(ValueError):
        text = json.dumps(json.loads(text), ensure_ascii=False)
    return _project({"template.json": text, "src/app.py": CODE})


def _toml(text: str) -> str:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "lamlint.toml")
        file.write_bytes(text.encode("utf-8", "surrogatepass"))
        with contextlib.suppress(ConfigError):
            read(str(file), rules())
    return _project({"template.yaml": TEMPLATE, "samconfig.toml": text, "src/app.py": CODE})


_KINDS: dict[str, Callable[[str], str]] = {
    ".py": _code,
    ".yaml": _yaml,
    ".json": _json,
    ".toml": _toml,
}


@contextlib.contextmanager
def _deadline() -> Iterator[None]:
    def late(_signal: int, _frame: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(MOST_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


if __name__ == "__main__":
    times, *rest = map(int, sys.argv[1:])
    sys.exit(bool(main(times, rest[0] if rest else 20261128)))
