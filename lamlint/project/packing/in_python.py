"""The commands that a build script in Python amounts to, as far as they are plain from its text."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from lamlint.project.lookup.folding import OWN, folded
from lamlint.project.packing.script import PROJECT, UNKNOWN, Words, split
from lamlint.python.module.facts import tree as tree_of
from lamlint.text import Source
from lamlint.text.dataclass import dataclass

_DEEPEST = 4
_MOST_TURNS = 200
_MOST_STEPS = 5_000
"""How much is gone through, the statements of functions and loops each time."""
_LISTING = ("rglob", "glob", "iterdir")
_STARTING = ("run", "call", "check_call", "check_output", "Popen", "system")
_COPYING = ("copy", "copy2", "copyfile", "move")
_Names = dict[str, ast.expr]
T = TypeVar("T")


@dataclass(frozen=True)
class _Script:
    path: str
    functions: Mapping[str, ast.FunctionDef]
    steps: Iterator[int]
    """One for each part of it that is still gone through."""


def commands(text: str, path: str) -> Iterator[Words]:
    """What a script copies and packs, as a shell would be told; functions where they are called."""
    tree = tree_of(Source(path, text))
    if tree is None:
        return
    functions = {one.name: one for one in tree.body if isinstance(one, ast.FunctionDef)}
    script = _Script(path, functions, iter(range(_MOST_STEPS)))
    names: _Names = {}
    yield from _body(tree.body, names, script, 0)
    called = {one.func.id for one in ast.walk(tree)
              if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)}  # fmt: skip
    for name, function in functions.items():
        if name not in called:  # a tool calls it
            yield from _body(function.body, dict(names), script, 1)


def _body(body: Sequence[ast.stmt], names: _Names, script: _Script, depth: int) -> Iterator[Words]:
    for one in _gone_through(body, script):
        match one:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                yield from _calls(value, names, script, depth)
                _bind(names, name, value, script)
            case ast.With(items=items, body=inner):
                for item in items:
                    if isinstance(item.optional_vars, ast.Name):
                        _bind(names, item.optional_vars.id, item.context_expr, script)
                yield from _body(inner, names, script, depth)
            case ast.For(target=target, iter=listed, body=inner):
                yield from _loop(one, target, listed, inner, names, script, depth)
            case ast.If() | ast.Try() | ast.While():
                for part in ("body", "orelse", "finalbody"):
                    yield from _body(getattr(one, part, ()), names, script, depth)
            case ast.Expr(value=value) | ast.Return(value=ast.expr() as value):
                yield from _calls(value, names, script, depth)
            case _:
                pass


def _gone_through(nodes: Iterable[T], script: _Script) -> Iterator[T]:
    """Some nodes, as far as there are steps left."""
    return (one for one, _ in zip(nodes, script.steps, strict=False))


def _bind(names: _Names, name: str, value: ast.expr, script: _Script) -> None:
    """Note what a name stands for from now on."""
    names[name] = _by_now(value, names, script)


def _by_now(value: ast.expr, names: _Names, script: _Script) -> ast.expr:
    """An expression as the path that it gives by now, or as it is."""
    path = folded(value, names, script.path)
    return value if path is None else ast.Constant(path)


def _word(node: ast.expr | None, names: _Names, script: _Script) -> str:
    """An expression as a word of a command; what is not known is a mark."""
    path = None if node is None else folded(node, names, script.path)
    if path is None or "$" in path:
        return UNKNOWN
    return path.replace(OWN, PROJECT, 1) if path.startswith(OWN) else path


def _loop(
    loop: ast.For,
    target: ast.expr,
    listed: ast.expr,
    body: Sequence[ast.stmt],
    names: _Names,
    script: _Script,
    depth: int,
) -> Iterator[Words]:
    """A loop over what is written, turn by turn; one over files, as what it packs of them."""
    over = names.get(listed.id, listed) if isinstance(listed, ast.Name) else listed
    if isinstance(over, (ast.List, ast.Tuple)) and isinstance(target, ast.Name):
        for item in over.elts[:_MOST_TURNS]:
            _bind(names, target.id, item, script)
            yield from _body(body, names, script, depth)
        return
    folder = _folder(over)
    if folder is None:
        return
    root = _word(folder, names, script)
    calls = [one for one in _gone_through(ast.walk(loop), script) if isinstance(one, ast.Call)]
    archives = (_written_to(call, names, script) for call in calls)
    archive = next((one for one in archives if one is not None), None)
    if archive is not None and _is_flat(calls, root, names, script):
        yield Words(("zip", "-rj", archive, f"{root}/*"), loop.lineno, "", False)


def _folder(listed: ast.expr) -> ast.expr | None:
    """The folder whose files a loop goes over: `sorted(FOLDER.rglob("*"))`, `os.walk(FOLDER)`."""
    match listed:
        case ast.Call(func=ast.Name(id="sorted" | "list"), args=[inner, *_]):
            return _folder(inner)
        case ast.Call(func=ast.Attribute(attr=name, value=folder)) if name in _LISTING:
            return folder
        case ast.Call(func=ast.Attribute(attr="walk"), args=[folder, *_]):
            return folder
        case _:
            return None


def _written_to(call: ast.Call, names: _Names, script: _Script) -> str | None:
    """The archive that a call of its `write` writes to."""
    match call.func:
        case ast.Attribute(attr="write", value=ast.Name(id=name)):
            made = names.get(name)
            if isinstance(made, ast.Call) and made.args and _last(made.func) == "ZipFile":
                return _word(made.args[0], names, script)
            return None
        case _:
            return None


def _is_flat(calls: Sequence[ast.Call], root: str, names: _Names, script: _Script) -> bool:
    """Whether files are called in the archive as they are from the folder that they are of."""
    for one in calls:
        if _last(one.func) in ("relative_to", "relpath"):
            return bool(one.args) and _word(one.args[-1], names, script) == root
    return False


def _last(node: ast.expr) -> str:
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
        case _:
            return ""


def _calls(node: ast.expr, names: _Names, script: _Script, depth: int) -> Iterator[Words]:
    if not isinstance(node, ast.Call):
        return
    name, given = _last(node.func), list(node.args)
    options = {one.arg: one.value for one in node.keywords if one.arg is not None}
    own = script.functions.get(name) if isinstance(node.func, ast.Name) else None
    if own is not None:
        if depth < _DEEPEST:
            inner = _bound(own, given, options, names, script)
            yield from _body(own.body, inner, script, depth + 1)
    elif name in _STARTING:
        yield from _started(node, given, options, names, script)
    else:
        plain = [_word(one, names, script) for one in given]
        archive = _written_to(node, names, script)
        if archive is not None and len(plain) == 2:
            words: tuple[str, ...] = ("cp", plain[0], f"{archive}/{plain[1]}")
        else:
            words = _plain(name, node, plain, options, names, script)
        if words:
            yield Words(words, node.lineno, "", False)


def _bound(
    function: ast.FunctionDef,
    given: Sequence[ast.expr],
    options: Mapping[str, ast.expr],
    names: _Names,
    script: _Script,
) -> _Names:
    """The names in a function that is called with some arguments."""
    inner = dict(names)
    parameters = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
    defaults = function.args.defaults
    for name, value in zip(parameters[len(parameters) - len(defaults) :], defaults, strict=True):
        _bind(inner, name, value, script)
    for name, value in (*zip(parameters, given, strict=False), *options.items()):
        inner[name] = _by_now(value, names, script)
    return inner


def _plain(
    name: str,
    node: ast.Call,
    words: Sequence[str],
    options: Mapping[str, ast.expr],
    names: _Names,
    script: _Script,
) -> tuple[str, ...]:
    """The command that a function of the standard library amounts to; nothing for any other."""
    if name == "make_archive" and "base_dir" not in options:
        root = options.get("root_dir") or (node.args[2] if len(node.args) > 2 else None)
        form = options.get("format") or (node.args[1] if len(node.args) > 1 else None)
        base = words[0] if words else _word(options.get("base_name"), names, script)
        if root is not None and _word(form, names, script) == "zip":
            return ("zip", "-rj", f"{base}.zip", f"{_word(root, names, script)}/*")
    if len(words) < 2:
        made = name in ("makedirs", "mkdir") and words
        return (
            ("cd", words[0]) if name == "chdir" and words else ("mkdir", words[0]) if made else ()
        )
    if name == "copytree":
        return ("cp", "-r", f"{words[0]}/.", f"{words[1]}/")
    return ("cp", words[0], words[1]) if name in _COPYING else ()


def _started(
    node: ast.Call,
    given: Sequence[ast.expr],
    options: Mapping[str, ast.expr],
    names: _Names,
    script: _Script,
) -> Iterator[Words]:
    """A command that the script starts, in the folder that it is started in."""
    at = node.lineno
    if not given:
        return
    first = names.get(given[0].id, given[0]) if isinstance(given[0], ast.Name) else given[0]
    yield Words(("(",), at, "", False)
    if "cwd" in options:
        yield Words(("cd", _word(options["cwd"], names, script)), at, "", False)
    if isinstance(first, (ast.List, ast.Tuple)):
        yield Words(tuple(_word(one, names, script) for one in first.elts) or ("",), at, "", False)
    elif len(given) == 1:
        yield from split(_word(first, names, script), at)
    else:
        yield Words(tuple(_word(one, names, script) for one in given), at, "", False)
    yield Words((")",), at, "", False)
