"""Which modules are told to be no Python, with whose words, and which are let alone."""

from __future__ import annotations

import posixpath
import warnings
from collections.abc import Mapping
from datetime import date

import pytest

from lamlint import registry
from lamlint.catalog import Catalog
from lamlint.engine.check import check
from lamlint.project import build
from lamlint.report.causes import told_once
from lamlint.text import Finding
from tests.memory import MemoryTree

TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: src, Handler: app.handler, Runtime: python3.13}
"""
HANDLER = "def handler(event, context):\n    return 1\n"
BROKEN = "def handler(event, context):\n    return (1\n"


def found(files: Mapping[str, str | bytes], *targets: str) -> tuple[Finding, ...]:
    project = build(MemoryTree(files), targets or ("",), Catalog(), date(2026, 11, 28))
    return check(project, [registry.load(plugins=False)["syntax-error"]])


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("def handler(event, event):\n    return event\n", "duplicate argument 'event'"),
        ("return 1\n", "'return' outside function"),
        ("def f():\n    await g()\n", "'await' outside async function"),
        ("await g()\n", "'await' outside function"),
        ("yield 1\n", "'yield' outside function"),
        ("break\n", "'break' outside loop"),
        ("if x:\n    continue\n", "'continue' not properly in loop"),
        ("nonlocal x\n", "nonlocal declaration not allowed at module level"),
        ("def f(x):\n    global x\n", "name 'x' is parameter and global"),
        ("def f():\n    x = 1\n    global x\n", "assigned to before global declaration"),
        ("def f():\n    nonlocal y\n", "no binding for nonlocal 'y' found"),
        ("class A:\n    return 1\n", "'return' outside function"),
        ("def f():\n    from os import *\n", "import * only allowed at module level"),
        ("f(a=1, a=2)\n", "keyword argument repeated: a"),
        ("*a, *b = c\n", "multiple starred expressions in assignment"),
        ("__debug__ = 1\n", "cannot assign to __debug__"),
        ("from __future__ import nothing\n", "future feature nothing is not defined"),
        ("x = 1\nfrom __future__ import annotations\n", "must occur at the beginning"),
        ("async def f():\n    yield 1\n    return 2\n", "'return' with value in async generator"),
        ("x = (1\n", "'(' was never closed"),
        ("x = [1, 2)\n", "closing parenthesis ')' does not match opening parenthesis '['"),
        ("print 'a'\n", "this is Python 2"),
    ],
)
def test_what_cannot_be_imported_is_told_in_whole_words(code: str, words: str) -> None:
    (one,) = found({"template.yaml": TEMPLATE, "src/app.py": f"{code}{HANDLER}"})
    assert words in one.message
    assert "the module cannot be imported; " in one.message
    assert one.subjects == ("Orders",)
    assert [note.span.path for note in one.related] == ["template.yaml"]


@pytest.mark.parametrize(
    "code",
    [
        "async def f():\n    await g()\n    return [x async for x in y]\n",
        "def f():\n    return (yield 1)\n",
        "for x in y:\n    if x:\n        break\n",
        "def f():\n    x = 1\n    def g():\n        nonlocal x\n",
        "from __future__ import annotations\n",
        "x = '\\d'\n",
        "assert (1, 'always')\n",
        "type Name = int\n",
        "def f[T](x: T) -> T:\n    return x\n",
    ],
)
def test_what_can_be_imported_is_not(code: str) -> None:
    assert found({"template.yaml": TEMPLATE, "src/app.py": f"{code}{HANDLER}"}) == ()


@pytest.mark.parametrize(
    ("literal", "words"),
    [
        (r'"C:\Users\x"', r"truncated \UXXXXXXXX escape"),
        (r"'\xZ'", r"truncated \xXX escape"),
        (r"'\\\x4'", r"truncated \xXX escape"),
        (r"'\u12'", r"truncated \uXXXX escape"),
        (r"u'\u12'", r"truncated \uXXXX escape"),
        (r"'\U00110000'", "illegal Unicode character"),
        (r"'\N'", r"malformed \N character escape"),
        (r"'\N{}'", r"malformed \N character escape"),
        (r"'\N{DIGIT ONE'", r"malformed \N character escape"),
        (r"'\N{no_such}'", "unknown Unicode character name"),
        (r"b'\x'", r"invalid \x escape"),
        (r"b'\x4'", r"invalid \x escape"),
        ("b'é'", "bytes can only contain ASCII literal characters"),
        ("Rb'é'", "bytes can only contain ASCII literal characters"),
        ("'a' b'b'", "cannot mix bytes and nonbytes literals"),
        ("b'a' b'b' f'{b}'", "cannot mix bytes and nonbytes literals"),
        (r"f'{x}\xZ'", r"truncated \xXX escape"),
        ('"""\n\n\\x\n"""', r"truncated \xXX escape"),
    ],
)
def test_a_literal_that_has_no_value_in_any_python_is_told(literal: str, words: str) -> None:
    code = f"{HANDLER}P = {literal}\n"
    with pytest.raises(SyntaxError):
        compile(code, "app", "exec")
    for newer in ("", "type Name = int\n", "def f[T](x: T) -> T:\n    return x\n"):
        (one,) = found({"template.yaml": TEMPLATE, "src/app.py": f"{newer}{code}"})
        assert words in one.message
        assert "the module cannot be imported; " in one.message


@pytest.mark.parametrize(
    "literal",
    [
        r"r'C:\Users\x'",
        r"'C:\\Users\\x'",
        r"'\\\\xZ'",
        r"R'\xZ' '\x41\u0041\U00000041\U0010FFFF\uD800'",
        r"'\N{DIGIT ONE}\N{digit one}'",
        r"'\d \8 \400 \ '",
        r"b'\N{no_such} \u12 \Users \x41'",
        r"rb'\xZ' Rb'\x'",
        "b'a' b'b' rb'c'",
        "'a' f'{b}' r'c'",
        r"f'\N{DIGIT ONE}{x}'",
        r"rf'\xZ{x}'",
        r"f'\{x} \\x{x}'",
        "'é' 'ü'",
        "'\\\nx'",
    ],
)
def test_a_literal_that_has_one_is_not(literal: str) -> None:
    code = f"x = 1\nb = 1\n{HANDLER}P = {literal}\n"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        compile(code, "app", "exec")
    for newer in ("", "type Name = int\n", "def f[T](x: T) -> T:\n    return x\n"):
        assert found({"template.yaml": TEMPLATE, "src/app.py": f"{newer}{code}"}) == ()


@pytest.mark.parametrize("literal", [r"'\N{OF A LATER UNICODE}'", r"f'\N{OF A LATER UNICODE}{x}'"])
def test_a_name_that_a_later_unicode_may_have_is_no_error(literal: str) -> None:
    assert found({"template.yaml": TEMPLATE, "src/app.py": f"{HANDLER}P = {literal}\n"}) == ()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (HANDLER.encode("utf-16"), "it is saved as UTF-16, and Python reads UTF-8: "),
        ("\ufeff".encode("utf-16-be") + HANDLER.encode("utf-16-be"), "it is saved as UTF-16"),
        (HANDLER.encode("utf-32"), "it is saved as UTF-32"),
        (f"# coding: latin-1\n{HANDLER}".encode("utf-8-sig"), "declares another encoding"),
        (f"#!/bin/sh\n# coding: latin-1\n{HANDLER}".encode("utf-8-sig"), "declares another"),
    ],
)
def test_bytes_that_python_does_not_read_as_text_are_told(data: bytes, words: str) -> None:
    with pytest.raises((SyntaxError, ValueError)):  # the latter before Python 3.11.4
        compile(data, "app", "exec")
    template: dict[str, str | bytes] = {"template.yaml": TEMPLATE}
    for more in (template, {}):
        (one,) = found({"src/app.py": data, **more})
        assert words in one.message
        assert ": the module cannot be imported; " in one.message
    (helper,) = found(
        {"template.yaml": TEMPLATE, "src/app.py": f"import h\n{HANDLER}", "src/h.py": data}
    )
    assert (helper.span.path, helper.subjects) == ("src/h.py", ("Orders",))


@pytest.mark.parametrize(
    "data",
    [
        HANDLER.encode("utf-8-sig"),
        f"# coding: utf-8\n{HANDLER}".encode("utf-8-sig"),
        f"# coding: utf_8\n{HANDLER}".encode("utf-8-sig"),
        f"\n\n# coding: latin-1\n{HANDLER}".encode("utf-8-sig"),
        f"# coding: latin-1\nN = 'é'\n{HANDLER}".encode("latin-1"),
        b"\xef\xbb\xbf",
    ],
)
def test_bytes_that_python_reads_are_not(data: bytes) -> None:
    compile(data, "app", "exec")
    assert found({"template.yaml": TEMPLATE, "src/app.py": data}) == ()


def test_code_in_a_template_is_text_however_that_is_saved() -> None:
    inline = TEMPLATE.replace("CodeUri: src, Handler: app", "Handler: index").replace(
        "Runtime: python3.13", 'Runtime: python3.13, InlineCode: "def handler(e, c): return 1"'
    )
    assert found({"template.yaml": inline.encode("utf-16")}) == ()
    broken = inline.replace("(e, c)", "(e, e)")
    assert len(found({"template.yaml": broken.encode("utf-16")})) == 1


def test_the_literal_itself_is_the_place() -> None:
    code = f'X = "é", 1\n{HANDLER}P = ("a", "C:\\Users")\n'
    (one,) = found({"template.yaml": TEMPLATE, "src/app.py": code})
    assert code[one.span.start : one.span.end] == '"C:\\Users"'


@pytest.mark.parametrize("path", ["app.py", "lambdas/one.py", "src/deep/er/two.py"])
def test_what_looks_like_a_handler_needs_no_template(path: str) -> None:
    (one,) = found({path: BROKEN})
    assert (one.span.path, one.subjects) == (path, ())


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("tests/data/broken.py", BROKEN),
        ("tests/test_app.py", BROKEN),
        ("fixtures/app.py", BROKEN),
        ("docs/app.py", BROKEN),
        ("{{cookiecutter.name}}/app.py", BROKEN),
        ("template/app.py", f"from {{{{ cookiecutter.package }}}} import x\n{BROKEN}"),
        ("template/app.py", f"{{% if a %}}\n{HANDLER}{{% endif %}}\n"),
        ("tool.py", "def main(:\n"),
    ],
)
def test_data_templates_and_other_tools_are_let_alone(path: str, code: str) -> None:
    assert found({path: code}) == ()


@pytest.mark.parametrize(
    "path",
    [
        "tool.py",
        "docs/conf.py",
        "conftest.py",
        "tests/test_x.py",
        "tests/helpers.py",
        "tests/unit/test_data.py",
        "data/load.py",
        "src/cases/app.py",
    ],
)
def test_a_file_that_is_named_is_looked_at(path: str) -> None:
    (one,) = found({path: "def main(:\n", "other.py": "def main(:\n"}, path)
    assert one.span.path == path


@pytest.mark.parametrize(
    "path",
    [
        "tests/fixtures/bad.py",
        "fixtures/app.py",
        "testdata/bad.py",
        "tests/data/bad.py",
        "pkg/test_data/bad.py",
        "tests/unit/cases/bad/app.py",
        "test/snapshots/snap_app.py",
    ],
)
def test_data_of_tests_may_be_broken_on_purpose_though_it_is_named(path: str) -> None:
    assert found({path: BROKEN, "tests/test_x.py": HANDLER}, path, "tests/test_x.py") == ()
    # What a function runs is none.
    deployed = TEMPLATE.replace("CodeUri: src", f"CodeUri: {posixpath.dirname(path)}")
    deployed = deployed.replace("app.handler", f"{posixpath.basename(path)[:-3]}.handler")
    assert len(found({path: BROKEN, "template.yaml": deployed}, path)) == 1


@pytest.mark.parametrize("newer", ["type Name = int\n", "def f[T](x: T) -> T:\n    return x\n"])
def test_imports_of_syntax_newer_than_the_interpreter_are_followed(newer: str) -> None:
    code = f"{newer}from . import sound\nfrom helper import work\n{HANDLER}"
    files = {"template.yaml": TEMPLATE, "src/app.py": code, "src/helper.py": "def work(:\n"}
    (one,) = found(files)
    assert (one.span.path, one.subjects) == ("src/helper.py", ("Orders",))


def test_a_module_that_two_functions_need_is_told_once() -> None:
    other = TEMPLATE.partition("Resources:\n")[2].replace("Orders", "Users")
    (one,) = found({"template.yaml": TEMPLATE + other, "src/app.py": BROKEN})
    assert one.subjects == ("Orders", "Users")


@pytest.mark.parametrize(
    "folder", ["old", "archive/deprecated-tts-2026", "ops/obsolete", "deprecated"]
)
def test_a_module_that_is_set_aside_is_let_alone(folder: str) -> None:
    path = f"{folder}/lambda_function.py"
    assert found({path: BROKEN}) == ()
    assert len(found({path: BROKEN}, path)) == 1
    deployed = TEMPLATE.replace("src", folder).replace("app.", "lambda_function.")
    assert len(found({"template.yaml": deployed, path: BROKEN})) == 1


@pytest.mark.parametrize("folder", ["archive", "folded", "not-deprecated"])
def test_a_module_in_another_folder_is_told(folder: str) -> None:
    assert len(found({f"{folder}/lambda_function.py": BROKEN})) == 1


@pytest.mark.parametrize(
    ("runtime", "label"),
    [("python2.7", "information"), ("python3.9", "error"), ("!Ref R", "error")],
)
def test_what_its_own_runtime_reads_is_told_with_the_runtime(runtime: str, label: str) -> None:
    template = TEMPLATE.replace("python3.13", runtime)
    assert template != TEMPLATE
    files = {"template.yaml": template, "src/app.py": f"print 'a'\n{HANDLER}"}
    (one,) = found(files)
    assert one.severity is not None
    assert one.severity.label == label
    assert ("together with the runtime" in one.message) is (label == "information")


@pytest.mark.parametrize(("runtime", "label"), [("python2.7", "information"), ("!Ref R", "error")])
def test_so_are_tabs_that_only_it_reads(runtime: str, label: str) -> None:
    mixed = "def f(x):\n    if x:\n        x = 1\n    \treturn x\n"
    template = TEMPLATE.replace("python3.13", runtime)
    (one,) = found({"template.yaml": template, "src/app.py": f"{mixed}{HANDLER}"})
    assert one.severity is not None
    assert one.severity.label == label
    assert ("only Python 2 reads them" in one.message) is (label == "error")


def test_all_of_it_is_told_once() -> None:
    template = TEMPLATE.replace("python3.13", "python2.7")
    more = template.partition("Resources:\n")[2].replace("Orders", "More").replace("app.", "more.")
    files = {
        "template.yaml": template + more,
        "src/app.py": f"print 'a'\n{HANDLER}",
        "src/more.py": f"print 'b'\n{HANDLER}",
    }
    (one,) = told_once(found(files)).values()
    assert one.subjects == ("More", "Orders")
    assert [note.span.path for note in one.related] == ["template.yaml", "src/more.py"]


def test_a_line_that_no_python_reads_stays_an_error() -> None:
    template = TEMPLATE.replace("python3.13", "python2.7")
    (one,) = found({"template.yaml": template, "src/app.py": f"x = (1\n{HANDLER}"})
    assert "the module cannot be imported; " in one.message


@pytest.mark.parametrize(("name", "told"), [("load the list.py", 0), ("load_the_list.py", 1)])
def test_a_file_that_no_handler_can_name_is_let_alone(name: str, told: int) -> None:
    assert len(found({f"scripts/{name}": BROKEN})) == told
    assert len(found({f"scripts/{name}": BROKEN}, f"scripts/{name}")) == 1
