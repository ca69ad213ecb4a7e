"""The names of decorated methods are the same from the text as from the tree."""

from __future__ import annotations

import pytest

from lamlint.python.module.facts import facts
from lamlint.python.module.module import Module
from lamlint.python.reach.reach import _properties
from lamlint.text import Source

CASES = {
    "class A:\n    @property\n    def one(self): ...": {"one"},
    "class A:\n    def plain(self): ...": set(),
    "@once\ndef outside(): ...": set(),
    "class A:\n    if x:\n        @p\n        async def one(self): ...": {"one"},
    "def f():\n    class A:\n        @p\n        def one(self): ...": {"one"},
    "class A:\n    def f(self):\n        @p\n        def inner(): ...": set(),
    "class A:\n    class B:\n        @p\n        def one(self): ...": {"one"},
    "try:\n    pass\nexcept E:\n    class A:\n        @p\n        def one(self): ...": {"one"},
    "match x:\n    case 1:\n        class A:\n            @p\n            def one(self): ...": {
        "one"
    },
}


@pytest.mark.parametrize("text", CASES)
def test_decorated_methods(text: str) -> None:
    module = Module(Source("a.py", text), "a")
    assert facts(module.source).decorated == CASES[text]
    assert _properties(module) == CASES[text]
    assert "tree" not in vars(module.syntax)


def test_a_text_that_only_the_tree_reads() -> None:
    module = Module(Source("a.py", "return = 1\nclass A:\n    @p\n    def one(self): ..."), "a")
    assert not facts(module.source).taken
    assert _properties(module) == set()
