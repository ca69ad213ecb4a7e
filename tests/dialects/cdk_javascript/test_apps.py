"""The apps of the CDK in JavaScript, and the functions that their code declares."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from lamlint.dialects import reading
from lamlint.dialects.cdk_javascript.dialect import read
from lamlint.dialects.cdk_typescript import grammar
from lamlint.engine.unknown.frameworks import unread_frameworks
from lamlint.model import CodeKind
from lamlint.text.language import mark
from tests.memory import MemoryTree

APP = {
    "cdk.json": '{"app": "node bin/app.js"}',
    "fn/index.py": "def handler(event, context): ...\n",
}
START = "const app = new cdk.App();\nnew Album(app, 'Album', { stage: 'prod' });\n"
CLASS = """\
Album extends cdk.Stack {
  constructor(scope, id, props) {
    super(scope, id, props);
    new lambda.Function(this, 'Index', {
      runtime: lambda.Runtime.PYTHON_3_13,
      handler: 'index.handler',
      code: lambda.Code.fromAsset(path.join(__dirname, '../fn')),
      environment: { STAGE: props.stage },
    });
  }
}
"""
HEAD = """\
const cdk = require('aws-cdk-lib');
const lambda = require('aws-cdk-lib/aws-lambda');
const path = require('path');
"""
STACK = f"{HEAD}class {CLASS}"


def declared(files: Mapping[str, str]) -> list[str]:
    """The functions with their handlers, packages and variables."""
    found = read(MemoryTree({**APP, **files}), ())
    assert not found.problems
    return [
        f"{one.name} {one.handler.only} {one.code.path} {one.environment.variables['STAGE'].only}"
        for one in found.functions
    ]


EXPORTED = [
    ("const { Album } = require('../lib/album');", f"{STACK}module.exports = {{ Album }};\n"),
    ("const { Album } = require('../lib/album');", f"{STACK}exports.Album = Album;\n"),
    ("const { Album } = require('../lib/album');", f"{STACK}module.exports.Album = Album;\n"),
    ("const { Album } = require('../lib/album.js');", f"{HEAD}exports.Album = class {CLASS}"),
    ("const { Own: Album } = require('../lib/album');", f"{STACK}exports.Own = Album;\n"),
    (
        "const { Own: Album } = require('../lib/album');",
        f"{STACK}module.exports = {{ Own: Album }};\n",
    ),
    ("const Album = require('../lib/album').Album;", f"{STACK}module.exports = {{ Album }};\n"),
    ("const Album = require('../lib/album');", f"{STACK}module.exports = Album;\n"),
    ("const Album = require('../lib/album');", f"{HEAD}module.exports = class {CLASS};\n"),
    ("import Album from '../lib/album.js';", f"{STACK}module.exports = Album;\n"),
    ("import { Album } from '../lib/album.js';", f"{HEAD}export class {CLASS}"),
]


@pytest.mark.parametrize(("line", "text"), EXPORTED)
def test_modules_hand_classes_to_each_other(line: str, text: str) -> None:
    files = {"bin/app.js": f"const cdk = require('aws-cdk-lib');\n{line}\n{START}"}
    assert declared({**files, "lib/album.js": text}) == ["Index index.handler fn prod"]
    inner = {"lib/album/index.js": text.replace("../fn", "../../fn")}
    start = {"bin/app.js": files["bin/app.js"].replace(".js'", "'")}
    assert declared({**start, **inner}) == ["Index index.handler fn prod"]


@pytest.mark.parametrize("name", ["bin/app.mjs", "app.cjs", "bin/app.js"])
def test_one_file_may_be_all(name: str) -> None:
    files = {name: STACK.replace("../fn", "../fn" if "/" in name else "fn") + START}
    assert declared({**files, "cdk.json": f'{{"app": "npx node {name}"}}'}) == [
        "Index index.handler fn prod"
    ]


def test_a_project_is_read_with_all_that_it_is_written_in() -> None:
    found = reading.read(MemoryTree({**APP, "bin/app.js": STACK + START}), ())
    (only,) = found.functions
    assert only.code.kind is CodeKind.FOLDER
    source = MemoryTree({"a.js": "x"}).read("a.js")
    assert mark(source) == "//"  # type: ignore[arg-type]


NOT_READ = {
    "another command": {"cdk.json": '{"app": "node bin/other.js"}'},
    "compiled": {"bin/app.js": f'"use strict";\nexports.__esModule = true;\n{STACK}{START}'},
    "with a source map": {"bin/app.js": f"{STACK}{START}//# sourceMappingURL=app.js.map\n"},
    "beside its source": {"bin/app.ts": f"{STACK}{START}"},
    "of Node alone": {"bin/app.js": f"{STACK}{START}".replace("PYTHON_3_13", "NODEJS_22_X")},
    "a manifest without an app": {"cdk.json": '{"context": {"a": "b.js"}}'},
}


@pytest.mark.parametrize("files", NOT_READ.values(), ids=NOT_READ)
def test_what_people_did_not_write_or_has_no_function_of_python_is_not_read(
    files: Mapping[str, str],
) -> None:
    assert declared({"bin/app.js": STACK + START, **files}) == []


def test_files_that_the_app_does_not_lead_to_are_not_read() -> None:
    start = "const cdk = require('aws-cdk-lib');\nnew cdk.App(); // Runtime.PYTHON_3_13\n"
    assert declared({"bin/app.js": start, "lib/album.js": STACK}) == []


@pytest.mark.parametrize("text", ["class {", "module.exports = ;", "const { = require('./a');", ""])
def test_broken_code_is_left(text: str) -> None:
    start = f"require('../lib/album');\n{STACK}{START}"
    assert declared({"bin/app.js": start, "lib/album.js": text}) == ["Index index.handler fn prod"]


def test_without_the_parser_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grammar, "is_here", lambda: False)
    tree = MemoryTree({**APP, "bin/app.js": STACK + START})
    assert read(tree, ()).left_out == {"bin/app.js"}
    (unread,) = tree.unread
    assert "lamlint[cdk]" in unread.reason


def test_no_other_tool_is_named_where_the_app_is_of_javascript() -> None:
    assert not list(unread_frameworks(MemoryTree(APP)))
    java = {"cdk.json": '{"app": "mvn -e -q compile exec:java"}'}
    assert len(list(unread_frameworks(MemoryTree(java)))) == 1


@pytest.mark.parametrize(("count", "told"), [(299, False), (300, True)])
def test_what_is_not_followed_of_a_large_app_is_told(count: int, *, told: bool) -> None:
    parts = {f"lib/part{number}.js": "" for number in range(count)}
    taken = "".join(f"require('../lib/part{number}');\n" for number in range(count))
    tree = MemoryTree({**APP, **parts, "bin/app.js": taken})
    read(tree, ())
    assert any("more files than are followed" in one.reason for one in tree.unread) is told
