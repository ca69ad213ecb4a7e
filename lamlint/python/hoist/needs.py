"""What an expression needs so that it means the same at module level."""

from __future__ import annotations

from dataclasses import field

from lamlint.python.hoist.uses import mutated, usable
from lamlint.python.hoist.view import View
from lamlint.python.module import cst
from lamlint.python.module.scope import Binding, How, Scope
from lamlint.python.module.walk import children, descendants
from lamlint.text.dataclass import dataclass

_PLAIN = frozenset({"str", "int", "float", "bool", "dict", "list", "tuple", "set", "frozenset"})
_CONSTANTS = frozenset({"None", "True", "False", "__file__", "__name__"})
_READERS = frozenset({"os.environ.get", "os.getenv"})
_PURE = frozenset(
    {
        "botocore.config.Config", "botocore.client.Config", "os.path.join", "os.path.dirname",
        "os.path.abspath", "pathlib.Path", "json.loads", "ssl.create_default_context",
        "certifi.where", "httpx.Timeout", "httpx.Limits", "urllib3.Retry", "urllib3.Timeout",
        "urllib3.util.Retry", "urllib3.util.Timeout", "urllib3.util.retry.Retry",
        "urllib3.util.timeout.Timeout", "datetime.timedelta", "sqlalchemy.engine.URL.create",
        "sqlalchemy.URL.create", "sqlalchemy.engine.url.URL.create", "grpc.ssl_channel_credentials",
        "urllib.parse.quote", "urllib.parse.quote_plus", *_READERS,
    }
)  # fmt: skip
_TEXT = frozenset({"format", "join", "lower", "upper", "strip", "lstrip", "rstrip", "split",
                   "replace", "removeprefix", "removesuffix", "encode"})  # fmt: skip
DERIVED = frozenset({"Table", "Bucket", "Queue", "Topic", "Object", "StateMachine", "Instance"})
"""What a boto3 resource makes of itself without a request."""
_FACTORIES = DERIVED | {"client", "resource", "create_client"}
_COMPOSED = (
    cst.Tuple, cst.List, cst.Set, cst.Dict, cst.UnaryOperation, cst.BinaryOperation,
    cst.BooleanOperation, cst.Comparison, cst.IfExp, cst.Element, cst.DictElement,
    cst.StarredElement, cst.StarredDictElement, cst.ComparisonTarget, cst.ConcatenatedString,
    cst.FormattedString, cst.FormattedStringText, cst.FormattedStringExpression, cst.Index,
)  # fmt: skip
_RAISING = frozenset({"int", "float", "json.loads"})
_MUTABLE = (cst.Dict, cst.List, cst.Set, cst.DictComp, cst.ListComp, cst.SetComp)


@dataclass
class Needs:
    """What must be there before an expression: gathered while it is looked at.

    `raising` says that evaluating it may fail where it did not before.
    """

    imports: dict[cst.Import | cst.ImportFrom, None] = field(default_factory=dict)
    values: dict[cst.Assign | cst.AnnAssign, Binding] = field(default_factory=dict)
    after: int = 0
    raising: bool = False
    environment: bool = False
    words: set[str] = field(default_factory=set)
    """The names and texts in it: a condition that mentions one of them guards it."""


class Looker:
    """Decides whether an expression can be evaluated at module level."""

    def __init__(self, view: View, expression: cst.BaseExpression) -> None:
        self.view = view
        self.needs = Needs()
        self._open: set[cst.CSTNode] = set()
        """The statements whose values are being looked at: none may need itself."""
        self._made_by_sdk: dict[cst.CSTNode, bool] = {}
        self.parts = set(descendants(expression))
        self.fine = self.portable(expression)

    def portable(self, node: cst.CSTNode) -> bool:
        """Whether a node means the same at module level."""
        match node:
            case cst.SimpleString():
                self.needs.words.add(str(node.evaluated_value))
                return True
            case cst.Integer() | cst.Float() | cst.Imaginary() | cst.Ellipsis():
                return True
            case cst.Name():
                return self._name(node)
            case cst.Attribute():
                return self._attribute(node)
            case cst.Subscript():
                return self._subscript(node)
            case cst.Call():
                return self._call(node)
            case _:
                return isinstance(node, _COMPOSED) and all(map(self.portable, children(node)))

    def _name(self, node: cst.Name) -> bool:
        name = node.value
        owner, bindings = self.view.owner(node)
        if not bindings:
            return name in _PLAIN | _CONSTANTS
        self.needs.words.add(name)
        if owner.is_module:
            return self._of_module(name, bindings)
        if not isinstance(owner.node, cst.FunctionDef):
            return False
        imported = self.view.single(owner, name, How.IMPORT)
        if imported is not None:
            return self._local_import(imported, owner)
        value = self.view.single(owner, name, How.VALUE)
        return value is not None and self._local_value(value, owner)

    def _of_module(self, name: str, bindings: list[Binding]) -> bool:
        module = self.view.module
        for binding in bindings:
            if binding.how not in (How.VALUE, How.IMPORT, How.DEFINITION):
                return False
            if not module.scopes.of(binding.node).is_module:
                return False
            self.needs.after = max(self.needs.after, self.view.top(binding.node) + 1)
            conditional = not self.view.direct(binding)
            self.needs.raising |= conditional and binding.how is not How.IMPORT
        # Which variables functions set is asked apart.
        only_os = all(each.how is How.IMPORT and each.module == "os" for each in bindings)
        return only_os or not mutated(self.view, module.scopes.module, name)

    def _local_import(self, binding: Binding, owner: Scope) -> bool:
        node, line, block, *_ = [
            part for part in self.view.chain(binding.node) if not isinstance(part, cst.ImportAlias)
        ]
        if not isinstance(node, (cst.Import, cst.ImportFrom)) or not isinstance(
            owner.node, cst.FunctionDef
        ):
            return False
        names = [
            name
            for name, found in owner.bindings.items()
            if any(self.view.module.parent(each.node) is node for each in found)
        ]
        self.needs.imports[node] = None
        return (
            isinstance(line, cst.SimpleStatementLine)
            and len(line.body) == 1
            and block is owner.node.body
            and all(self._free(name, owner) for name in names)
        )

    def _free(self, name: str, owner: Scope) -> bool:
        """Whether an imported name can move from a function to its module."""
        return (
            len(owner.bindings[name]) == 1
            and name not in self.view.module.scopes.module.bindings
            and not self.view.unresolved(name)
            and not any(name in above.bindings for above in self.view.scopes_above(owner))
        )

    def _local_value(self, binding: Binding, owner: Scope) -> bool:
        node, value = binding.node, binding.value
        if not isinstance(node, (cst.Assign, cst.AnnAssign)) or value is None:
            return False
        if node in self.needs.values:
            return True
        if node in self._open or not _movable(self.view, node, owner):
            return False
        self._open.add(node)
        if not self.portable(value):
            return False  # and then the whole is not
        self.parts.update(descendants(value))
        row = self.view.row(value)
        readers = self.view.readers(binding.name, owner)
        if row is not None:
            fit = all(usable(self.view, reader, row) for reader in readers)
        elif isinstance(value, _MUTABLE):
            fit = self.parts.issuperset(readers)
        else:
            fit = not mutated(self.view, owner, binding.name)
        self.needs.values[node] = binding
        return fit

    def _attribute(self, node: cst.Attribute) -> bool:
        name = self.view.module.qualified(node)
        self.needs.environment |= name == "os.environ"
        # What a session or resource makes of itself it surely has.
        made = node.attr.value in _FACTORIES and self.sdk(node)
        self.needs.raising |= name is None and not made
        return self.portable(node.value)

    def _subscript(self, node: cst.Subscript) -> bool:
        self.needs.raising = True
        return self.portable(node.value) and all(
            isinstance(element.slice, cst.Index) and self.portable(element.slice)
            for element in node.slice
        )

    def _call(self, node: cst.Call) -> bool:
        name = self.view.module.qualified(node)
        row = self.view.row(node)
        if row is not None and not row.hoist.sound:
            return False
        self.needs.environment |= name in _READERS
        self.needs.raising |= name in _RAISING
        method = node.func.attr.value if isinstance(node.func, cst.Attribute) else ""
        self.needs.raising |= method in DERIVED and not all(map(_is_named, node.args))
        known = (
            row is not None
            or name in _PURE
            or name in _PLAIN
            or method in _TEXT
            or (method in _FACTORIES and self.sdk(node.func))
        )
        return (
            known
            and self.portable(node.func)
            and all(self.portable(argument.value) for argument in node.args)
        )

    def sdk(self, function: cst.BaseExpression) -> bool:
        """Whether a method is asked of an AWS session or resource."""
        value = function.value if isinstance(function, cst.Attribute) else function
        if isinstance(value, cst.Name):
            bindings = self.view.owner(value)[1]
            return bool(bindings) and all(
                binding.value is not None and self._sdk_value(binding.value) for binding in bindings
            )
        return self._sdk_value(value)

    def _sdk_value(self, value: cst.BaseExpression) -> bool:
        if not isinstance(value, cst.Call):
            return False
        if value not in self._made_by_sdk:
            self._made_by_sdk[value] = False  # what is made of itself is nothing
            row = self.view.row(value)
            made = row.kind == "sdk" if row is not None else self.sdk(value.func)
            self._made_by_sdk[value] = made
        return self._made_by_sdk[value]


def _is_named(argument: cst.Arg) -> bool:
    """Whether an argument is a text with something in it: the SDK refuses no such name."""
    return isinstance(argument.value, cst.SimpleString) and bool(argument.value.evaluated_value)


def _movable(view: View, node: cst.CSTNode, owner: Scope) -> bool:
    """Whether a statement stands alone on its line and runs whenever its function does.

    One that gives its value to a second name or an attribute as well has to stay for that.
    """
    if isinstance(node, cst.Assign) and len(node.targets) != 1:
        return False
    line, *around = view.chain(node)[1:]
    if not isinstance(line, cst.SimpleStatementLine) or len(line.body) != 1:
        return False
    for above in around:
        if above is owner.node:
            return True
        if not isinstance(above, (cst.IndentedBlock, cst.With, cst.Try)):
            return False
    return False
