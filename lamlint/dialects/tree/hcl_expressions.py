"""From expressions of HCL, as tree-sitter has them, to nodes of the house.

What is plain data becomes the nodes that YAML has; anything else a sequence of its parts with
a tag that says which expression it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from lamlint.dialects.tree.hcl_places import Places, TreeSitterNode
from lamlint.dialects.tree.hcl_texts import dedented, undoubled, unescaped
from lamlint.dialects.tree.node import (
    Entry,
    MappingNode,
    Node,
    ScalarNode,
)
from lamlint.dialects.tree.tags import (
    ATTRIBUTE,
    CALL,
    FOR_LIST,
    FOR_MAP,
    GET,
    HEREDOC,
    IF,
    NAME,
    OBJECT,
    OPERATION,
    SPLAT,
    SPREAD,
    TEMPLATE,
)

if TYPE_CHECKING:
    pass

DEPTH = 150
"""What is nested deeper is not read; readers may recurse freely below this."""

_WRAPPERS = frozenset({"expression", "literal_value", "collection_value", "template_expr"})
"""Kinds of nodes that only hold another one."""
_BINARY = frozenset({"==", "!=", "<", ">", "<=", ">=", "&&", "||", "+", "-", "*", "/", "%"})


class Expressions(Places):
    """Makes nodes of the house of tree-sitter's expressions."""

    def expression(self, node: TreeSitterNode, depth: int) -> Node:
        """An expression, or what one consists of."""
        kind, children = node.type, node.children
        while kind in _WRAPPERS and len(children) == 1:
            (node,) = children
            kind, children = node.type, node.children
        if depth > DEPTH or kind == "ERROR" or node.is_missing:
            return self.unread(node)
        match kind:
            case "numeric_lit" | "bool_lit" | "null_lit":
                return self.scalar(node, self.text(node))
            case "variable_expr":
                return self.scalar(node, self.text(node), tag=NAME)
            case "string_lit" | "quoted_template" | "heredoc_template":
                make = self.heredoc if kind == "heredoc_template" else self.quoted
                return make(node, depth)
            case "tuple":
                items = [self.expression(one, depth + 1) for one in children
                         if one.type == "expression"]  # fmt: skip
                return self.parts("", [node], items)
            case "conditional":
                branches = [one for one in children if one.type == "expression"]
                return self.parts(IF, [node], [self.expression(b, depth + 1) for b in branches])
            case _:
                return self.composed(node, depth)

    def composed(self, node: TreeSitterNode, depth: int) -> Node:
        """An expression that is made of others."""
        match node.type:
            case "object":
                return self.object(node, depth)
            case "unary_operation" | "binary_operation":
                return self.operation(node, depth)
            case "function_call":
                return self.call(node, depth)
            case "for_tuple_expr" | "for_object_expr":
                return self.loop(node, depth)
            case _:
                return self.run(node.children, depth + 1) if node.children else self.unread(node)

    def run(self, nodes: Sequence[TreeSitterNode], depth: int) -> Node:
        """A value and the steps that lead into it, one behind the other."""
        if len(nodes) == 1:
            return self.expression(nodes[0], depth + 1)
        inside = [one for one in nodes if one.type not in ("(", ")", "comment")]
        if not inside:
            return self.unread(nodes[0])
        if depth > DEPTH:
            return self.unread(inside[0])
        first = self.expression(inside[0], depth + 1)
        if len(inside) == 1:
            return first
        steps: list[Node] = [first]
        for one in inside[1:]:
            steps.extend(self.steps(one, depth))
        return self.parts(GET, inside, steps)

    def steps(self, node: TreeSitterNode, depth: int) -> Iterator[Node]:
        match node.type:
            case "get_attr":
                yield self.scalar(node, self.text(node.children[-1]), ATTRIBUTE)
            case "index":
                inner = node.children[0]
                if inner.type == "legacy_index":
                    yield self.scalar(inner, self.text(inner)[1:].strip(), '"')
                else:
                    yield self.run(inner.children[1:-1] or [inner], depth + 1)
            case "splat":
                (splat,) = node.children
                yield self.scalar(splat, "", tag=SPLAT)
                for one in splat.children[1:]:
                    yield from self.steps(one, depth)
            case _:
                yield self.unread(node)

    def quoted(self, node: TreeSitterNode, depth: int) -> Node:
        inside = node.children[1:-1]
        if all(one.type == "template_literal" for one in inside):
            return self.scalar(node, unescaped(self.text(node)[1:-1]), '"')
        first, last = self.at(node.start_byte) + 1, self.at(node.end_byte) - 1
        return self.template(node, self.pieces(inside, first, last), unescaped, depth)

    def heredoc(self, node: TreeSitterNode, depth: int) -> Node:
        text = self.source.text
        start = text.find("\n", self.at(node.children[1].end_byte)) + 1
        closing = self.at(node.children[-1].start_byte)
        end = max(text.rfind("\n", 0, closing) + 1, start)
        pieces = self.pieces(node.children[2:-1], start, end)
        if text.startswith("<<-", self.at(node.start_byte)):
            pieces = dedented(pieces)
        texts = [piece for piece in pieces if isinstance(piece, str)]
        if len(texts) < len(pieces):
            return self.template(node, pieces, undoubled, depth)
        source, first, last = self.bounds(node, node)
        first, last = (start, end) if self.place is None else (first, last)
        plain = undoubled("".join(texts))
        return ScalarNode(source, first, last, plain, HEREDOC, writable=False)

    def pieces(
        self, nodes: Sequence[TreeSitterNode], start: int, end: int
    ) -> list[str | TreeSitterNode]:
        """The texts of a template and what stands between them."""
        found: list[str | TreeSitterNode] = []
        for one in nodes:
            if one.type == "template_literal" or not one.type.startswith("template"):
                continue
            found.append(self.source.text[start : self.at(one.start_byte)])
            found.append(one)
            start = self.at(one.end_byte)
        found.append(self.source.text[start:end])
        return [piece for piece in found if piece != ""]

    def template(
        self,
        node: TreeSitterNode,
        pieces: Sequence[str | TreeSitterNode],
        plain: Callable[[str], str],
        depth: int,
    ) -> Node:
        items: list[Node] = []
        for piece in pieces:
            if isinstance(piece, str):
                items.append(self.scalar(node, plain(piece), '"'))
            elif piece.type == "template_interpolation":
                inside = [one for one in piece.children if one.type == "expression"]
                items.append(self.run(inside, depth + 1) if inside else self.unread(piece))
            else:
                items.append(self.unread(piece))
        return self.parts(TEMPLATE, [node], items)

    def object(self, node: TreeSitterNode, depth: int) -> Node:
        made = MappingNode(*self.bounds(node, node), [], True, layout=self.layout)
        parts: list[Node] = []
        for one in node.children:
            if one.type != "object_elem":
                continue
            sides = [side for side in one.children if side.type == "expression"]
            if len(sides) != 2:
                continue  # what is broken is told of the whole
            written, value_of = sides
            key = self.key(written, depth + 1)
            value = self.expression(value_of, depth + 1)
            parts += [key, value]
            if isinstance(key, ScalarNode):
                made.entries.append(Entry(key, value, value.start, value.end))
        if len(made.entries) * 2 < len(parts):
            return self.parts(OBJECT, [node], parts)
        if node.has_error:
            made.entries.append(self.more(node))
        return made

    def key(self, node: TreeSitterNode, depth: int) -> Node:
        """The key of an object: a name stands for itself."""
        key = self.expression(node, depth)
        if isinstance(key, ScalarNode) and key.tag == NAME and node.children[0].type != "(":
            return self.scalar(node, key.text)
        if isinstance(key, ScalarNode) and key.tag == "":
            return key
        return self.parts(TEMPLATE, [node], [key])

    def operation(self, node: TreeSitterNode, depth: int) -> Node:
        children = [one for one in node.children if one.type != "comment"]
        at = next((n for n, one in enumerate(children) if n and one.type in _BINARY), 0)
        sign = self.scalar(children[at], self.text(children[at]))
        sides = [children[:at], children[at + 1 :]] if at else [children[1:]]
        if not all(sides):
            return self.unread(node)
        return self.parts(OPERATION, [node], [sign, *(self.run(s, depth + 1) for s in sides)])

    def call(self, node: TreeSitterNode, depth: int) -> Node:
        name = self.scalar(node.children[0], self.text(node.children[0]))
        listed = next((one for one in node.children if one.type == "function_arguments"), None)
        arguments: list[Node] = []
        for one in listed.children if listed is not None else ():
            if one.type == "expression":
                arguments.append(self.expression(one, depth + 1))
            elif one.type == "ellipsis" and arguments:
                arguments[-1] = self.parts(SPREAD, [one], [arguments[-1]])
        if len(name.text.split("::")) > 1 or node.has_error:
            return self.unread(node)
        return self.parts(CALL, [node], [name, *arguments])

    def loop(self, node: TreeSitterNode, depth: int) -> Node:
        """`[for …]`: the names, what it goes over, the key (or none), the value, the condition."""
        intro = next(one for one in node.children if one.type == "for_intro")
        names = [one for one in intro.children if one.type == "identifier"]
        over = [one for one in intro.children if one.type == "expression"]
        made = [one for one in node.children if one.type == "expression"]
        tests = [one for one in node.children if one.type == "for_cond"]
        of_map = node.type == "for_object_expr"
        grouped = any(one.type == "ellipsis" for one in node.children)
        if not over or len(made) != 1 + of_map or grouped or node.has_error:
            return self.unread(node)
        nothing = self.scalar(node, "null")
        listed = [self.scalar(one, self.text(one)) for one in names]
        items: list[Node] = [
            self.parts("", names, list(listed)),
            self.expression(over[0], depth + 1),
            self.expression(made[0], depth + 1) if of_map else nothing,
            self.expression(made[-1], depth + 1),
            self.run(tests[0].children[1:], depth + 1) if tests else nothing,
        ]
        return self.parts(FOR_MAP if of_map else FOR_LIST, [node], items)
