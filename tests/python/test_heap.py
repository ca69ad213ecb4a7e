"""Memory that is not needed any more."""

from __future__ import annotations

import gc
import weakref

from lamlint.dialects.cdk.machine import Machine
from lamlint.dialects.cdk.program import parse
from lamlint.dialects.cdk_typescript.dialect import read
from lamlint.python.module.facts import facts, tree
from lamlint.python.module.heap import let_go
from lamlint.python.module.syntax import Syntax
from lamlint.text import Source
from tests.memory import MemoryTree

TEXT = """\
import boto3

@cached
def client(region, *rest):
    return boto3.client("s3", region), (f"{region} {rest}"), ("a" "b")
"""


class Ring:
    def __init__(self) -> None:
        self.self = self


def test_many_that_refer_to_themselves_are_let_go() -> None:
    before = gc.get_threshold()
    gc.set_threshold(1_000_000)
    try:
        gc.collect()
        gone = weakref.ref(Ring())
        let_go()
        assert gone() is not None  # it is not worth a look
        many = [Ring() for _ in range(120_000)]
        del many
        let_go()
        assert gone() is None
    finally:
        gc.set_threshold(*before)


def test_an_app_is_let_go_before_the_next_is_read() -> None:
    gc.collect()
    before = _machines()
    app = "import {Function} from 'aws-cdk-lib/aws-lambda';\n// Runtime.PYTHON_3_13\n"
    folders = [f"app{number}" for number in range(4)]
    files = {f"{folder}/cdk.json": '{"app": "npx ts-node a.ts"}' for folder in folders}
    read(MemoryTree({**files, **{f"{folder}/a.ts": app for folder in folders}}), ())
    assert _machines() - before <= 1


def test_a_tree_goes_as_soon_as_nobody_needs_it() -> None:
    gc.disable()
    try:
        syntax = Syntax(Source("app.py", TEXT))
        names = [node for kind in syntax.index.by_type.values() for _, node in kind]
        assert all(syntax.extent(node) for node in names)
        assert syntax.scopes.module.bindings
        assert syntax.whole is not None
        assert syntax.whole.whole is syntax.whole
        left = [weakref.ref(one) for one in (syntax, syntax.whole)]
        del syntax, names
        assert [one() for one in left] == [None, None]
    finally:
        gc.enable()


def _machines() -> int:
    return sum(isinstance(one, Machine) for one in gc.get_objects())


def test_what_is_let_go_of_a_text_is_made_anew() -> None:
    source = Source("app.py", "import aws_cdk\n")
    first = parse(source)
    assert parse(source) is first
    source.let_go(parse)
    assert parse(source) is not first
    source.let_go(facts)  # which nobody has made
    assert source.made(facts) == ()


def test_who_goes_over_a_tree_leaves_its_facts() -> None:
    source = Source("app.py", "import boto3\n")
    found = tree(source)
    assert found is not None
    assert len(found.body) == 1
    assert [one.module for (known,) in [source.made(facts)] for one in known.imports] == ["boto3"]
    assert tree(source) is not found


def test_what_is_no_python_has_no_tree() -> None:
    source = Source("app.py", "import\n")
    assert tree(source) is None
    assert not facts(source).taken
    assert facts(source).refusal is not None
    assert tree(source) is None
