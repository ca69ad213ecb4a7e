"""What the facts of a text say of its tree: never less than the tree says."""

from __future__ import annotations

import pytest

from lamlint.python.module.looks import set_from_outside, set_later
from lamlint.python.module.module import Module
from lamlint.python.values.applied import _places
from lamlint.python.values.registries import _lines
from lamlint.text import Source

FILLING = {
    "hooks": [
        "hooks['a'] = f",
        "hooks['a']['b'] = f",
        "app.hooks['a'] = f",
        "hooks += [f]",
        "self.hooks += [f]",
        "hooks.append(f)",
        "hooks[name].append(f)",
        "hooks.setdefault(name, []).append(f)",
        "app.hooks.update(a=f, **{'b': f})\napp.hooks.update({'c': f})",
        "def add(f):\n    hooks.insert(0, f)",
        "class A:\n    def add(self, f):\n        self.hooks.put(f)",
        "a = hooks['a'] = f",
        "lambda f: hooks.__setitem__('a', f)",
    ],
    "": ["hooks = {}", "hooks.get('a')", "f(hooks)", "hooks['a']", "del hooks['a']"],
}


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, texts in FILLING.items() for text in texts]
)
def test_what_something_is_put_into_is_known_without_a_tree(name: str, text: str) -> None:
    module = Module(Source("app.py", text), "app")
    assert _lines(module).keys() == ({name} - {""})
    assert module.may_fill("hooks") == bool(name)


SETTING = {
    "client": [
        "a.client = 1",
        "a.b.client = 1",
        "a.client: int = 1",
        "a.client += 1",
        "a.client, b = 1, 2",
        "[a.client] = b",
        "for a.client in b:\n    pass",
        "for a.client, b in c:\n    pass",
        "[1 for a.client in b]",
        "with a as b.client:\n    pass",
        "del a.client",
        "def f(self):\n    self.client = 1",
    ],
    "*": ["setattr(a, name, 1)", "a.__dict__[name] = 1", "a.__dict__.update(b)"],
    "": [
        "client = 1",
        "a.client",
        "a.client()",
        "a.client.b = 1",
        "a.client[0] = 1",
        "f(client=1)",
    ],
}


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, texts in SETTING.items() for text in texts]
)
def test_what_attributes_are_set_is_known_without_a_tree(name: str, text: str) -> None:
    module = Module(Source("app.py", text), "app")
    assert ({"client", "*"} & {*set_later(module), *set_from_outside(module)}) == ({name} - {""})
    assert module.may_set("client") == bool(name)


RUNNING = {
    "add()": True,
    "registry.add(f)": True,
    "add.now(f)": True,
    "class A:\n    a = add()": True,
    "a = [add(one) for one in b]": True,
    "later = lambda: add()": True,
    "if a:\n    add()": True,
    "def f():\n    add()": False,
    "async def f():\n    await add()": False,
    "class A(B):\n    def f(self):\n        super().add()": False,
    "def f():\n    return lambda: add()": False,
    "def f():\n    class A:\n        a = add()": False,
    "def f():\n    @add\n    def g():\n        return 1": False,
}


@pytest.mark.parametrize(("text", "by_itself"), RUNNING.items())
def test_what_a_module_runs_by_itself_is_known_without_a_tree(text: str, by_itself: bool) -> None:
    module = Module(Source("app.py", text), "app")
    places = _places(module)["add"]
    assert any(module.enclosing_function(one) is None for one in places) == by_itself
    assert module.may_run({"add"})
    assert module.may_run({"add"}, by_itself=True) == by_itself


def test_what_stands_at_a_function_may_be_run_by_the_module() -> None:
    module = Module(Source("app.py", "@add\ndef f(a=make()):\n    return a"), "app")
    assert module.may_run({"add"}, by_itself=True)
    assert module.may_run({"make"}, by_itself=True)


@pytest.mark.parametrize("text", ["hooks['a'] = (", "("])
def test_of_a_text_that_is_no_python_the_words_count(text: str) -> None:
    module = Module(Source("app.py", text), "app")
    assert module.may_fill("hooks") == ("hooks" in text)
    assert module.may_set("hooks") == ("hooks" in text)
    assert module.may_run({"hooks"}, by_itself=True) == ("hooks" in text)
