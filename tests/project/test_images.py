"""A function's container image runs what its Dockerfile and its template say."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import registry
from lamlint.catalog import Catalog
from lamlint.engine.check import check
from lamlint.project import build
from tests.memory import MemoryTree

LAMBDA = "FROM public.ecr.aws/lambda/python:3.13\n"
STS = 'import boto3\n\n\ndef sts():\n    return boto3.client("sts")\n'
RUN = 'import boto3\n\n\ndef run(payload, ctx):\n    return boto3.client("s3").list_buckets()\n'
TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      PackageType: Image
      {config}
    Metadata:
      DockerContext: {context}
      Dockerfile: {dockerfile}
      {stage}
"""


def template(
    config: str = "Timeout: 30",
    context: str = "./app",
    dockerfile: str = "Dockerfile",
    stage: str = "DockerTag: v1",
) -> str:
    return TEMPLATE.format(config=config, context=context, dockerfile=dockerfile, stage=stage)


def found(files: dict[str, str]) -> list[str]:
    built = build(MemoryTree(files), ("",), Catalog(), date(2026, 11, 23))
    rule = registry.load(plugins=False)["connection-in-handler"]
    return sorted({one.span.path for one in check(built, [rule])})


def command(words: str) -> str:
    return f"ImageConfig: {{Command: [{words}]}}"


DOCKERFILES = [
    'COPY main.py ${LAMBDA_TASK_ROOT}\nCMD ["main.run"]\n',
    'COPY main.py $LAMBDA_TASK_ROOT/\nCMD [ "main.run" ]\n',
    'copy main.py /var/task/main.py\ncmd ["main.run"]\n',
    'COPY . .\nCMD ["main.run"]\n',
    "COPY . ${LAMBDA_TASK_ROOT}\nCMD main.run\n",
    'COPY *.py ./\nCMD ["main.run"]\n',
    'COPY --chown=app:app requirements.txt main.py ./\nCMD ["main.run"]\n',
    'COPY requirements.txt \\\n     main.py \\\n     ./\nCMD ["main.run"]\n',
    'COPY ["main.py", "./"]\nCMD ["main.run"]\n',
    'ADD main.py .\nCMD ["old.run"]\nCMD ["main.run"]\n',
    'WORKDIR /function\nCOPY . .\nENTRYPOINT ["python", "-m", "awslambdaric"]\nCMD ["main.run"]\n',
    'ARG DIR="/fn"\nCOPY . ${DIR}\nWORKDIR ${DIR}\nENTRYPOINT ["/usr/bin/python3", "-m", '
    '"awslambdaric", "main.run"]\n',
    'COPY . /var/task/svc\nCMD ["svc.main.run"]\n',
    'COPY . /opt/code\nENV PYTHONPATH=/opt/code:/opt/lib\nCMD ["main.run"]\n',
    'COPY . .\nENTRYPOINT ["/lambda-entrypoint.sh"]\nCMD ["main.run"]\n',
]


@pytest.mark.parametrize("text", DOCKERFILES)
def test_a_dockerfile_says_what_runs(text: str) -> None:
    files = {"app/Dockerfile": LAMBDA + text, "app/main.py": RUN, "template.yaml": template()}
    assert found(files) == ["app/main.py"]


@pytest.mark.parametrize("text", DOCKERFILES[:9])
def test_a_template_that_names_a_command_says_it_first(text: str) -> None:
    files = {
        "app/Dockerfile": LAMBDA + text.replace("main.run", "other.run"),
        "app/main.py": RUN,
        "template.yaml": template(command("main.run")),
    }
    assert found(files) == ["app/main.py"]


STAGES = [
    "FROM python:3.13 AS build\nCOPY . /app\n"
    + LAMBDA
    + "COPY --from=build /app ${LAMBDA_TASK_ROOT}\n",
    "FROM python:3.13 AS build\nCOPY . /x/app\n" + LAMBDA + "COPY --from=build /x/app/main.py ./\n",
    "FROM python:3.13\nWORKDIR /b\nCOPY . out/\n" + LAMBDA + "COPY --from=0 /b/out/ /var/task/\n",
    LAMBDA.replace("\n", " AS base\n") + "COPY . .\nFROM base\nRUN pip list\n",
    "ARG VERSION=3.13\nFROM public.ecr.aws/lambda/python:${VERSION}\nCOPY main.py .\n",
]


@pytest.mark.parametrize("text", STAGES)
def test_stages_copy_from_each_other(text: str) -> None:
    files = {"app/Dockerfile": text, "app/main.py": RUN}
    assert found({**files, "template.yaml": template(command("main.run"))}) == ["app/main.py"]


def test_the_stage_that_is_built_counts() -> None:
    two = (
        LAMBDA.replace("\n", " AS one\n") + 'COPY one.py ./\nCMD ["one.run"]\n'
        + LAMBDA.replace("\n", " AS two\n") + 'COPY two.py ./\nCMD ["two.run"]\n'
    )  # fmt: skip
    files = {"app/Dockerfile": two, "app/one.py": RUN, "app/two.py": RUN}
    assert found({**files, "template.yaml": template()}) == ["app/two.py"]
    built = template(stage="DockerBuildTarget: one")
    assert found({**files, "template.yaml": built}) == ["app/one.py"]


def test_what_is_copied_is_imported_from_where_it_is_copied_to() -> None:
    text = LAMBDA + 'COPY src/api/ ./\nCOPY libs/shared ./shared\nCMD ["main.run"]\n'
    run = "from shared.aws import sts\n\n\ndef run(event, context):\n    return sts().x()\n"
    files = {
        "svc/docker/api.Dockerfile": text,
        "svc/src/api/main.py": run,
        "svc/libs/shared/aws.py": STS,
        "template.yaml": template(context="svc", dockerfile="docker/api.Dockerfile"),
    }
    assert found(files) == ["svc/libs/shared/aws.py"]


SILENT = [
    {"app/Dockerfile": LAMBDA + 'COPY main.py .\nCMD ["other.run"]\n'},
    {"app/Dockerfile": LAMBDA + 'COPY other.py .\nCMD ["main.run"]\n'},
    {"app/Dockerfile": LAMBDA + 'COPY main.py .\nCMD ["python", "main.py"]\n'},
    {"app/Dockerfile": LAMBDA + "COPY main.py .\n"},
    {"app/Dockerfile": "RUN it\n"},
    {"app/Dockerfile": ""},
    {},
]


@pytest.mark.parametrize("files", SILENT)
def test_what_no_dockerfile_says_is_not_guessed(files: dict[str, str]) -> None:
    assert found({"app/main.py": RUN, "template.yaml": template(), **files}) == []


def test_an_image_is_no_package_of_files() -> None:
    files = {
        "app/Dockerfile": LAMBDA + DOCKERFILES[0],
        "app/main.py": RUN,
        "template.yaml": template("Environment: {Variables: {UNUSED_HERE: x}}"),
    }
    built = build(MemoryTree(files), ("",), Catalog(), date(2026, 11, 23))
    rules = registry.load(plugins=False)
    assert check(built, [rules["unused-environment-variable"], rules["handler-not-found"]]) == ()
    assert [one.name for one in built.handlers] == ["run"]


@pytest.mark.parametrize("count", [40, 400])
def test_stages_that_copy_each_other_twice_are_read_once(count: int) -> None:
    start = "FROM python:3.13 AS s0\nCOPY . /app\n"
    more = "".join(
        f"FROM python:3.13 AS s{n}\n" + f"COPY --from=s{n - 1} /app /app\n" * 2
        for n in range(1, count)
    )
    text = start + more + LAMBDA + f"COPY --from=s{count - 1} /app .\n"
    files = {"app/Dockerfile": text, "app/main.py": RUN}
    assert found({**files, "template.yaml": template(command("main.run"))}) == ["app/main.py"]


@pytest.mark.parametrize(
    "text", ["RUN x" + " " * 200_000 + "y\n", "ENV " + "a" * 200_000 + "\n", "COPY " * 50_000]
)
def test_long_lines_are_read_in_passing(text: str) -> None:
    files = {"app/Dockerfile": LAMBDA + text + "\n" + DOCKERFILES[0], "app/main.py": RUN}
    assert found({**files, "template.yaml": template()}) == ["app/main.py"]


@pytest.mark.parametrize(
    "text",
    [
        "FROM x\n" * 100_000,
        "ARG a\n" * 50_000 + "FROM x\n" * 50_000,
        "".join(f"FROM a{n} AS a{n + 1}\nCOPY --from=a{n} / /\n" for n in range(20_000)),
        "FROM x\n" + "WORKDIR a\n" * 90_000,
    ],
    ids=["stages", "settings above stages", "stages of stages", "folders in folders"],
)
def test_an_image_of_too_many_stages_or_instructions_is_told_as_not_read(text: str) -> None:
    files = {"app/Dockerfile": text, "app/main.py": RUN, "template.yaml": template()}
    tree = MemoryTree(files)
    built = build(tree, ("",), Catalog(), date(2026, 11, 23))
    assert list(built.ties) == []
    assert [one.span.path for one in tree.unread] == ["app/Dockerfile"]


@pytest.mark.parametrize(
    "text",
    ["CMD " + "[" * 100_000 + "\n", "WORKDIR " + "a/" * 2_000 + "\n", "COPY " + "a " * 100_000],
)
def test_what_nests_or_lists_much_breaks_nothing(text: str) -> None:
    files = {"app/Dockerfile": LAMBDA + text + "\n" + DOCKERFILES[0], "app/main.py": RUN}
    assert found({**files, "template.yaml": template()}) == ["app/main.py"]


ELSEWHERE = """\
variable "image" {}
resource "aws_lambda_function" "NAME" {
  function_name = "acme-NAME"
  package_type  = "Image"
  image_uri     = var.image
  MORE
}
"""
HANDLER = "def lambda_handler(event, context): ...\n"


def elsewhere(*names: str, more: str = "") -> str:
    blocks = (ELSEWHERE.replace("NAME", name).replace("MORE", more) for name in names)
    return "\n".join(blocks)


def tied(files: dict[str, str]) -> dict[str, str]:
    """The files that functions are tied to, by the functions' names."""
    built = build(MemoryTree(files), ("",), Catalog(), date(2026, 11, 23))
    names = {function.id: function.name for function in built.functions}
    return {names[one]: tie.place.path for one, tie in built.ties.items()}


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("send_email", "application/send_email/send_email.py"),
        ("send_email_lambda", "application/send-email/main.py"),
        ("api", "src/api/lambda_handler.py"),
        ("acme-daily-report", "daily_report/report.py"),
    ],
)
def test_the_handler_of_a_folder_of_its_name_is_the_code_of_an_image(name: str, path: str) -> None:
    files = {"infra/main.tf": elsewhere(name), path: HANDLER, "src/other/app.py": HANDLER}
    assert tied(files) == {name: path}


@pytest.mark.parametrize(
    ("main", "paths"),
    [
        (elsewhere("delete"), ["delete_old/app.py"]),
        (elsewhere("send_email"), ["send_email/one.py", "send_email/other.py"]),
        (elsewhere("send_email"), ["a/send_email/app.py", "b/send_email/app.py"]),
        (elsewhere("send_email"), ["tests/send_email/app.py"]),
        (elsewhere("handler"), ["handler/app.py"]),
        (elsewhere("old_send_email", "new_send_email"), ["send_email/app.py"]),
        (elsewhere("api", more='image_config {\n command = ["main.run"]\n }'), ["api/app.py"]),
        (elsewhere("api", more='image_config {\n entry_point = ["/run"]\n }'), ["api/app.py"]),
    ],
)
def test_what_may_be_another_is_not(main: str, paths: list[str]) -> None:
    assert tied({"infra/main.tf": main, **dict.fromkeys(paths, HANDLER)}) == {}


def test_the_code_of_another_function_is_not_that_of_an_image() -> None:
    zipped = (
        'resource "aws_lambda_function" "zipped" {\n'
        '  handler = "app.lambda_handler"\n  runtime = "python3.13"\n'
        '  filename = "../api"\n}\n'
    )
    files = {"infra/main.tf": elsewhere("api") + zipped, "api/app.py": HANDLER}
    assert tied(files) == {}


def test_a_command_that_names_the_file_leaves_it() -> None:
    more = 'image_config {\n command = ["api.app.lambda_handler"]\n }'
    files = {"infra/main.tf": elsewhere("api", more=more), "src/api/app.py": HANDLER}
    assert tied(files) == {"api": "src/api/app.py"}


STARTS = f'{LAMBDA}COPY app/ ${{LAMBDA_TASK_ROOT}}/app/\nCMD ["app.main.run"]\n'
OWN = 'image_config {\n command = ["app.NAME.run"]\n }'
SERVES = 'FROM python:3.13\nCOPY web/ .\nCMD ["uvicorn", "main:app"]\n'


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"Dockerfile": STARTS}, {"one": "app/main.py"}),
        ({"docker/Dockerfile": STARTS}, {"one": "app/main.py"}),
        ({"docker/lambda.Dockerfile": STARTS}, {"one": "app/main.py"}),
        ({"docker/dockerfile": STARTS}, {"one": "app/main.py"}),
        ({"Dockerfile": STARTS, "web/Dockerfile": SERVES}, {"one": "app/main.py"}),
        ({"Dockerfile": STARTS, "tests/Dockerfile": STARTS}, {"one": "app/main.py"}),
        ({"Dockerfile": STARTS, "other/Dockerfile": STARTS}, {}),
        ({"Dockerfile": SERVES}, {}),
        ({"examples/Dockerfile": STARTS}, {}),
        ({"Dockerfile": STARTS.replace("app.main", "gone.main")}, {}),
    ],
)
def test_the_only_dockerfile_for_lambda_says_what_runs(
    files: dict[str, str], expected: dict[str, str]
) -> None:
    assert tied({"main.tf": elsewhere("one"), "app/main.py": RUN, **files}) == expected


def test_of_several_functions_those_that_say_what_they_start_are_known() -> None:
    code = {"Dockerfile": STARTS, "app/main.py": RUN, "app/two.py": RUN, "app/three.py": RUN}
    own = elsewhere("two", "three", more=OWN.replace("NAME", "two"))
    assert tied({"main.tf": own, **code}) == {"two": "app/two.py", "three": "app/two.py"}
    assert tied({"main.tf": elsewhere("two", "three"), **code}) == {}


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"app/dockerfile": 'COPY main.py .\nCMD ["main.run"]\n'}, ["app/main.py"]),
        # Docker takes the one that is called as usual.
        ({"app/dockerfile": 'CMD ["main.run"]\n', "app/Dockerfile": 'CMD ["other.run"]\n'}, []),
        ({"app/dockerfile.txt": 'COPY main.py .\nCMD ["main.run"]\n'}, []),
    ],
)
def test_a_dockerfile_may_be_called_in_small_letters(
    files: dict[str, str], told: list[str]
) -> None:
    made = {path: LAMBDA + text for path, text in files.items()}
    made |= {"template.yaml": template(), "app/main.py": RUN, "app/other.py": "X = 1\n"}
    assert found(made) == told


CODE = {"app/main.py": RUN}
PAIR = {
    "Dockerfile.api": STARTS,
    "Dockerfile.worker": STARTS.replace("app.main", "app.work"),
    "app/main.py": RUN,
    "app/work.py": RUN,
}


@pytest.mark.parametrize(
    ("names", "files", "expected"),
    [
        (["api"], PAIR, {"api": "app/main.py"}),
        (["api", "worker"], PAIR, {"api": "app/main.py", "worker": "app/work.py"}),
        (["shop_api"], PAIR, {}),
        (["other"], PAIR, {}),
        (
            ["api"],
            {"docker/api/Dockerfile": STARTS, "docker/worker/Dockerfile": STARTS, **CODE},
            {"api": "app/main.py"},
        ),
        (
            ["api"],
            {"api.Dockerfile": STARTS, "worker.Dockerfile": STARTS, **CODE},
            {"api": "app/main.py"},
        ),
        # Two are called so, or the one is for something else.
        (["api"], {"Dockerfile.api": STARTS, "api/Dockerfile": STARTS, **CODE}, {}),
        (["api"], {**PAIR, "Dockerfile.api": SERVES, "Dockerfile.more": STARTS}, {}),
    ],
)
def test_of_several_dockerfiles_the_one_called_like_the_function_is_meant(
    names: list[str], files: dict[str, str], expected: dict[str, str]
) -> None:
    assert tied({"main.tf": elsewhere(*names), **files}) == expected


def test_a_dockerfile_says_more_than_the_name_of_a_folder() -> None:
    files = {**PAIR, "src/api/app.py": HANDLER}
    assert tied({"main.tf": elsewhere("api"), **files}) == {"api": "app/main.py"}


@pytest.mark.parametrize(
    ("main", "path"),
    [
        ("from src.api import handler as run\n", "src/api.py"),
        (
            "def run(event, context):\n    from src.api import handler as inner\n"
            "    return inner(event, context)\n",
            "app/main.py",
        ),
    ],
)
def test_what_a_module_only_hands_on_to_is_no_handler_beside_it(main: str, path: str) -> None:
    api = "import boto3\ndef handler(event, context):\n    boto3.client('s3').list_buckets()\n"
    code = {"Dockerfile": STARTS, "app/main.py": main, "src/api.py": api}
    built = build(
        MemoryTree({"main.tf": elsewhere("one"), **code}), ("",), Catalog(), date(2026, 11, 23)
    )
    (handler,) = built.handlers
    assert (handler.by_signature, handler.span.path) == (False, path)


def test_one_that_it_does_not_import_is_one() -> None:
    api = "import boto3\ndef handler(event, context):\n    boto3.client('s3').list_buckets()\n"
    code = {"Dockerfile": STARTS, "app/main.py": RUN, "src/api.py": api}
    built = build(
        MemoryTree({"main.tf": elsewhere("one"), **code}), ("",), Catalog(), date(2026, 11, 23)
    )
    assert [one.by_signature for one in built.handlers] == [False, True]
