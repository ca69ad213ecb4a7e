"""The arguments of a call, changed on the tree: taken out, added, given another value."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.rewrite import edits, replace

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.text import Edit

_Space = cst.BaseParenthesizableWhitespace
_NONE = cst.SimpleWhitespace("")
_ONE = cst.SimpleWhitespace(" ")


def without(
    module: Module, call: cst.Call, dropped: Collection[cst.Arg]
) -> tuple[Edit, ...] | None:
    """The edits that take arguments out, with their commas.

    None where others would take their places, or a comment would be lost.
    """
    whole = module.whole
    if whole is None:
        return None
    call, dropped = module.twin(call), [module.twin(arg) for arg in dropped]
    kept = [arg for arg in call.args if not _among(arg, dropped)]
    if len(kept) == len(call.args) or _moves(call, dropped):
        return None
    changed = call.with_changes(args=kept)
    if kept and kept[-1] is not call.args[-1]:
        last = _last(kept[-1], call.args[-1])
        changed = call.with_changes(args=[*kept[:-1], last])
    elif not kept:
        changed = changed.with_changes(whitespace_before_args=_NONE)
    if _comments(changed) < _comments(call):
        return None
    return _edits(whole, call, changed)


def with_argument(
    module: Module, call: cst.Call, keyword: str, place: int | None, code: str
) -> tuple[Edit, ...] | None:
    """The edits that give an argument a value: in the place of the present one, or behind all.

    None where `*` or `**` may hand it on already, or a comment would be lost.
    """
    whole, call = module.whole, module.twin(call)
    if whole is None:
        return None
    value = cst.parse_expression(code)
    given = written(call, keyword, place)
    if given is not None:
        args = [arg.with_changes(value=value) if arg is given else arg for arg in call.args]
    elif any(arg.star for arg in call.args):
        return None
    else:
        equal = cst.AssignEqual(whitespace_before=_NONE, whitespace_after=_NONE)
        args = _added(call, cst.Arg(value, keyword=cst.Name(keyword), equal=equal))
    changed = call.with_changes(args=args)
    return None if _comments(changed) < _comments(call) else _edits(whole, call, changed)


def written(call: cst.Call, keyword: str, place: int | None) -> cst.Arg | None:
    """The argument that is written for a keyword, or at a place."""
    count = 0
    for arg in call.args:
        if arg.star:
            place = None
        elif arg.keyword is not None:
            if keyword and arg.keyword.value == keyword:
                return arg
        else:
            if count == place:
                return arg
            count += 1
    return None


def _among(arg: cst.Arg, args: Collection[cst.Arg]) -> bool:
    return any(arg is each for each in args)


def _moves(call: cst.Call, dropped: Collection[cst.Arg]) -> bool:
    """Whether an argument without a keyword stands behind one that goes."""
    going = False
    for arg in call.args:
        if arg.keyword is not None or arg.star == "**":
            continue
        if _among(arg, dropped):
            going = True
        elif going:
            return True
    return False


def _last(arg: cst.Arg, former: cst.Arg) -> cst.Arg:
    """An argument that becomes the last one: what followed the former last follows it."""
    comma = isinstance(arg.comma, cst.Comma)
    space = _behind(arg)
    if not comma or not _has_comment(space):
        return arg.with_changes(
            comma=former.comma, whitespace_after_arg=former.whitespace_after_arg
        )
    # Its comment stands behind its comma, so it keeps both.
    return _followed(arg, _closing(space, _behind(former)))


def _added(call: cst.Call, new: cst.Arg) -> list[cst.Arg]:
    """The arguments with one more, laid out as the others are."""
    if not call.args:
        return [new]
    *ahead, last = call.args
    end = _behind(last)
    lead = _behind(ahead[-1]) if ahead else call.whitespace_before_args
    between: _Space = _ONE
    plain = end
    if isinstance(end, cst.ParenthesizedWhitespace):
        between = _closing(end, lead)
        plain = end.with_changes(
            first_line=cst.TrailingWhitespace(newline=end.first_line.newline), empty_lines=[]
        )
    if isinstance(last.comma, cst.Comma):
        new = _followed(new, plain)
    else:
        new = new.with_changes(whitespace_after_arg=plain)
    return [*ahead, _followed(last, between), new]


def _followed(arg: cst.Arg, space: _Space) -> cst.Arg:
    comma = cst.Comma(whitespace_before=_NONE, whitespace_after=space)
    return arg.with_changes(comma=comma, whitespace_after_arg=_NONE)


def _behind(arg: cst.Arg) -> _Space:
    """What stands between an argument, with its comma, and what follows."""
    return (
        arg.comma.whitespace_after if isinstance(arg.comma, cst.Comma) else arg.whitespace_after_arg
    )


def _closing(space: _Space, like: _Space) -> _Space:
    """Some white space with its comments, that leads to the column where another leads to."""
    if isinstance(space, cst.ParenthesizedWhitespace) and isinstance(
        like, cst.ParenthesizedWhitespace
    ):
        return space.with_changes(indent=like.indent, last_line=like.last_line)
    return space


def _has_comment(space: _Space) -> bool:
    return any(True for _ in _nodes(space, cst.Comment))


def _comments(call: cst.Call) -> int:
    return sum(1 for _ in _nodes(call, cst.Comment))


def _nodes(node: cst.CSTNode, kind: type[cst.CSTNode]) -> Iterator[cst.CSTNode]:
    waiting = [node]
    while waiting:
        current = waiting.pop()
        if isinstance(current, kind):
            yield current
        waiting.extend(current.children)


def _edits(module: Module, call: cst.Call, changed: cst.Call) -> tuple[Edit, ...] | None:
    return edits(module, replace(module.tree, module.parent, {call: changed}))
