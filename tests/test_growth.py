"""What is twice as much takes twice the work, along every axis on which a project can grow."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from lamlint.engine.pipeline import report_on, run
from lamlint.engine.scope import Request
from lamlint.report import FORMATS, Style, render
from tests.checking import TODAY, rules
from tests.counting import grows_no_faster, work
from tests.secrets import made

Files = Mapping[str, str]
HANDLER = "def handler(event, context):\n"
CLIENT = "boto3.client('s3', region_name='r{}')"


def template(functions: int, **properties: object) -> dict[str, object]:
    kept = {"Runtime": "python3.13", "CodeUri": "src/", "Handler": "app.handler", "Timeout": 1000}
    named = {
        f"F{n}": {
            "Type": "AWS::Serverless::Function",
            "Properties": kept | {name: str(value).format(n) for name, value in properties.items()},
        }
        for n in range(functions)
    }
    return {"Transform": "AWS::Serverless-2016-10-31", "Resources": named}


def module(lines: str, functions: int = 1, **properties: object) -> Files:
    return {
        "template.json": json.dumps(template(functions, **properties)),
        "src/app.py": f"import boto3\n{lines}",
    }


def functions_on_one_line(n: int) -> Files:
    return module(f"{HANDLER}    return 1\n", n)


def secrets_on_one_line(n: int) -> Files:
    return module("; ".join(f"DB_PASSWORD_{i} = 'hxnter{i}xK9'" for i in range(n)) + "\n")


def secrets(n: int) -> Files:
    return module("".join(f"DB_PASSWORD_{i} = 'hxnter{i}xK9'\n" for i in range(n)))


def routes(n: int) -> Files:
    made = "".join(f"def f{i}(event):\n    return {CLIENT.format(1)}\n" for i in range(n))
    table = "".join(f"    '/p{i}': f{i},\n" for i in range(n))
    return module(f"{made}ROUTES = {{\n{table}}}\n{HANDLER}    return ROUTES[event['p']](event)\n")


def branches(n: int) -> Files:
    made = "".join(f"    if k == {i}:\n        c = {CLIENT.format(1)}\n" for i in range(n))
    return module(f"{HANDLER}    k = event['k']\n{made}    c.list_buckets()\n")


def handlers_of_one_module(n: int) -> Files:
    made = "".join(f"def h{i}(event, context):\n    {CLIENT.format(1)}\n" for i in range(n))
    return module(made, n, Handler="app.h{}")


def handlers_with_routes_in_one_folder(n: int) -> Files:
    powertools = "from aws_lambda_powertools.event_handler import APIGatewayRestResolver\n"
    answer = "@app.get('/x')\ndef read():\n    return store.first(app.current_event.body)\n"
    made = f"import store\n{powertools}app = APIGatewayRestResolver()\n{answer}"
    store = "".join(f"    x{i} = row.get('k{i}', row).get('v', {{}})\n" for i in range(20))
    return {
        "template.json": json.dumps(template(n, Handler="app{}.handler")),
        "src/store.py": f"def first(row):\n{store}    return x1\n",
        **{
            f"src/app{i}.py": f"{made}{HANDLER}    return app.resolve(event, context)\n"
            for i in range(n)
        },
    }


def folders_of_code(n: int) -> Files:
    code = {f"f{i}/app.py": f"{HANDLER}    return 1\n" for i in range(n)}
    tools = {f"t{i}/tool.py": "x = 1\n" for i in range(n)}
    return {**module("", n, CodeUri="f{}/"), **code, **tools}


def comments_that_ignore(n: int) -> Files:
    ignored = "  # lamlint: ignore[connection-in-handler] once a day\n"
    return module(HANDLER + "".join(f"    {CLIENT.format(i)}{ignored}" for i in range(n)))


def branches_of_a_template(n: int) -> Files:
    made = template(n)
    named = made["Resources"]
    for i, resource in enumerate(named.values()):  # type: ignore[attr-defined]
        resource["Properties"]["Timeout"] = {"Fn::If": [f"C{i}", 1800, 60]}
        resource["Properties"]["MemorySize"] = {"Fn::If": [f"C{i}", 20480, 512]}
    before = ({"Condition": f"C{i - 1}"} if i else {"Fn::Equals": ["a", "b"]} for i in range(n))
    conditions = {f"C{i}": {"Fn::Not": [one]} for i, one in enumerate(before)}
    return {"template.json": json.dumps({**made, "Conditions": conditions})}


def ignores_in_a_template(n: int) -> Files:
    made = module(f"{HANDLER}    return 1\n")
    lines = ["Transform: AWS::Serverless-2016-10-31", "Resources:"]
    for name, resource in template(n)["Resources"].items():  # type: ignore[attr-defined]
        lines += [f"  {name}:  # lamlint: ignore[timeout-over-limit] so be it"]
        lines += [f"    Type: {resource['Type']}", f"    Properties: {resource['Properties']}"]
    return {"src/app.py": made["src/app.py"], "template.yaml": "\n".join(lines)}


def variables_that_are_read(n: int) -> Files:
    return module(f"import os\n{HANDLER}" + "".join(f"    os.environ['V{i}']\n" for i in range(n)))


def chalice_functions(n: int) -> Files:
    made = "".join(
        f"@app.on_s3_event(bucket='b{i}')\ndef f{i}(event):\n    return {i}\n" for i in range(n)
    )
    head = "from chalice import Chalice\napp = Chalice(app_name='x')\n"
    return {".chalice/config.json": '{"lambda_timeout": 1000}', "app.py": head + made}


def zappa_stages(n: int) -> Files:
    stages = {f"s{i}": {"extends": "s0", "timeout_seconds": 1000} for i in range(1, n)}
    stages["s0"] = {"app_function": "app.app"}
    return {"zappa_settings.json": json.dumps(stages), "app.py": "app = 1\n"}


def typescript_functions(n: int) -> Files:
    options = "{ runtime: lambda.Runtime.PYTHON_3_13, timeout: cdk.Duration.minutes(20) }"
    made = "".join(f"    new lambda.Function(this, 'F{i}', {options});\n" for i in range(n))
    head = (
        "import * as cdk from 'aws-cdk-lib';\nimport * as lambda from 'aws-cdk-lib/aws-lambda';\n"
        "class S extends cdk.Stack {\n  constructor(scope, id) {\n    super(scope, id);\n"
    )
    tail = "  }\n}\nnew S(new cdk.App(), 'S');\n"
    return {"cdk.json": '{"app": "npx ts-node app.ts"}', "app.ts": head + made + tail}


def methods_that_set_one_attribute(n: int) -> Files:
    made = "".join(
        f"    def m{i}(self):\n        self.x = self.x or {CLIENT.format(i)}\n"
        "        return self.x.list_buckets()\n"
        for i in range(n)
    )
    called = "".join(f"    S().m{i}()\n" for i in range(n))
    return module(f"class S:\n    x = None\n{made}{HANDLER}{called}")


def registries_that_feed_each_other(n: int) -> Files:
    numbers = range(n)
    made = "".join(f"def f{i}():\n    {CLIENT.format(i)}\nR{i} = {{'f': f{i}}}\n" for i in numbers)
    fed = "".join(f"R{i}.update(R{(i + 1) % n})\n" for i in numbers)
    called = "".join(f"    for f in R{i}.values():\n        f()\n" for i in numbers)
    return module(f"{made}{fed}{HANDLER}{called}")


def functions_that_invoke_each_other(n: int) -> Files:
    called = "    boto3.client('lambda').invoke(FunctionName=f'app-{event[0]}')\n"
    return module(f"{HANDLER}{called}", n, FunctionName="app-{}")


def payloads_of_one_dict(n: int) -> Files:
    handed = "FunctionName=context.function_name, Payload=json.dumps(work)"
    called = "".join(
        f"    work['k{i}'] = {i}\n    if event.get('k{i}') is None:\n        client.invoke({handed})\n"
        for i in range(n)
    )
    made = "import json\nclient = boto3.client('lambda')\n"
    return module(f"{made}{HANDLER}    work = {{}}\n{called}")


def defaults_that_a_long_function_refuses(n: int) -> Files:
    guards = "".join(
        f"    if key == 'K{i}' and PRODUCTION:\n        raise KeyError\n" for i in range(n)
    )
    key = made.letters(made.ALNUM, 40)
    given = "".join(f"SECRET_KEY_{i} = needed('K', default='{key}{i}')\n" for i in range(n))
    return module(f"PRODUCTION = True\ndef needed(key, default):\n{guards}{given}")


def functions_that_give_what_others_give(n: int) -> Files:
    made = "".join(
        f"def names{i}():\n    found = set(names{i - 1}())\n"
        f"    found.update(names{i - 1}())\n    return found\n"
        for i in range(1, 3 * n)
    )
    first = "def names0():\n    return os.environ['NAMES'].split(',')\n"
    asked = "".join(
        f"    if 'x' in names{3 * i}():\n        c = {CLIENT.format(i)}\n" for i in range(n)
    )
    return module(f"import os\n{first}{made}{HANDLER}{asked}")


def objects_that_a_setting_chooses(n: int) -> Files:
    made = "".join(
        f"class S{i}:\n    def get(self):\n        return {CLIENT.format(i)}\n" for i in range(n)
    )
    chosen = "".join(f"    if name == 's{i}':\n        return S{i}()\n" for i in range(n))
    made += f"def make(name):\n{chosen}    return None\n"
    called = "    for name in os.environ['NAMES'].split(','):\n        make(name).get()\n"
    return module(f"import os\n{made}{HANDLER}{called}")


def names_of_schedules_put_together(n: int) -> Files:
    made = "def f0(x):\n    return 'a'\n" + "".join(
        f"def f{i}(x):\n    return f'{f'{{f{i - 1}(NAME)}}' * n}'\n" for i in range(1, 4)
    )
    put = "client.put_rule(Name=f3(NAME), ScheduleExpression='rate(1 day)')\n"
    code = f"import boto3\nNAME = 'b'\nclient = boto3.client('events')\n{made}{put}"
    return {**module(f"{HANDLER}    return 1\n"), "scripts/schedule.py": code}


def commands_that_do_not_end(n: int) -> Files:
    return {
        **module(f"{HANDLER}    return 1\n"),
        "deploy.sh": "# --schedule-expression\n" + "aws events x \\\n" * n,
    }


def schedules_of_one_function(n: int) -> Files:
    made = template(1)
    days = (",".join(str(d) for d in range(1, 15) if (i + 1) >> d - 1 & 1) for i in range(n))
    events = {
        f"E{i}": {"Type": "Schedule", "Properties": {"Schedule": f"cron(* {i % 24} {on} * ? *)"}}
        for i, on in enumerate(days)
    }
    made["Resources"]["F0"]["Properties"]["Events"] = events  # type: ignore[index]
    code = f"import boto3\n{HANDLER}    {CLIENT.format(1)}\n"
    return {"template.json": json.dumps(made), "src/app.py": code}


def loops_that_count_by_one_name(n: int) -> Files:
    counted = f"    tries = 0\n    while tries < 3:\n        {CLIENT}\n        tries += 1\n"
    return module(HANDLER + "".join(counted.format(i) for i in range(n)))


def names_that_are_bound_again(n: int) -> Files:
    return module(HANDLER + "".join(f"    x = event['a{i}']\n" for i in range(n)))


def alarms_on_all_functions(n: int) -> Files:
    options = "runtime=lambda_.Runtime.PYTHON_3_13, handler='app.handler', code=CODE"
    made = "".join(f"        f{i} = lambda_.Function(self, 'F{i}', {options})\n" for i in range(n))
    watched = ", ".join(f"'e{i}': f{i}.metric_errors()" for i in range(n))
    made += f"        all = cw.MathExpression(expression='e', using_metrics={{{watched}}})\n"
    made += "".join(f"        cw.Alarm(self, 'A{i}', metric=all, threshold=1)\n" for i in range(n))
    head = (
        "import aws_cdk as cdk\nfrom aws_cdk import aws_cloudwatch as cw, aws_lambda as lambda_\n"
        "CODE = lambda_.Code.from_asset('src')\nclass S(cdk.Stack):\n"
        "    def __init__(self, scope, id):\n        super().__init__(scope, id)\n"
    )
    tail = "app = cdk.App()\nS(app, 'S')\napp.synth()\n"
    files = {"cdk.json": '{"app": "python app.py"}', "app.py": head + made + tail}
    return {**files, "src/app.py": f"{HANDLER}    return 1\n"}


AXES: tuple[tuple[Callable[[int], Files], int], ...] = (
    (functions_on_one_line, 6),
    (secrets_on_one_line, 30),
    (secrets, 6),
    (routes, 12),
    (branches, 5),
    (handlers_with_routes_in_one_folder, 4),
    (handlers_of_one_module, 4),
    (folders_of_code, 6),
    (comments_that_ignore, 5),
    (variables_that_are_read, 10),
    (ignores_in_a_template, 12),
    (branches_of_a_template, 6),
    (chalice_functions, 6),
    (zappa_stages, 6),
    (typescript_functions, 6),
    (methods_that_set_one_attribute, 16),
    (registries_that_feed_each_other, 5),
    (functions_that_invoke_each_other, 20),
    (payloads_of_one_dict, 100),
    (defaults_that_a_long_function_refuses, 20),
    (functions_that_give_what_others_give, 4),
    (objects_that_a_setting_chooses, 6),
    (names_of_schedules_put_together, 40),
    (commands_that_do_not_end, 50),
    (schedules_of_one_function, 10),
    (alarms_on_all_functions, 20),
    (loops_that_count_by_one_name, 40),
    (names_that_are_bound_again, 400),
)


def checked(folder: Path, files: Files) -> None:
    """Check a project, and tell what is found in every format."""
    for name, text in {"lamlint.toml": "", **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    outcomes = run(Request(paths=(str(folder),), today=TODAY), rules())
    report = report_on(outcomes, rules(), unsafe=False, written=False)
    for name in FORMATS:
        assert render(name, report, Style())


@pytest.mark.parametrize(("axis", "size"), AXES, ids=lambda value: getattr(value, "__name__", ""))
def test_twice_as_much_is_twice_the_work(
    tmp_path: Path, axis: Callable[[int], Files], size: int
) -> None:
    checked(tmp_path / "warm", axis(size))
    counts = [
        work(lambda n=n: checked(tmp_path / str(n), axis(n * size)))  # type: ignore[misc]
        for n in (1, 2, 4)
    ]
    assert grows_no_faster(counts)
