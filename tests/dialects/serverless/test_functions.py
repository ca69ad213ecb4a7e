"""What a service declares of its functions."""

from __future__ import annotations

import pytest

from lamlint.model import CodeKind, EventKind, Function, Origin
from tests.dialects.serverless.reading import functions, service, told

PROVIDER = """\
service: shop
provider:
  name: aws
  runtime: python3.13
  timeout: 20
  memorySize: 512
  architecture: arm64
  tracing: {lambda: true}
  logRetentionInDays: 14
  environment: {TABLE: shared, KEPT: kept, GONE: gone}
  tags: {team: shop}
functions:
  plain:
    handler: src/plain.handler
  own-name_1:
    handler: own.handler
    name: chosen
    timeout: 5
    memorySize: 256
    architecture: x86_64
    runtime: python3.12
    tracing: PassThrough
    ephemeralStorageSize: 2048
    reservedConcurrency: 2
    snapStart: true
    environment: {TABLE: own, GONE: null}
"""
VALUES = {
    "runtime": ("python3.13", "python3.12"),
    "timeout": (20, 5),
    "memory": (512, 256),
    "architectures": ("arm64", "x86_64"),
    "tracing": ("Active", "PassThrough"),
    "log_retention": (14, 14),
    "ephemeral_storage": (512, 2048),
    "snap_start": ("None", "PublishedVersions"),
    "physical_name": ("shop-dev-plain", "chosen"),
    "handler": ("src/plain.handler", "own.handler"),
    "package_type": ("Zip", "Zip"),
}


@pytest.mark.parametrize("name", VALUES)
def test_what_the_provider_says_and_the_function(name: str) -> None:
    found = functions(PROVIDER)
    plain, own = (getattr(found[each], name).only for each in ("plain", "own-name_1"))
    assert (plain, own) == VALUES[name]


def test_what_the_provider_says_is_inherited() -> None:
    found = functions(PROVIDER)
    origins = {name: one.timeout.choices[0].origin for name, one in found.items()}
    assert origins == {"plain": Origin.INHERITED, "own-name_1": Origin.WRITTEN}


def test_what_nobody_says() -> None:
    (one,) = functions("service: s\nprovider: {name: aws}\nfunctions: {f: {handler: a.b}}").values()
    assert (one.timeout.only, one.memory.only, one.architectures.only) == (6, 1024, "x86_64")
    assert one.timeout.absent
    assert one.memory.absent
    assert told(one.runtime) == "each version of the framework has its own"


def environment(function: Function) -> dict[str, object]:
    return {name: told(value) for name, value in function.environment.variables.items()}


def test_the_environment_is_the_providers_and_its_own() -> None:
    found = functions(PROVIDER)
    plain, own = found["plain"], found["own-name_1"]
    assert environment(plain) == {"TABLE": ["shared"], "KEPT": ["kept"], "GONE": ["gone"]}
    assert environment(own) == {"TABLE": ["own"], "KEPT": ["kept"]}
    assert plain.environment.complete
    assert own.environment.complete


@pytest.mark.parametrize(
    ("written", "complete"),
    [
        ("{A: b}", True),
        ("${file(env.yml)}", True),
        ("${file(env.yml):dev}", True),
        ("${file(none.yml)}", False),
        ("${ssm:/all}", False),
        ("${self:custom.env.${sls:stage}}", True),
        ("null", True),
    ],
)
@pytest.mark.parametrize("at", ["provider", "function"])
def test_whether_all_variables_are_known(written: str, complete: bool, at: str) -> None:
    there = f'environment: "{written}"' if "$" in written else f"environment: {written}"
    text = f"""\
service: shop
provider:
  name: aws
  {there if at == "provider" else "runtime: python3.13"}
custom: {{env: {{dev: {{X: 1}}, prod: {{X: 2}}}}}}
functions:
  f:
    handler: a.b
    {there if at == "function" else "timeout: 3"}
"""
    found = functions({"serverless.yml": text, "env.yml": "A: b\ndev: {C: d}\n"})
    assert found["f"].environment.complete is complete


@pytest.mark.parametrize(
    "written",
    [
        "functions: {a: {handler: x.a}, b: {handler: x.b}}",
        "functions:\n  - a: {handler: x.a}\n  - b: {handler: x.b}",
        'functions: "${file(functions.yml)}"',
        "functions:\n  - ${file(functions.yml)}",
        "functions:\n  a: ${file(functions.yml):a}\n  b: ${self:custom.b}\ncustom: {b: {handler: x.b}}",
        "x: &both {a: {handler: x.a}}\nfunctions: {<<: *both, b: {handler: x.b}}",
    ],
)
def test_how_functions_are_written(written: str) -> None:
    text = f"service: shop\nprovider: {{name: aws, runtime: python3.13}}\n{written}\n"
    more = "a: {handler: x.a}\nb: {handler: x.b}\n"
    found = functions({"serverless.yml": text, "functions.yml": more})
    assert {name: one.handler.only for name, one in found.items()} == {"a": "x.a", "b": "x.b"}


@pytest.mark.parametrize(
    ("provider", "count"),
    [("{name: aws}", 1), ("aws", 1), ("{name: google}", 0), ("{runtime: python3.13}", 1),
     ("google", 0), ("{name: '${env:P}'}", 1)],
)  # fmt: skip
def test_only_what_is_on_aws(provider: str, count: int) -> None:
    text = f"service: s\nprovider: {provider}\nfunctions: {{f: {{handler: a.b}}}}"
    assert len(service(text).functions) == count


EVENTS = [
    ("s3: photos", EventKind.S3, ["photos"]),
    ("s3: {bucket: photos, event: 's3:ObjectRemoved:*'}", EventKind.S3, ["photos"]),
    ("schedule: rate(1 hour)", EventKind.SCHEDULE, ["rate(1 hour)"]),
    ("schedule: {rate: [rate(1 hour)], enabled: true}", EventKind.SCHEDULE, ["rate(1 hour)"]),
    (
        "schedule: {rate: 'cron(0 3,7,15 * * ? *)'}",
        EventKind.SCHEDULE,
        ["cron(0 3,7,15 * * ? *)"],
    ),
    (
        "schedule: {rate: '${self:custom.hours}'}",
        EventKind.SCHEDULE,
        ["cron(0 3,7,15 * * ? *)"],
    ),
    ("sns: topic", EventKind.SNS, ["topic"]),
    ("sns: {topicName: topic}", EventKind.SNS, ["topic"]),
    ("sqs: arn:aws:sqs:eu-west-1:1:jobs", EventKind.SQS, ["arn:aws:sqs:eu-west-1:1:jobs"]),
    ("sqs: {arn: !GetAtt Jobs.Arn}", EventKind.SQS, "it is known only when the stack is deployed"),
    ("stream: arn:aws:kinesis:x:1:stream/s", EventKind.KINESIS, ["arn:aws:kinesis:x:1:stream/s"]),
    ("stream: {type: dynamodb, arn: {Fn::GetAtt: [T, StreamArn]}}", EventKind.DYNAMODB,
     "it is known only when the stack is deployed"),
    ("stream: !GetAtt Table.StreamArn", EventKind.DYNAMODB,
     "it is known only when the stack is deployed"),
    ("http: GET /x", EventKind.API, "it is not set"),
    ("http: {path: x, method: get}", EventKind.API, "it is not set"),
    ("httpApi: '*'", EventKind.HTTP_API, "it is not set"),
    ("websocket: $connect", EventKind.WEBSOCKET, "it is not set"),
    ("eventBridge: {schedule: rate(1 day)}", EventKind.SCHEDULE, "it is not set"),
    ("eventBridge: {eventBus: b, pattern: {source: [a]}}", EventKind.EVENTBRIDGE, ["b"]),
    ("cloudwatchEvent: {event: {source: [aws.ec2]}}", EventKind.EVENTBRIDGE, "it is not set"),
    ("cloudwatchLog: /x", EventKind.LOGS, ["/x"]),
    ("cognitoUserPool: {pool: p, trigger: PreSignUp}", EventKind.COGNITO, ["p"]),
    ("alexaSkill: amzn1", EventKind.ALEXA, ["amzn1"]),
    ("alb: {listenerArn: arn, priority: 1}", EventKind.ALB, ["arn"]),
    ("iot: {sql: SELECT}", EventKind.IOT, ["SELECT"]),
    ("msk: {arn: a, topic: t}", EventKind.MSK, ["a"]),
    ("activemq: {arn: a, queue: t}", EventKind.MQ, ["a"]),
    ("new: {x: y}", EventKind.OTHER, "it is not set"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "kind", "source"), EVENTS)
def test_what_triggers_a_function(written: str, kind: EventKind, source: object) -> None:
    text = f"""\
service: shop
provider: {{name: aws, runtime: python3.13}}
functions:
  f:
    handler: a.b
    events:
      - {written}
custom: {{hours: "cron(0 3,7,15 * * ? *)"}}
resources: {{Resources: {{Table: {{Type: "AWS::DynamoDB::Table"}}}}}}
"""
    (event,) = functions(text)["f"].events
    assert (event.kind, told(event.source)) == (kind, source)


@pytest.mark.parametrize(
    ("written", "sources"),
    [
        ("{s3: null, bucket: photos, event: 's3:ObjectCreated:*'}", []),
        ("\n        s3:\n        bucket: photos", []),
        ("{sns: ~, topicName: topic}", []),
        ("{schedule: null, rate: rate(1 day)}", []),
        ("{s3: 'null'}", ["null"]),
        ("{s3: '${self:custom.photos}'}", ["photos"]),
        ("\n        s3:\n          bucket: photos", ["photos"]),
    ],
)
def test_nothing_behind_its_word_is_no_trigger(written: str, sources: list[str]) -> None:
    text = f"""\
service: shop
custom: {{photos: photos}}
provider: {{name: aws, runtime: python3.13}}
functions:
  f:
    handler: a.b
    events:
      - {written}
"""
    assert [event.source.only for event in functions(text)["f"].events] == sources


def test_what_is_not_known_behind_a_word_may_be_a_trigger() -> None:
    text = """\
service: shop
provider: {name: aws, runtime: python3.13}
functions: {f: {handler: a.b, events: [{s3: "${ssm:/bucket}"}]}}
"""
    (event,) = functions(text)["f"].events
    assert event.kind is EventKind.S3


@pytest.mark.parametrize(
    ("more", "kind", "path"),
    [
        ("", CodeKind.FOLDER, "shop"),
        ("module: sub\n    package: {individually: true}", CodeKind.FOLDER, "shop/sub"),
        ("module: sub", CodeKind.FOLDER, "shop"),
        ("package: {artifact: build/f.zip}", CodeKind.BUILT, "shop/build/f.zip"),
        ("package: {artifact: there.zip}", CodeKind.ARCHIVE, "shop/there.zip"),
        ("image: 123.dkr.ecr.eu-west-1.amazonaws.com/x:1", CodeKind.IMAGE, ""),
        ("image: built", CodeKind.IMAGE, ""),
        ("image: {name: built, command: [a.b]}", CodeKind.IMAGE, ""),
    ],
)
def test_where_the_code_is(more: str, kind: CodeKind, path: str) -> None:
    text = f"""\
service: shop
provider: {{name: aws, runtime: python3.13, ecr: {{images: {{built: {{path: ./docker, file: Dev}}}}}}}}
functions:
  f:
    handler: a.b
    {more}
"""
    files = {"shop/serverless.yml": text, "shop/there.zip": "", "shop/sub/a.py": ""}
    code = functions(files)["f"].code
    assert (code.kind, code.path) == (kind, path)
    if "built" in more:
        assert code.image is not None
        assert (code.image.context, code.image.dockerfile) == ("shop/docker", "Dev")


@pytest.mark.parametrize(
    ("handler", "root"),
    [
        ("src/app.run", "services/api"),
        ("services/api/src/app.run", ""),
        ("api/src/app.run", "services"),
        ("services/other/src/app.run", "services/api"),
        ("src/none.run", "services/api"),
    ],
)
def test_from_where_a_handler_is_named(handler: str, root: str) -> None:
    text = f"service: s\nprovider: {{name: aws}}\nfunctions: {{f: {{handler: {handler}}}}}"
    files = {"services/api/serverless.yml": text, "services/api/src/app.py": "",
             "services/other/src/app.py": ""}  # fmt: skip
    assert functions(files)["f"].code.path == root


@pytest.mark.parametrize(
    ("package", "handler", "found"),
    [
        ("patterns: ['../apps/backend/**']", "apps.backend.one.run", ("",)),
        ("patterns: ['../apps/backend/**']", "apps/backend/one.run", ("",)),
        ("patterns: ['!../**', './../apps/backend/one.py']", "apps.backend.one.run", ("",)),
        ("patterns: ['../apps/*/*.py', '../apps/**']", "apps.backend.one.run", ("",)),
        ("include: ['../{apps,lib}/**']", "apps.backend.one.run", ("",)),
        ("patterns: ['../../lib/**', '../apps/**']", "apps.backend.one.run", ("",)),
        # Its own module stands before one from beside.
        ("patterns: ['../apps/**']", "own.run", ()),
        ("patterns: ['../apps/**']", "apps.backend.none.run", ()),
        ("patterns: ['../lib/**']", "apps.backend.one.run", ()),
        ("patterns: ['!../apps/**']", "apps.backend.one.run", ()),
        ("exclude: ['../apps/**']", "apps.backend.one.run", ()),
        ("patterns: ['apps/**']", "apps.backend.one.run", ()),
        ("patterns: ['../../apps/**']", "apps.backend.one.run", ()),
        ("individually: true", "apps.backend.one.run", ()),
    ],
)
@pytest.mark.parametrize("own", [False, True])
def test_a_handler_that_is_packed_from_beside_the_service(
    package: str, handler: str, found: tuple[str, ...], *, own: bool
) -> None:
    said = f"package: {{{package}}}"
    text = (
        "service: s\nprovider: {name: aws, runtime: python3.13}\n"
        f"functions:\n  f:\n    handler: {handler}\n" + (f"    {said}\n" if own else f"{said}\n")
    )
    files = {"infra/serverless.yml": text, "infra/own.py": "", "apps/backend/one.py": ""}
    code = functions(files)["f"].code
    assert (code.path, code.also) == ("infra", found)


@pytest.mark.parametrize(
    ("more", "handler", "also"),
    [
        ("custom: {wsgi: {app: web.app}}", "web.app", ()),
        ("custom: {wsgi: {app: shop/web.app}}", "shop/web.app", ("s/shop",)),
        ("", "wsgi_handler.handler", ()),
        ("custom: {wsgi: {app: '${env:APP}'}}", "wsgi_handler.handler", ()),
    ],
)
def test_the_application_behind_the_handler_of_a_plugin(
    more: str, handler: str, also: tuple[str, ...]
) -> None:
    text = (
        "service: s\nprovider: {name: aws, runtime: python3.13}\n"
        f"functions: {{f: {{handler: wsgi_handler.handler}}}}\n{more}\n"
    )
    function = functions({"s/serverless.yml": text})["f"]
    assert (function.handler.only, function.code.also) == (handler, also)


@pytest.mark.parametrize(
    ("more", "as_is", "method"),
    [
        ("", True, ""),
        ("plugins: [serverless-python-requirements]", False, ""),
        ("custom: {pythonRequirements: {}}", False, ""),
        ("plugins: {modules: [serverless-python-requirements]}", False, ""),
        ("plugins: [serverless-wsgi]", False, ""),
        ("plugins: [serverless-wsgi]\ncustom: {wsgi: {packRequirements: false}}", True, ""),
        ("custom: {pythonRequirements: {useUv: true}}", False, "python-uv"),
        ("custom: {pythonRequirements: {zip: true}}", True, ""),
        ("custom: {pythonRequirements: {layer: {name: x}}}", True, ""),
        ("plugins: [serverless-offline]", True, ""),
    ],
)
def test_what_is_installed_into_packages(more: str, as_is: bool, method: str) -> None:
    text = f"service: s\nprovider: {{name: aws}}\nfunctions: {{f: {{handler: a.b}}}}\n{more}\n"
    code = functions(text)["f"].code
    assert (code.as_is, code.build_method) == (as_is, method)


@pytest.mark.parametrize(
    ("service_says", "function_says", "patterns"),
    [
        ("{}", "{}", ()),
        ("{patterns: ['!a/**', b]}", "{patterns: [c]}", ("!a/**", "b", "c")),
        ("{exclude: [a, '!b'], include: [c]}", "{exclude: [d]}", ("!a", "b", "!d", "c")),
        ("{patterns: ['${env:X}']}", "{}", ("!**",)),
        (f"{{patterns: ['{'*a' * 20_000}']}}", "{}", ("!**",)),
    ],
)
def test_patterns_in_their_order(
    service_says: str, function_says: str, patterns: tuple[str, ...]
) -> None:
    text = f"""\
service: s
provider: {{name: aws}}
package: {service_says}
functions: {{f: {{handler: a.b, package: {function_says}}}}}
"""
    assert functions(text)["f"].code.packing.patterns == patterns


def test_the_role_that_functions_share_and_one_of_its_own() -> None:
    declared = service("""\
service: shop
provider:
  name: aws
  runtime: python3.13
  iam: {role: {statements: [{Effect: Allow, Action: 's3:GetObject', Resource: '*'}]}}
functions:
  a: {handler: x.a}
  b: {handler: x.b, role: Mine}
  c: {handler: x.c, iamRoleStatements: [{Effect: Allow, Action: 'sqs:*', Resource: '*'}]}
  d: {handler: x.d, role: !GetAtt Mine.Arn}
resources:
  Resources:
    Mine: {Type: "AWS::IAM::Role", Properties: {}}
""")
    roles = {one.name: one.role.name if one.role else None for one in declared.functions}
    assert roles == {
        "a": "IamRoleLambdaExecution",
        "b": None,
        "c": "CIamRoleLambdaExecution",
        "d": "Mine",
    }
    shared = next(role for role in declared.roles if role.name == "IamRoleLambdaExecution")
    assert ("s3:GetObject",) in [statement.actions for statement in shared.statements]


ALLOWED = "[{Effect: Allow, Action: 's3:GetObject', Resource: '*'}]"


@pytest.mark.parametrize(
    ("provider", "function", "actions", "complete"),
    [
        ("", "", set(), True),
        (f"iamRoleStatements: {ALLOWED}", "", {"s3:GetObject"}, True),
        (f"iam: {{role: {{statements: {ALLOWED}}}}}", "", {"s3:GetObject"}, True),
        ("iam: {role: {statements: '${file(none.yml)}'}}", "", set(), False),
        ("iam: {role: {managedPolicies: [arn:aws:iam::1:policy/mine]}}", "", set(), False),
        (f"iamRoleStatements: {ALLOWED}", "iamRoleStatements: []", set(), True),
        (f"iamRoleStatements: {ALLOWED}",
         "iamRoleStatements: []\n    iamRoleStatementsInherit: true", {"s3:GetObject"}, True),
        ("", f"iam: {{role: {{statements: {ALLOWED}}}}}", {"s3:GetObject"}, True),
    ],
)  # fmt: skip
def test_what_a_role_allows(
    provider: str, function: str, actions: set[str], complete: bool
) -> None:
    text = f"""\
service: shop
provider:
  name: aws
  runtime: python3.13
  {provider}
functions:
  f:
    handler: a.b
    {function}
"""
    role = functions(text)["f"].role
    assert role is not None
    allowed = {one for statement in role.statements for one in statement.actions}
    assert {one for one in allowed if one.startswith("s3:")} == actions
    assert "logs:PutLogEvents" in allowed
    assert role.complete is complete


@pytest.mark.parametrize(
    "provider", ["role: arn:aws:iam::1:role/x", "iam: {role: !GetAtt Other.Arn}"]
)
def test_the_role_of_somebody_else_is_not_known(provider: str) -> None:
    text = f"service: s\nprovider:\n  name: aws\n  {provider}\nfunctions: {{f: {{handler: a.b}}}}"
    assert functions(text)["f"].role is None


@pytest.mark.parametrize(
    ("event", "edge"), [("cloudFront: {eventType: viewer-request}", True), ("http: GET /", False)]
)
def test_what_runs_at_the_edge(event: str, edge: bool) -> None:
    text = (
        "service: s\nprovider: {name: aws}\n"
        f"functions: {{f: {{handler: a.b, events: [{{{event}}}]}}}}"
    )
    assert functions(text)["f"].edge.only is edge


BY_OPTION = """\
service: ${opt:part}-shop
provider:
  name: aws
  runtime: python3.13
  environment: ${file(./parts/${opt:part}.yml):env}
functions: ${file(./parts/${ opt:part }.yml):functions}
"""


def part(name: str, functions: str = "search") -> str:
    return f"env: {{PART: {name}}}\nfunctions: {{{functions}: {{handler: shop.{name}.search}}}}\n"


def listed(files: dict[str, str], text: str = BY_OPTION) -> dict[str, str]:
    """The functions of a service: their handlers, each with its variable, if all are known."""
    found = service({"serverless.yml": text, **files}).functions
    assert len({one.id for one in found}) == len(found)
    return {
        one.handler.only: one.environment.variables["PART"].only
        for one in found
        if one.environment.complete
    }


@pytest.mark.parametrize("ending", [".yml", "/all.yml"], ids=["a file", "a folder"])
def test_an_option_that_nobody_gives_means_each_of_the_files_that_are_there(ending: str) -> None:
    text = BY_OPTION.replace(".yml)", f"{ending})").replace(".yml:", f"{ending}:")
    files = {f"parts/{name}{ending}": part(name) for name in ("a", "b", "example")}
    assert listed(files, text) == {"shop.a.search": "a", "shop.b.search": "b"}


def test_one_file_that_is_there_is_not_taken_for_the_one_that_is_meant() -> None:
    assert listed({"parts/a.yml": part("a")}) == {}


def test_functions_of_several_files_that_are_deployed_together_are_one_by_name() -> None:
    text = f'{PROVIDER.partition("functions:")[0]}functions: ["${{file(a.yml)}}", "${{file(b.yml)}}"]\n'
    files = {"a.yml": "one: {handler: a.first}\n", "b.yml": "one: {handler: b.second}\n"}
    found = service({"serverless.yml": text, **files}).functions
    assert [one.handler.only for one in found] == ["b.second"]


def test_what_a_provider_has_of_another_file_is_not_the_function_s() -> None:
    text = BY_OPTION.replace("  env", "  timeout: ${file(./parts/${opt:part}.yml):wait}\n  env")
    files = {
        f"parts/{name}.yml": f"wait: {wait}\n{part(name)}" for name, wait in (("a", 3), ("b", 30))
    }
    found = service({"serverless.yml": text, **files}).functions
    assert [(one.handler.only, told(one.timeout)) for one in found] == [
        ("shop.a.search", [3]),
        ("shop.b.search", [30]),
    ]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("${ssm:/shop/key}", "/shop/key"),
        ("${ssm:/shop/key~true}", "/shop/key"),
        ("${ssm:/${self:custom.stage}/key}", "/${self:custom.stage}/key"),
        ("${ssm:/shop/${opt:stage, 'dev'}/key}", "/shop/${opt:stage,'dev'}/key"),
        ("${ssm(eu-west-1):/${env:STAGE}/key}", "/${env:STAGE}/key"),
        ("${env:KEY, ssm:/${sls:stage}/key}", "/${sls:stage}/key"),
        ("${self:custom.key}", "/${sls:stage}/inner"),
        ("${env:KEY}", None),
        ("${cf:ssm-${sls:stage}.key}", None),
        ("${self:custom.stage}", None),
    ],
)
def test_what_a_variable_is_filled_in_from(written: str, name: str | None) -> None:
    text = f"""\
service: shop
provider: {{name: aws, runtime: python3.13}}
custom: {{stage: "${{opt:stage, 'dev'}}", key: "${{ssm:/${{sls:stage}}/inner}}"}}
functions: {{f: {{handler: a.b, environment: {{KEY: "{written}"}}}}}}
"""
    sources = functions(text)["f"].environment.resolved["KEY"]
    assert [one.name for one in sources] == ([] if name is None else [name])


def test_what_variables_stand_in_is_another_thing_in_each_service() -> None:
    text = """\
service: shop
provider: {name: aws, runtime: python3.13}
functions: {f: {handler: a.b, environment: {A: "${ssm:/${sls:stage}/a}", B: "${ssm:/b}"}}}
"""
    declared = service({"a/serverless.yml": text, "b/serverless.yml": text})
    first, second = (one.environment.variables for one in declared.functions)
    assert first["B"].targets & second["B"].targets == {"ssm:/b"}
    assert first["A"].targets.isdisjoint(second["A"].targets)
