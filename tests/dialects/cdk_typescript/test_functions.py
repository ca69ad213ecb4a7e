"""The functions that code of the CDK in TypeScript declares."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lamlint.dialects.cdk_typescript import grammar
from lamlint.dialects.cdk_typescript.dialect import read
from lamlint.dialects.dialect import Declared
from lamlint.model import CodeKind, EventKind, Function
from tests.memory import MemoryTree

HEAD = """\
import * as cdk from 'aws-cdk-lib';
import * as path from 'path';
import { Duration, aws_s3 as s3, aws_sqs as sqs } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Function, Runtime, Code } from 'aws-cdk-lib/aws-lambda';
import { PythonFunction } from '@aws-cdk/aws-lambda-python-alpha';
import { Construct } from 'constructs';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { LambdaDestination } from 'aws-cdk-lib/aws-s3-notifications';
// Runtime.PYTHON_3_13
"""
FILES = {"cdk.json": '{"app": "npx ts-node bin/app.ts"}', "src/app.py": "", "lib/fn/app.py": ""}


def declared(code: str, files: Mapping[str, str] = FILES, path: str = "bin/app.ts") -> Declared:
    return read(MemoryTree({**files, path: HEAD + code}), ())


def all_of(code: str, **files: str) -> dict[str, Function]:
    found = declared(code, {**FILES, **files})
    assert not found.problems
    return {function.name: function for function in found.functions}


def stack(body: str, around: str = "") -> str:
    return f"""{around}
class S extends cdk.Stack {{
  constructor(scope: Construct, id: string) {{
    super(scope, id);
    {body}
  }}
}}
new S(new cdk.App(), 'S');
"""


def one(options: str, before: str = "", kind: str = "lambda.Function") -> Function:
    code = f"{before}\nconst fn = new {kind}(this, 'Fn', {{ {options} }});"
    return all_of(stack(code))["Fn"]


@pytest.mark.parametrize(
    ("written", "handlers"),
    [
        ("'app.main'.slice(4)", ["main"]),
        ("'app.main'.slice(0, 3)", ["app"]),
        ("'app.main'.slice(-4)", ["main"]),
        ("'app.main'.charAt(0)", ["a"]),
        ("'app'.charAt(9) + 'app.main'", ["app.main"]),
        ("['app', 'main', 'x'].slice(0, 2).join('.')", ["app.main"]),
        (
            "'get_all_users'.split('_').map(w => w.charAt(0).toUpperCase() + w.slice(1)).join('')",
            ["GetAllUsers"],
        ),
        ("'App.main'.toLocaleLowerCase()", ["app.main"]),
        ("'app.main'.toLocaleUpperCase()", ["APP.MAIN"]),
        ("'a_b_c'.replace('_', '-')", ["a-b_c"]),
        ("'a_b_c'.replaceAll('_', '-')", ["a-b-c"]),
        ("'a_b_c'.replace(/_/g, '-')", []),
        ("'a_b_c'.replace('_', found => found)", []),
        ("'app.main'.slice(this.node.addr.length)", []),
        ("this.node.addr.slice(0, 8)", []),
        ("'app.main'.toLocaleLowerCase('tr')", []),
    ],
)
def test_parts_of_texts_and_lists(written: str, handlers: list[str]) -> None:
    assert [found.value for found in one(f"handler: {written}").handler.choices] == handlers


@pytest.mark.parametrize(
    ("options", "timeout"),
    [
        ("timeout: Duration.seconds(5)", [5]),
        ("timeout: cdk.Duration.minutes(2)", [120]),
        ("timeout: WAIT", [7]),
        ("timeout: limits.wait", [8]),
        ("...common", [9]),
        ("...common, timeout: Duration.seconds(5)", [5]),
        ("timeout: Duration.seconds(2 * 5)", [10]),
        ("timeout: Duration.seconds(this.node.addr)", []),
        ("timeout: some ? Duration.seconds(1) : Duration.seconds(2)", [1, 2]),
        ("timeout: true ? Duration.seconds(1) : Duration.seconds(2)", [1]),
        ("timeout: (Duration.seconds(5) as any)!", [5]),
        ("memorySize: 128", [3]),
        ("...props", []),
    ],
)
def test_timeouts(options: str, timeout: list[int]) -> None:
    before = (
        "const WAIT = Duration.seconds(7); const limits = { wait: Duration.seconds(8) };"
        "const common = { timeout: Duration.seconds(9) };"
    )
    found = one(f"runtime: Runtime.PYTHON_3_13, {options}", before).timeout
    assert [choice.value for choice in found.choices] == timeout


@pytest.mark.parametrize(
    ("code", "kind", "path"),
    [
        ("Code.fromAsset('src')", CodeKind.FOLDER, "src"),
        ("lambda.Code.fromAsset('./src')", CodeKind.FOLDER, "src"),
        ("Code.fromAsset(path.join(__dirname, '..', 'src'))", CodeKind.FOLDER, "src"),
        ("Code.fromAsset(path.resolve(__dirname, '../src'))", CodeKind.FOLDER, "src"),
        ("Code.fromAsset(`${__dirname}/../src`)", CodeKind.FOLDER, "src"),
        ("Code.fromAsset(__dirname + '/../src')", CodeKind.FOLDER, "src"),
        ("Code.fromAsset('nowhere')", CodeKind.MISSING, "nowhere"),
        ("Code.fromAsset(where())", CodeKind.UNKNOWN, ""),
        ("Code.fromBucket(bucket, 'key')", CodeKind.REMOTE, ""),
        ("Code.fromInline('def handler(e, c): ...')", CodeKind.INLINE, ""),
    ],
)
def test_code(code: str, kind: CodeKind, path: str) -> None:
    found = one(f"runtime: Runtime.PYTHON_3_13, handler: 'app.handler', code: {code}").code
    assert (found.kind, found.path) == (kind, path)


def test_inline_code_is_where_it_stands() -> None:
    code = stack(
        "new Function(this, 'Fn', { runtime: Runtime.PYTHON_3_13, handler: 'index.handler',"
        " code: Code.fromInline(`\ndef handler(event, context):\n    return 1\n`) });"
    )
    inline = all_of(code)["Fn"].code.inline
    assert inline is not None
    assert inline.text == "\ndef handler(event, context):\n    return 1\n"
    place = inline.span(1, 4)
    assert (HEAD + code)[place.start : place.end] == "def"


@pytest.mark.parametrize(
    ("options", "handler"),
    [
        ("entry: 'src'", "index.handler"),
        ("entry: 'src', index: 'app.py'", "app.handler"),
        ("entry: 'src', index: 'a/b.py', handler: 'go'", "a/b.go"),
    ],
)
def test_python_functions(options: str, handler: str) -> None:
    found = one(f"runtime: Runtime.PYTHON_3_13, {options}", kind="PythonFunction")
    assert found.handler.only == handler
    assert found.code.path == "src"


@pytest.mark.parametrize(
    ("options", "later", "names", "complete"),
    [
        (
            "environment: { A: 'x', tableName: 'y', 'B-1': 'z' }",
            "",
            {"A", "tableName", "B-1"},
            True,
        ),
        ("environment: { ...more, A: 'x' }", "", {"A", "M"}, True),
        ("environment: more", "", {"M"}, True),
        ("environment: { ...unknown(), A: 'x' }", "", {"A"}, False),
        ("environment: given()", "", set(), False),
        ("environment: { A: 'x' }", "fn.addEnvironment('B', 'y');", {"A", "B"}, True),
        ("memorySize: 256", "", set(), True),
        ("environment: { [KEY]: 'x' }", "", {"K"}, True),
        ("environment: { KEY }", "", {"KEY"}, True),
        ("environment: { A: 'x' ) B: 1 }", "", {"A"}, False),
    ],
)
def test_environments(options: str, later: str, names: set[str], complete: bool) -> None:
    before = "const more = { M: 'm' }; const KEY = 'K';"
    code = f"{before} const fn = new Function(this, 'Fn', {{ runtime: Runtime.PYTHON_3_13, {options} }}); {later}"
    environment = all_of(stack(code))["Fn"].environment
    assert set(environment.variables) >= names
    assert environment.complete is complete


@pytest.mark.parametrize(
    "line",
    [
        "(envs['A'] = 'x'); (envs['B'] = 'y');",
        "(envs['A'] = 'x'), (envs['B'] = 'y');",
        "envs['A'] = 'x', envs['B'] = 'y', later();",
        "((envs['A'] = 'x'), ((envs['B'] = 'y') as any));",
        "for (const n of ['A', 'B']) (envs[n] = n), later();",
        "['A', 'B'].forEach((n) => { (envs[n] = n), later(); }), later();",
    ],
)
def test_assignments_within_an_expression(line: str) -> None:
    code = f"const envs: any = {{}}; {line} new Function(this, 'Fn', {{ environment: {{ ...envs }} }});"
    environment = all_of(stack(code))["Fn"].environment
    assert (set(environment.variables), environment.complete) == ({"A", "B"}, True)


@pytest.mark.parametrize(
    "line", ["(envs['A'] == 'x'), later();", "(other['A'] = 'x'), (other['B'] = 'y');"]
)
def test_expressions_that_set_no_variable(line: str) -> None:
    code = f"const envs: any = {{}}, other: any = {{}}; {line} new Function(this, 'Fn', {{ environment: envs }});"
    environment = all_of(stack(code))["Fn"].environment
    assert (set(environment.variables), environment.complete) == (set(), True)


@pytest.mark.parametrize(
    ("lines", "known", "complete"),
    [
        ("const envs: any = {B: 'y'}; envs.A = 'x';", {"A", "B"}, True),
        ("const envs: any = {}; envs.TABLE_NAME = 'x'; envs.tableName = 'y';",
         {"TABLE_NAME", "tableName"}, True),
        ("const envs: any = {B: 'y'}; envs['A'] = 'x'; envs.B = 'z';", {"A", "B"}, True),
        ("const envs: any = {B: 'y'}; ['A', 'C'].forEach(one => { envs[one] = 'x'; });",
         {"A", "B", "C"}, True),
        ("const envs: any = {B: 'y'}; if (process.env.S === 'x') { envs.A = 'x'; }", {"A", "B"}, True),
        ("const envs: any = {B: 'y'}; envs[process.env.KEY!] = 'x';", {"B"}, False),
        ("const one: any = {}; const envs: any = {B: 'y'}; one.A = 'x';", {"B"}, True),
    ],
)  # fmt: skip
def test_a_key_may_be_set_by_a_dot(lines: str, known: set[str], complete: bool) -> None:
    code = f"{lines} new Function(this, 'Fn', {{ environment: envs }});"
    environment = all_of(stack(code))["Fn"].environment
    assert (set(environment.variables), environment.complete) == (known, complete)


def test_a_sequence_may_be_long() -> None:
    line = ", ".join(f"(envs['V{n}'] = 'x')" for n in range(500))
    code = f"const envs: any = {{}}; {line}; new Function(this, 'Fn', {{ environment: envs }});"
    assert len(all_of(stack(code))["Fn"].environment.variables) == 500


@pytest.mark.parametrize(
    ("later", "kind"),
    [
        ("fn.addEventSource(new SqsEventSource(queue, { batchSize: 5 }));", EventKind.SQS),
        (
            "new lambda.EventSourceMapping(this, 'M', { target: fn, eventSourceArn: queue.queueArn });",
            EventKind.SQS,
        ),
        (
            "fn.addEventSourceMapping('M', { eventSourceArn: queue.queueArn, batchSize: 5 });",
            EventKind.SQS,
        ),
        (
            "new lambda.CfnEventSourceMapping(this, 'M',"
            " { functionName: fn.functionName, eventSourceArn: queue.queueArn });",
            EventKind.SQS,
        ),
        (
            "bucket.addEventNotification(s3.EventType.OBJECT_CREATED, new LambdaDestination(fn));",
            EventKind.S3,
        ),
        (
            "new events.Rule(this, 'R', { schedule: events.Schedule.rate(Duration.hours(1)),"
            " targets: [new targets.LambdaFunction(fn)] });",
            EventKind.SCHEDULE,
        ),
        (
            "const rule = new events.Rule(this, 'R', { eventPattern: { source: ['aws.ec2'] } });"
            "rule.addTarget(new targets.LambdaFunction(fn));",
            EventKind.EVENTBRIDGE,
        ),
    ],
)
def test_events(later: str, kind: EventKind) -> None:
    before = "const queue = new sqs.Queue(this, 'Q'); const bucket = new s3.Bucket(this, 'B');"
    made = "const fn = new Function(this, 'Fn', { runtime: Runtime.PYTHON_3_13 });"
    (event,) = all_of(stack(before + made + later))["Fn"].events
    assert event.kind is kind


@pytest.mark.parametrize(
    "routed",
    [
        "new cdk.aws_apigatewayv2.WebSocketApi(this, 'W', { disconnectRouteOptions: { integration: leads } });",
        "const api = new cdk.aws_apigatewayv2.WebSocketApi(this, 'W'); api.addRoute('$disconnect', { integration: leads });",
    ],
)
def test_the_route_of_an_api_of_web_sockets(routed: str) -> None:
    made = "const fn = new Function(this, 'Fn', { runtime: Runtime.PYTHON_3_13 });"
    leads = (
        "const leads = new cdk.aws_apigatewayv2_integrations.WebSocketLambdaIntegration('I', fn);"
    )
    (event,) = all_of(stack(made + leads + routed))["Fn"].events
    assert event.route is not None
    assert event.route.only == "$disconnect"


@pytest.mark.parametrize("otherwise", ["??", "||"])
def test_the_default_of_a_schedule(otherwise: str) -> None:
    made = "const fn = new Function(this, 'Fn', { runtime: Runtime.PYTHON_3_13 });"
    later = (
        f"const often = process.env.OFTEN {otherwise} 'rate(1 day)';"
        "new events.Rule(this, 'R', { schedule: events.Schedule.expression(often),"
        " targets: [new targets.LambdaFunction(fn)] });"
    )
    (event,) = all_of(stack(made + later))["Fn"].events
    assert event.expression is not None
    assert event.expression.only == "rate(1 day)"


FN = "new Function(this, {id}, {{ runtime: Runtime.PYTHON_3_13 }});"


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("for (const n of ['a', 'b']) { " + FN.format(id="`F${n}`") + " }", {"Fa", "Fb"}),
        ("['a', 'b'].forEach((n) => { " + FN.format(id="'F' + n") + " });", {"Fa", "Fb"}),
        ("['a', 'b'].forEach(n => " + FN.format(id="`F${n}`")[:-1] + ");", {"Fa", "Fb"}),
        ("['a', 'b'].map((n, i) => " + FN.format(id="`F${n}`")[:-1] + ");", {"Fa", "Fb"}),
        (
            "for (const [k, v] of Object.entries({ a: 1, b: 2 })) { "
            + FN.format(id="`F${k}${v}`")
            + "}",
            {"Fa1", "Fb2"},
        ),
        (
            "const make = (id: string) => " + FN.format(id="id") + " make('One'); make('Two');",
            {"One", "Two"},
        ),
        (
            "if (true) { " + FN.format(id="'Yes'") + " } else { " + FN.format(id="'No'") + " }",
            {"Yes"},
        ),
        (
            "switch ('b') { case 'a': "
            + FN.format(id="'A'")
            + " break; case 'b': "
            + FN.format(id="'B'")
            + " break; default: "
            + FN.format(id="'C'")
            + " }",
            {"B"},
        ),
        ("for (let i = 0; i < 3; i++) { " + FN.format(id="'F'") + " }", {"F"}),
        ("try { " + FN.format(id="'F'") + " } catch (e) { }", {"F"}),
    ],
)
def test_statements(body: str, names: set[str]) -> None:
    assert set(all_of(stack(body))) == names


def test_constructs_of_the_project_in_other_files() -> None:
    part = f"""{HEAD}
export interface Props {{ size?: number; folder: string }}
export class Part extends Construct {{
  readonly fn: Function;
  constructor(scope: Construct, id: string, private readonly props: Props) {{
    super(scope, id);
    const {{ folder, size = 300 }} = props;
    this.fn = new Function(this, 'Fn', {{
      runtime: Runtime.PYTHON_3_13, handler: 'app.handler', memorySize: size,
      code: Code.fromAsset(path.join(__dirname, folder)), timeout: this.wait(),
    }});
  }}
  private wait(): Duration {{ return Duration.seconds(Sizes.Large); }}
}}
enum Sizes {{ Small = 1, Large = 60 }}
"""
    code = stack(
        "const a = new Part(this, 'A', { folder: 'fn' }); new Part(this, 'B', { folder: 'fn', size: 700 });"
        "a.fn.addEnvironment('LATER', 'x');",
        "import { Part } from '../lib/part';",
    )
    found = all_of(code, **{"lib/part.ts": part})
    assert {name: one.memory.only for name, one in found.items()} == {"A/Fn": 300, "B/Fn": 700}
    assert {one.code.path for one in found.values()} == {"lib/fn"}
    assert {one.timeout.only for one in found.values()} == {60}
    assert set(found["A/Fn"].environment.variables) == {"LATER"}
    assert {one.template for one in found.values()} == {"lib/part.ts"}


ABOVE = """
class Base extends cdk.Stack {
  fn: Function;
  make(): void { this.build(); }
  grant(): void { this.fn.addEnvironment('FIRST', 'x'); }
  static of(id: string): string { return `${id}Fn`; }
}
class Middle extends Base {
  make(): void { super.make(); this.fn.addEnvironment('SECOND', 'x'); }
  grant(): void { super.grant(); this.fn.addEnvironment('THIRD', 'x'); }
}
class Last extends Middle {
  constructor(scope: Construct, id: string) { super(scope, id); this.make(); this.grant(); }
  build(): void { this.fn = new Function(this, 'Fn', { runtime: Runtime.PYTHON_3_13 }); }
}
"""


@pytest.mark.parametrize(
    "start",
    [
        "new Last(new cdk.App(), 'S');",
        "for (const one of [Last]) { new one(new cdk.App(), 'S'); }",
        "make(Last); function make(one: typeof Base) { new one(new cdk.App(), 'S'); }",
    ],
)
def test_what_a_method_of_a_class_above_does(start: str) -> None:
    (function,) = all_of(ABOVE + start).values()
    assert set(function.environment.variables) == {"FIRST", "SECOND", "THIRD"}
    assert function.environment.complete


@pytest.mark.parametrize(
    ("call", "complete"),
    [
        ("extend(fn);", False),
        ("extensions[which](fn);", False),
        ("extensions[which]({ target: fn });", False),
        ("extensions[which](other);", True),
        ("table.grantReadData(fn);", True),
        ("console.log(fn.functionName);", True),
    ],
)
def test_what_is_not_known_may_add_variables_to_what_it_is_given(call: str, complete: bool) -> None:
    body = f"const fn = new Function(this, 'Fn', {{ runtime: Runtime.PYTHON_3_13 }}); {call}"
    assert all_of(stack(body))["Fn"].environment.complete == complete


def test_a_construct_that_nothing_makes_is_read_by_itself() -> None:
    code = f"{HEAD}export class P extends Construct {{ constructor(s: Construct, id: string) {{ super(s, id); {FN.format(id='`${id}Fn`')} }} }}"
    (function,) = read(MemoryTree({"lib/p.ts": code}), ()).functions
    assert function.dialect == "cdk-typescript"


def test_code_without_the_parser_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grammar, "is_here", lambda: False)
    tree = MemoryTree({"a.ts": HEAD, "b.ts": HEAD})
    assert read(tree, ()).left_out == {"a.ts", "b.ts"}
    (told,) = tree.unread
    assert "pip install 'lamlint[cdk]'" in told.reason


@pytest.mark.parametrize("path", ["a.d.ts", "node.test.ts", "x.spec.ts", "test/stack.ts"])
def test_what_is_no_source(path: str) -> None:
    assert declared(stack(FN.format(id="'F'")), {}, path) == Declared()


def test_what_is_broken_is_told_and_the_rest_is_read() -> None:
    tree = MemoryTree({"bin/app.ts": HEAD + stack(FN.format(id="'F'")) + "\nconst x = = ;\n"})
    assert [one.name for one in read(tree, ()).functions] == ["F"]
    (told,) = tree.unread
    assert told.reason == "it is no TypeScript here"


@pytest.mark.parametrize(
    "code",
    [
        "(" * 5_000,
        "const a = " + "[" * 3_000 + "]" * 3_000 + ";",
        "const a = b; const b = a; new Function(a, a, a);",
        "class A extends B {} class B extends A {} new A(); new B();",
        "function f() { return f(); } f(); const g = () => g(); g();",
        "const x = {}; x.x = x; new Function(x, 'F', x);",
        "let s = 'a'; "
        + "s = s + s; " * 200
        + "new Function(this, s, { runtime: Runtime.PYTHON_3_13 });",
        "import { a } from './app'; export * from './app'; new Function(a);",
        "é = 'ü'; new Function(this, 'é', { description: `${é}` });",
        "const a = " + "`${" * 1_000 + "1" + "}`" * 1_000 + "; new Function(this, a, {});",
        "const a = " + "x ? " * 3_000 + "1" + " : 2" * 3_000 + "; new Function(this, a, {});",
        "let o = { k: 1 }; " + "o = { ...o, o: o, ...o }; " * 60 + "new Function(this, 'F', o);",
        "let o = [1]; "
        + "o = [...o, ...o]; " * 60
        + "for (const q of o) { new Function(this, q, {}); }",
        "for (;;) { new Function(this, 'F', {}); } while (true) { new Function(this, 'G', {}); }",
        "for (let i = 0; i < 1e12; i++) { new Function(this, `F${i}`, {}); }",
        f"new Function(this, 'F', {{ timeout: Duration.seconds(0x{'f' * 5_000}), memorySize: {'9' * 6_000} }});",
        "new Function(this, 'F', { timeout: Duration.seconds(1e999), memorySize: -1n, handler: 1_000 });",
        r"new Function(this, '\ud800', { handler: '\u{110000000}\xZZ', code: Code.fromAsset('\0\udcff') });",
        "new Function(this, 'F', { environment: { __proto__: { a: 1 }, constructor: 'x', toString: 1 } });",
    ],
)
def test_hostile_code(code: str) -> None:
    assert not declared(code).problems


PIECES = st.sampled_from(
    [
        "new Function(this, 'F', {",
        "}",
        ")",
        ";",
        "...x",
        "`${",
        "`",
        "=>",
        "(",
        "class A extends B {",
        "constructor(",
        "super(",
        "this.",
        "runtime: Runtime.PYTHON_3_13,",
        "const {a, b} = ",
        "for (const x of ",
        "if (",
        "else",
        "switch (",
        "case 'a':",
        "return",
        "'x'",
        "1",
        "environment: {",
        "export",
        "import",
        "é",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=30))
def test_nothing_raises(pieces: list[str]) -> None:
    assert not declared(" ".join(pieces)).problems


def test_an_override_sets_a_property_of_what_is_made() -> None:
    found = all_of(
        stack(
            """
    const code = lambda.DockerImageCode.fromImageAsset('.');
    const fn = new lambda.DockerImageFunction(this, 'Fn', { code, timeout: Duration.seconds(9) });
    const resource = fn.node.defaultChild as lambda.CfnFunction;
    resource.addPropertyOverride('ImageConfig', { Command: ['src.app.handler'] });
    resource.addOverride('Properties.Timeout', 30);
    resource.overrideLogicalId('fn');
    """
        )
    )["Fn"]
    assert found.code.image is not None
    assert [word.only for word in found.code.image.command] == ["src.app.handler"]
    assert found.timeout.only == 30


@pytest.mark.parametrize(
    "code",
    [
        "lambda.Code.fromEcrImage(image.repository, { tagOrDigest: image.imageTag, cmd: ['a.handler'] })",
        "lambda.DockerImageCode.fromEcr(image.repository, { cmd: ['a.handler'] })",
    ],
)
def test_an_image_of_a_repository_is_made_of_the_asset_that_is_pushed_there(code: str) -> None:
    found = all_of(
        stack(
            f"""
    const image = new assets.DockerImageAsset(this, 'Image', {{ directory: 'src', target: 'run' }});
    new lambda.DockerImageFunction(this, 'Fn', {{ code: {code} }});
    """,
            "import * as assets from 'aws-cdk-lib/aws-ecr-assets';",
        )
    )["Fn"]
    assert found.code.image is not None
    assert (found.code.image.context, found.code.image.stage) == ("src", "run")
    assert [word.only for word in found.code.image.command] == ["a.handler"]


ATTRIBUTES = [
    "const own = fn.node.defaultChild as lambda.CfnFunction; own.memorySize = 512;",
    "(fn.node.defaultChild as lambda.CfnFunction).memorySize = 512;",
    "(<lambda.CfnFunction>fn.node.defaultChild).memorySize = 512;",
    "const own = fn.node.defaultChild! as lambda.CfnFunction; own.memorySize = 256 * 2;",
    "const own = fn.node.defaultChild as lambda.CfnFunction; own.addOverride('Properties.MemorySize', 512);",
]


@pytest.mark.parametrize("line", ATTRIBUTES)
def test_an_attribute_of_the_resource_is_set_later(line: str) -> None:
    made = f"const fn = new lambda.Function(this, 'Fn', {{ memorySize: 128 }});\n{line}"
    assert all_of(stack(made))["Fn"].memory.only == 512


def test_a_struct_is_set_later() -> None:
    line = (
        "(fn.node.defaultChild as lambda.CfnFunction).environment = { variables: { TABLE: 'a' } };"
    )
    made = (
        f"const fn = new lambda.Function(this, 'Fn', {{ environment: {{ GONE: '1' }} }});\n{line}"
    )
    assert list(all_of(stack(made))["Fn"].environment.variables) == ["TABLE"]


RUN_HERE = (
    "path.join(process.cwd(), 'src')",
    "path.resolve(process.cwd(), './src')",
    "process.cwd() + '/src'",
    "`${process.cwd()}/src`",
    "path.join(cwd(), 'src')",
    "path.join(proc.cwd(), 'src')",
)
IMPORTED = "import { cwd } from 'node:process';\nimport * as proc from 'process';\n"


@pytest.mark.parametrize("written", RUN_HERE)
@pytest.mark.parametrize("root", ["", "infra/"])
def test_an_app_is_run_where_its_cdk_json_lies(written: str, root: str) -> None:
    code = stack(f"new lambda.Function(this, 'Fn', {{ code: Code.fromAsset({written}) }});")
    files = {f"{root}{name}": text for name, text in FILES.items()}
    (found,) = declared(IMPORTED + code, files, f"{root}bin/app.ts").functions
    assert (found.code.kind, found.code.path) == (CodeKind.FOLDER, f"{root}src")


@pytest.mark.parametrize("written", RUN_HERE)
@pytest.mark.parametrize("loose", [True, False])
def test_where_an_app_is_that_moves_or_that_nothing_names_is_not_known(
    written: str, loose: bool
) -> None:
    before = "" if loose else "process.chdir('..');\n"
    code = stack(f"new lambda.Function(this, 'Fn', {{ code: Code.fromAsset({written}) }});")
    files = {name: text for name, text in FILES.items() if not loose or name != "cdk.json"}
    (found,) = declared(IMPORTED + before + code, files).functions
    assert found.code.kind is CodeKind.UNKNOWN


def test_a_process_of_the_project_is_no_process_of_node() -> None:
    code = "const process = { cwd: () => 'lib/fn' };\n" + stack(
        "new lambda.Function(this, 'Fn', { code: Code.fromAsset(process.cwd()) });"
    )
    assert all_of(code)["Fn"].code.path == "lib/fn"
