"""How functions of the CDK are declared: by classes, loops, functions, in one app or in several."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from lamlint.engine.check import check
from lamlint.files.paths import normal
from lamlint.model import CodeKind, EventKind
from lamlint.rule import Rule, Tier
from tests.checking import rules
from tests.dialects.cdk.stacks import APP, MANIFEST, TOP, declared, function, project, stack

ARGUMENTS = 'runtime=_lambda.Runtime.PYTHON_3_13, handler="app.handler", code=_lambda.Code.from_asset("src")'


def names(files: Mapping[str, str | bytes]) -> list[str]:
    return [one.name for one in declared(files)]


@pytest.mark.parametrize(
    ("lines", "top", "expected"),
    [
        ((f'_lambda.Function(self, "A", {ARGUMENTS})',), "", ["A"]),
        ((f'_lambda.Function(scope=self, id="A", {ARGUMENTS})',), "", ["A"]),
        (
            (f'for n in ("A", "B"):\n    _lambda.Function(self, f"{{n}}Fn", {ARGUMENTS})',),
            "",
            ["AFn", "BFn"],
        ),
        ((f"[_lambda.Function(self, str(n), {ARGUMENTS}) for n in range(2)]",), "", ["0", "1"]),
        (
            ('self.make("A")', 'self.make("B")'),
            f"    def make(self, name):\n        return _lambda.Function(self, name, {ARGUMENTS})\n",
            ["A", "B"],
        ),
        (
            ('Own(self, "A")', 'Own(self, "B")'),
            "class Own(cdk.Resource):\n    def __init__(self, scope, id):\n"
            f'        super().__init__(scope, id)\n        _lambda.Function(self, "Fn", {ARGUMENTS})\n',
            ["A/Fn", "B/Fn"],
        ),
        (
            ('Own(self, "A", memory_size=256)',),
            "class Own(_lambda.Function):\n    def __init__(self, scope, id, **more):\n"
            f"        super().__init__(scope, id, {ARGUMENTS}, **more)\n",
            ["A"],
        ),
        (
            ('Own(self, "A")',),
            "class Own(_lambda.Function):\n    def __init__(self, scope, id):\n"
            f"        _lambda.Function.__init__(self, scope, id, {ARGUMENTS})\n",
            ["A"],
        ),
        ((f'if UNKNOWN:\n    _lambda.Function(self, "A", {ARGUMENTS})',), "", ["A"]),
        ((f'if STAGE == "prod":\n    _lambda.Function(self, "A", {ARGUMENTS})',), "", []),
        (
            (
                f'if self.node.try_get_context("prod"):\n    _lambda.Function(self, "A", {ARGUMENTS})',
            ),
            "",
            ["A"],
        ),
        (("_lambda.Function.from_function_name(self, 'A', 'other')",), "", []),
        (('_lambda.Function(self, "A", **UNKNOWN)',), "", ["A"]),
        (
            ("for one in UNKNOWN:\n    _lambda.Function(self, one, handler='app.handler')",),
            "",
            ["${one}"],
        ),
        (
            (
                'cdk.aws_lambda.SingletonFunction(self, "A", uuid="1")',
                'cdk.triggers.TriggerFunction(self, "B")',
            ),
            "",
            ["A", "B"],
        ),
        (
            (
                f'solutions.LambdaToS3(self, "A", lambda_function_props=_lambda.FunctionProps({ARGUMENTS}))',
            ),
            "from aws_solutions_constructs import aws_lambda_s3 as solutions\n",
            ["A"],
        ),
        (
            ('_lambda.CfnFunction(self, "A", runtime="python3.13", code={"zip_file": "x"})',),
            "",
            ["A"],
        ),
        (
            (
                "match STAGE:\n    case 'dev':\n        _lambda.Function(self, 'A')\n"
                "    case _:\n        _lambda.Function(self, 'B')",
            ),
            "",
            ["A"],
        ),
        (
            (f'with open("src/app.py") as f:\n    _lambda.Function(self, "A", {ARGUMENTS})',),
            "",
            ["A"],
        ),
    ],
)
def test_functions_that_a_stack_makes(
    lines: tuple[str, ...], top: str, expected: list[str]
) -> None:
    # What stands below the class is seen when the stack is made, as in Python.
    assert names(stack(*lines, top=top)) == expected


THERE = {
    "os.path.exists('src')": ["A"],
    "os.path.exists('src/app.py')": ["A"],
    "os.path.isfile('src/app.py')": ["A"],
    "os.path.isdir(os.path.join('src'))": ["A"],
    "(Path(__file__).parent.parent / 'src').is_dir()": ["A"],
    "Path('src/app.py').is_file()": ["A"],
    "os.path.exists('dist')": ["A", "B"],
    "os.path.exists('/opt/src')": ["A", "B"],
    "os.path.exists(UNKNOWN)": ["A", "B"],
    "os.path.exists('other')": ["B"],
    "os.path.isfile('src')": ["B"],
    "Path('src/other.py').exists()": ["B"],
}


@pytest.mark.parametrize(("test", "expected"), THERE.items())
def test_a_function_may_depend_on_a_path_that_is_there(test: str, expected: list[str]) -> None:
    lines = f"if {test}:\n    _lambda.Function(self, 'A')\nelse:\n    _lambda.Function(self, 'B')"
    assert names(stack(lines)) == expected


V1 = """
from aws_cdk import aws_lambda as lambda_, core

class Album(core.Stack):
    def __init__(self, scope: core.Construct, id: str, **kwargs) -> None:
        super().__init__(scope, id, **kwargs)
        lambda_.Function(self, "Old", runtime=lambda_.Runtime.PYTHON_3_9, handler="app.handler",
                         code=lambda_.Code.asset("src"), timeout=core.Duration.seconds(30))
"""


def test_the_first_version_of_the_cdk() -> None:
    (found,) = declared({**stack(), "stacks/album.py": V1})
    assert (found.name, found.timeout.only, found.code.path) == ("Old", 30, "src")


@pytest.mark.parametrize(
    ("written", "kind", "path"),
    [
        ('_lambda.Code.from_asset("src")', CodeKind.FOLDER, "src"),
        ('_lambda.Code.from_asset("./src/")', CodeKind.FOLDER, "src"),
        (
            "_lambda.Code.from_asset(os.path.join(os.path.dirname(__file__), '..', 'src'))",
            CodeKind.FOLDER,
            "src",
        ),
        (
            '_lambda.Code.from_asset(str(Path(__file__).resolve().parent.parent / "src"))',
            CodeKind.FOLDER,
            "src",
        ),
        ('_lambda.Code.from_asset(f"{os.path.dirname(__file__)}/../src")', CodeKind.FOLDER, "src"),
        (
            '_lambda.Code.from_asset("src", bundling=cdk.BundlingOptions(image=X))',
            CodeKind.FOLDER,
            "src",
        ),
        ('_lambda.AssetCode("src")', CodeKind.FOLDER, "src"),
        ('_lambda.Code.from_asset("nowhere")', CodeKind.MISSING, "nowhere"),
        ("_lambda.Code.from_asset(UNKNOWN)", CodeKind.UNKNOWN, ""),
        ('_lambda.Code.from_bucket(bucket, "a.zip")', CodeKind.REMOTE, ""),
        ('_lambda.Code.from_docker_build("src")', CodeKind.BUILT, "src"),
        ('_lambda.Code.from_inline("def handler(event, context): ...")', CodeKind.INLINE, ""),
        ('_lambda.Code.from_inline(open("src/app.py").read())', CodeKind.INLINE, ""),
        ('_lambda.Code.from_asset_image("src", cmd=["app.handler"])', CodeKind.IMAGE, ""),
    ],
)
def test_where_code_lies(written: str, kind: CodeKind, path: str) -> None:
    line = f'_lambda.Function(self, "A", runtime=_lambda.Runtime.PYTHON_3_13, handler="index.handler", code={written})'
    (found,) = declared(stack(line))
    assert (found.code.kind, found.code.path) == (kind, path)


RUN_HERE = (
    "os.path.join(os.getcwd(), 'src')",
    'os.getcwd() + "/src"',
    'f"{os.getcwd()}/src"',
    '"{}/src".format(os.getcwd())',
    'str(Path.cwd() / "src")',
    'str(Path.cwd().joinpath("src"))',
    'os.path.abspath("src")',
    'os.path.realpath("./src")',
    'str(Path("src").resolve())',
    'str(Path("src").absolute())',
    'str(Path() / "src")',
    'str(Path().resolve() / "src")',
)
"""Paths of `src` where an app is run."""


def code_at(written: str, root: str = "", before: str = "", *, loose: bool = False) -> str:
    """Where the code of a function lies, by its path; empty where that is not known."""
    lines = (
        '_lambda.Function(self, "A", runtime=_lambda.Runtime.PYTHON_3_13, handler="app.handler", '
        f"code=_lambda.Code.from_asset({written}))"
    )
    files = {**stack(before or "pass", lines), "src/data/x.json": "{}"}
    if loose:
        del files["cdk.json"]
    (found,) = declared({f"{root}{name}": text for name, text in files.items()})
    return found.code.path if found.code.kind is not CodeKind.UNKNOWN else ""


@pytest.mark.parametrize("root", ["", "infra/"])
@pytest.mark.parametrize("written", RUN_HERE)
def test_an_app_is_run_where_its_cdk_json_lies(written: str, root: str) -> None:
    assert code_at(written, root) == f"{root}src"


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("os.path.join(os.path.dirname(os.getcwd()), 'infra', 'src')", "infra/src"),
        ('str(Path.cwd().parent / "infra" / "src")', "infra/src"),
        ('str(Path(".").resolve().parent / "infra" / "src")', "infra/src"),
        ("os.path.join(os.path.dirname(os.path.abspath('src/data')))", "infra/src"),
        ("os.path.join(os.getcwd(), '..', 'infra', 'src')", "infra/src"),
        ("os.path.join(os.path.dirname(os.path.dirname(os.getcwd())), 'src')", ""),
        ('str(Path.cwd().parent.parent / "src")', ""),
        ('str(Path("src") / UNKNOWN)', ""),
    ],
)
def test_what_is_above_the_folder_that_an_app_is_run_in(written: str, path: str) -> None:
    assert code_at(written, "infra/") == path


@pytest.mark.parametrize("before", ['os.chdir("elsewhere")', "os.chdir(UNKNOWN)"])
@pytest.mark.parametrize("written", [one for one in RUN_HERE if "Path() / " not in one])
def test_where_an_app_is_that_moves_is_not_known(before: str, written: str) -> None:
    assert code_at(written, before=before) == ""


@pytest.mark.parametrize("written", RUN_HERE[:6])
def test_where_an_app_is_run_that_no_cdk_json_names_is_not_known(written: str) -> None:
    assert code_at(written, loose=True) == ""


def test_what_was_asked_before_an_app_moved_is_known() -> None:
    here = 'here = os.getcwd()\nos.chdir("/tmp")\nos.chdir(here)'
    assert code_at("os.path.join(here, 'src')", before=here) == "src"


@pytest.mark.parametrize("written", ["os.getcwd()", "os.path.dirname(__file__)", "str(Path.cwd())"])
def test_no_variable_of_a_function_is_known_by_a_path_of_the_machine(written: str) -> None:
    (found,) = declared(stack(f'_lambda.Function(self, "A", environment={{"A": {written}}})'))
    assert found.environment.variables["A"].choices == ()
    assert found.environment.complete


@pytest.mark.parametrize(
    ("written", "there", "path"),
    [
        ("lambda/state", "lambda/api/app.py", "lambda/state"),
        ("./lambda/state", "lambda/api/app.py", "lambda/state"),
        ("lambda/state", "infra/lambda/api/app.py", "infra/lambda/state"),
        ("lambda/state", "other/api/app.py", "infra/lambda/state"),
        ("state", "lambda/api/app.py", "infra/state"),
        ("../lambda/state", "lambda/api/app.py", "lambda/state"),
    ],
)
def test_where_code_is_missed(written: str, there: str, path: str) -> None:
    line = (
        '_lambda.Function(self, "A", runtime=_lambda.Runtime.PYTHON_3_13, handler="app.handler", '
        f'code=_lambda.Code.from_asset("{written}"))'
    )
    (_, *files) = stack(line).items()
    inner = {f"infra/{name}": text for name, text in files if name != "src/app.py"}
    (loose,) = declared({**inner, there: ""})
    (run_there,) = declared({**inner, "infra/cdk.json": MANIFEST, there: ""})
    assert (loose.code.kind, loose.code.path) == (CodeKind.MISSING, path)
    assert run_there.code.path == (
        "lambda/state" if ".." in written else f"infra/{normal(written)}"
    )


def by_default() -> list[Rule]:
    """The rules that run where none is selected."""
    return [rule for rule in rules().values() if rule.tier is Tier.DEFAULT]


def test_code_in_a_stack_is_looked_at_in_its_place() -> None:
    code = 'CODE = """import boto3\n\ndef handler(event, context):\n    boto3.client("s3")\n"""\n'
    line = (
        '_lambda.Function(self, "A", runtime=_lambda.Runtime.PYTHON_3_13, handler="index.handler",'
        " code=_lambda.Code.from_inline(CODE), timeout=Duration.seconds(3), memory_size=128)"
    )
    built = project(stack(line, top=code))
    (finding,) = check(built, by_default())
    source = built.tree.read("stacks/album.py")
    assert finding.rule == "connection-in-handler"
    assert source.text[finding.span.start :].startswith('boto3.client("s3")')  # type: ignore[union-attr]


PYTHON = "from aws_cdk import aws_lambda_python_alpha as python\n"


@pytest.mark.parametrize(
    ("arguments", "handler"),
    [
        ("", "index.handler"),
        (', index="app.py"', "app.handler"),
        (', index="api/app.py", handler="main"', "api/app.main"),
    ],
)
def test_a_python_function_has_defaults_for_its_handler(arguments: str, handler: str) -> None:
    line = f'python.PythonFunction(self, "A", entry="src", runtime=_lambda.Runtime.PYTHON_3_13{arguments})'
    files = stack(line)
    (found,) = declared({**files, "stacks/album.py": PYTHON + str(files["stacks/album.py"])})
    assert (found.handler.only, found.code.path) == (handler, "src")


ASSETS = {
    "of the same function": 'image = assets.DockerImageAsset(self, "I", directory="src", file="My")',
    "kept by the stack": 'self.image = image = assets.DockerImageAsset(self, "I", directory="src", file="My")',
    "by its place": 'image = assets.DockerImageAsset(self, "I", "src", file="My")',
    "of a method": "image = self.built()",
}
BUILT = '    def built(self):\n        return assets.DockerImageAsset(self, "I", directory="src", file="My")\n'
TAKEN = {
    "code": "_lambda.Function(self, NAME, runtime=_lambda.Runtime.FROM_IMAGE, "
    "handler=_lambda.Handler.FROM_IMAGE, code=_lambda.Code.from_ecr_image("
    "repository=image.repository, tag_or_digest=image.asset_hash, cmd=[COMMAND]))",
    "an image's code": "_lambda.DockerImageFunction(self, NAME, "
    "code=_lambda.DockerImageCode.from_ecr(image.repository, cmd=[COMMAND]))",
}


@pytest.mark.parametrize("taken", TAKEN.values(), ids=TAKEN)
@pytest.mark.parametrize("made", ASSETS.values(), ids=ASSETS)
def test_an_image_of_a_repository_is_made_of_the_asset_that_is_pushed_there(
    made: str, taken: str
) -> None:
    lines = [
        taken.replace("NAME", f'"{name}"').replace("COMMAND", f'"{name}.handler"')
        for name in ("one", "two")
    ]
    files = stack(made, *lines, top=BUILT)
    text = "from aws_cdk import aws_ecr_assets as assets\n" + str(files["stacks/album.py"])
    images = {one.name: one.code.image for one in declared({**files, "stacks/album.py": text})}
    assert {
        name: (image.context, image.dockerfile, [word.only for word in image.command])
        for name, image in images.items()
        if image
    } == {name: ("src", "My", [f"{name}.handler"]) for name in ("one", "two")}


@pytest.mark.parametrize(
    "repository",
    [
        'ecr.Repository.from_repository_name(self, "R", "orders")',
        'ecr.Repository(self, "R").repository',
        "self.given.repository",
    ],
)
def test_of_another_repository_it_is_not_known_what_its_images_are_made_of(repository: str) -> None:
    line = f'_lambda.DockerImageFunction(self, "A", code=_lambda.DockerImageCode.from_ecr({repository}))'
    files = stack(line)
    text = "from aws_cdk import aws_ecr as ecr\n" + str(files["stacks/album.py"])
    (found,) = declared({**files, "stacks/album.py": text})
    assert (found.code.kind, found.code.image and found.code.image.context) == (
        CodeKind.IMAGE,
        None,
    )


def test_an_image_is_made_of_a_folder() -> None:
    line = (
        '_lambda.DockerImageFunction(self, "A", code=_lambda.DockerImageCode.from_image_asset('
        '"src", file="Dockerfile.app", cmd=["app.handler"]))'
    )
    (found,) = declared(stack(line))
    assert found.package_type.only == "Image"
    assert found.code.image is not None
    assert (found.code.image.context, found.code.image.dockerfile) == ("src", "Dockerfile.app")
    assert [word.only for word in found.code.image.command] == ["app.handler"]


def test_a_layer_has_content() -> None:
    lines = (
        'layer = _lambda.LayerVersion(self, "L", code=_lambda.Code.from_asset("src"))',
        f'_lambda.Function(self, "A", {ARGUMENTS}, layers=[layer])',
    )
    (found,) = declared(stack(*lines))
    (layer,) = found.layers
    assert layer.content is not None
    assert (layer.content.kind, layer.content.path) == (CodeKind.FOLDER, "src")


def test_stages_that_differ_are_functions_of_their_own_and_others_one() -> None:
    line = f'_lambda.Function(self, "A", {ARGUMENTS}, environment={{"S": kwargs.get("stack_name", "")}})'
    both = APP.replace(
        'Album(app, "Album")',
        'Album(app, "Dev", stack_name="d")\nAlbum(app, "Prod", stack_name="p")',
    )
    same = APP.replace('Album(app, "Album")', 'Album(app, "Dev")\nAlbum(app, "Prod")')
    assert names({**stack(line), "app.py": both}) == ["Dev/A", "Prod/A"]
    assert names({**stack(line), "app.py": same}) == ["A"]


@pytest.mark.parametrize(("hour", "expected"), [('"6"', 1), ('kwargs.get("stack_name")', 2)])
def test_one_of_two_stacks_is_deployed_with_its_schedules(hour: str, expected: int) -> None:
    lines = (
        f'fn = _lambda.Function(self, "A", function_name="album", {ARGUMENTS})',
        f'rule = events.Rule(self, "R", schedule=events.Schedule.cron(minute="0", hour={hour}))',
        "rule.add_target(targets.LambdaFunction(fn))",
    )
    arms = 'if UNKNOWN:\n    Album(app, "Album", stack_name="7")\nelse:\n    Album(app, "Album", stack_name="8")'
    app = APP.replace('Album(app, "Album")', arms)
    (one,) = declared({**stack(*lines), "app.py": app})
    assert len(one.events) == expected


def test_apps_in_folders_have_paths_of_their_own() -> None:
    line = f'_lambda.Function(self, "A", {ARGUMENTS})'
    files = {
        f"{folder}/{path}": text for folder in ("one", "two") for path, text in stack(line).items()
    }
    assert [one.code.path for one in declared(files)] == ["one/src", "two/src"]


@pytest.mark.parametrize("left_out", [("cdk.json",), ("cdk.json", "app.py")])
def test_a_stack_is_found_without_an_app(left_out: tuple[str, ...]) -> None:
    files = stack(f'_lambda.Function(self, "A", {ARGUMENTS})')
    (found,) = declared({name: text for name, text in files.items() if name not in left_out})
    assert (found.name, found.code.path, found.template) == ("A", "src", "stacks/album.py")


def beside(*folders: str) -> dict[str, str]:
    """Apps without a cdk.json, each with its stack beside it in some folders."""
    line = f'_lambda.Function(self, "A", {ARGUMENTS.replace("src", "code")})'
    return {
        f"{folder}/{name}": text
        for folder in folders
        for name, text in (
            ("app.py", APP.replace("stacks.album", "album")),
            ("album.py", stack(line)["stacks/album.py"]),
        )
    }


@pytest.mark.parametrize(
    ("apps", "files", "path"),
    [
        (("two",), ("one/code/x.py", "two/code/app.py"), "two/code"),
        (("two",), ("code/app.py", "two/code/app.py"), "two/code"),
        (("two",), ("code/app.py", "one/code/app.py"), "code"),
        (("two",), (), "two/code"),
        (("two",), ("one/code/app.py",), ""),
    ],
)
def test_an_app_without_a_manifest_is_run_in_its_folder(
    apps: tuple[str, ...], files: tuple[str, ...], path: str
) -> None:
    other = {"one/app.py": APP.replace("stacks.album", "album"), **dict.fromkeys(files, "")}
    (found,) = declared({**beside(*apps), **other})
    assert found.code.path == path


def test_the_app_of_a_test_is_run_nowhere() -> None:
    album = beside("lib")["lib/album.py"]
    test = "import aws_cdk as cdk\n\n\ndef test_it():\n    cdk.App()\n"
    app = APP.replace("stacks.album", "lib.album")
    files = {"lib/album.py": album, "infra/app.py": app, "infra/code/app.py": ""}
    (found,) = declared({**files, "tests/test_album.py": test})
    assert found.code.path == "infra/code"


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (("one/code/x.py", "two/code/app.py"), []),
        (("one/code/x.py",), []),
        (("one/code/app.py", "two/code/x.py"), ["two/code has no module app"]),
    ],
)
def test_a_handler_is_looked_for_in_the_folder_of_its_app(
    files: tuple[str, ...], found: list[str]
) -> None:
    code = dict.fromkeys(files, "def handler(event, context):\n    return event\n")
    other = {"one/app.py": APP.replace("stacks.album", "album")}
    reported = check(project({**beside("two"), **other, **code}), [rules()["handler-not-found"]])
    assert [one.message.partition(",")[0] for one in reported] == found


@pytest.mark.parametrize(
    ("record", "expected"),
    [({}, ["A"]), ({"other/common-1.0.dist-info/RECORD": "common/__init__.py,,\n"}, ["${NAME}"])],
    ids=["the project's own", "installed for a function"],
)
def test_what_is_installed_for_functions_is_no_part_of_an_app(
    record: Mapping[str, str], expected: list[str]
) -> None:
    files = stack(f"from common import NAME\n_lambda.Function(self, NAME, {ARGUMENTS})")
    assert names({**files, "other/common/__init__.py": 'NAME = "A"\n', **record}) == expected


def test_a_stack_in_a_folder_of_its_own_takes_the_folder_of_the_app() -> None:
    files = dict(stack(f'_lambda.Function(self, "A", {ARGUMENTS})'))
    del files["cdk.json"]
    (found,) = declared({**files, "stacks/src/x.py": ""})
    assert found.code.path == "src"


@pytest.mark.parametrize(
    "command",
    ["python3 app.py", "uv run app.py", ".venv/bin/python -m app", "poetry run python app.py"],
)
def test_an_app_is_told_by_its_command(command: str) -> None:
    files = stack(f'_lambda.Function(self, "A", {ARGUMENTS})')
    assert names({**files, "cdk.json": MANIFEST.replace("python3 app.py", command)}) == ["A"]


def test_the_stack_itself_is_no_code_of_a_function() -> None:
    files = stack(
        f'_lambda.Function(self, "A", {ARGUMENTS}, timeout=Duration.seconds(3), memory_size=128)'
    )
    text = str(files["stacks/album.py"]).replace(TOP, f"import boto3\n{TOP}") + (
        "\n\ndef handler(event, context):\n    return boto3.client('s3', region_name='eu-west-1')\n"
    )
    assert list(check(project({**files, "stacks/album.py": text}), by_default())) == []


def test_variables_that_are_given_later() -> None:
    found = function(
        "timeout=Duration.seconds(1)",
        'fn.add_environment("A", "1")',
        'if UNKNOWN:\n    fn.add_environment("B", "2")',
    )
    variables = found.environment.variables
    assert variables["A"].only == "1"
    assert [choice.value for choice in variables["B"].choices] == []


LOWER = {
    '_lambda.CfnFunction(self, "A", handler="app.handler", runtime="python3.9", role="r", timeout=5,'
    ' code=_lambda.CfnFunction.CodeProperty(s3_bucket="b", s3_key="k.zip"),'
    ' environment=_lambda.CfnFunction.EnvironmentProperty(variables={"A": "1"}))': (
        CodeKind.REMOTE,
        {"A": "1"},
    ),
    '_lambda.CfnFunction(self, "A", handler="index.handler", runtime="python3.9", role="r", timeout=5,'
    ' code=_lambda.CfnFunction.CodeProperty(zip_file="def handler(event, context): ..."))': (
        CodeKind.INLINE,
        {},
    ),
    'cdk.aws_sam.CfnFunction(self, "A", handler="app.handler", runtime="python3.9", timeout=5,'
    ' code_uri="src", environment={"variables": {"A": "1"}})': (CodeKind.FOLDER, {"A": "1"}),
}


@pytest.mark.parametrize(("line", "expected"), LOWER.items())
def test_a_function_as_cloudformation_has_it(
    line: str, expected: tuple[CodeKind, dict[str, str]]
) -> None:
    (found,) = declared(stack(line))
    kind, variables = expected
    assert (found.runtime.only, found.timeout.only, found.code.kind) == ("python3.9", 5, kind)
    assert {name: value.only for name, value in found.environment.variables.items()} == variables


def test_a_mapping_as_cloudformation_has_it() -> None:
    found = function(
        "timeout=Duration.seconds(3)",
        'queue = sqs.Queue(self, "Q")',
        '_lambda.CfnEventSourceMapping(self, "M", function_name=fn.function_name,'
        " event_source_arn=queue.queue_arn, batch_size=1)",
    )
    (event,) = found.events
    assert (event.kind, event.mapping) == (EventKind.SQS, True)


@pytest.mark.parametrize(
    "line",
    [
        'cdk.aws_cloudfront.experimental.EdgeFunction(self, "A", runtime=_lambda.Runtime.PYTHON_3_13)',
        'cdk.aws_cloudfront.EdgeLambda(function_version=_lambda.Function(self, "A").current_version)',
    ],
)
def test_a_function_at_the_edge(line: str) -> None:
    (found,) = declared(stack(line))
    assert found.edge.only


def test_a_queue_for_what_fails() -> None:
    found = function(
        'dead_letter_queue=sqs.Queue(self, "Lost", queue_name="lost"), vpc=UNKNOWN, '
        "filesystem=UNKNOWN"
    )
    assert found.dead_letter.targets == {"cdk.json#Album/Lost", "lost"}


SAMPLE = f"{TOP.replace('Album', 'Sample')}        _lambda.Function(self, 'Sample', {ARGUMENTS})\n"
OF_ITS_OWN = f"{SAMPLE}\napp = cdk.App()\nSample(app, 'Sample')\n"


@pytest.mark.parametrize("root", ["", "cdk/"])
@pytest.mark.parametrize(
    ("path", "text", "is_read"),
    [
        ("examples/pattern.py", SAMPLE, False),
        ("docs/patterns/pattern.py", SAMPLE, False),
        ("examples/pattern.py", OF_ITS_OWN, True),
        ("more/pattern.py", SAMPLE, True),
    ],
)
def test_a_stack_to_copy_from_declares_nothing_beside_an_app(
    root: str, path: str, text: str, is_read: bool
) -> None:
    files = stack(f'_lambda.Function(self, "A", {ARGUMENTS})')
    moved = {f"{root}{name}": content for name, content in files.items()}
    assert names({**moved, path: text}) == ["A", *(["Sample"] if is_read else [])]
    assert names({path: text}) == ["Sample"]


@pytest.mark.parametrize(
    ("path", "text", "is_read"),
    [
        ("deployment/stacks/album.py", SAMPLE, False),
        ("deployment/stacks/album.py", OF_ITS_OWN, True),
        ("deployment/stacks/other.py", SAMPLE, True),
        ("deployment/album.py", SAMPLE, True),
    ],
)
def test_so_does_the_copy_of_a_stack_that_the_app_has(path: str, text: str, is_read: bool) -> None:
    files = {
        "cdk/cdk.json": '{"app": "python app.py"}',
        "cdk/app.py": "import aws_cdk as cdk\nfrom stacks.album import Album\n"
        "app = cdk.App()\nAlbum(app, 'Album')\n",
        "cdk/stacks/__init__.py": "",
        "cdk/stacks/album.py": f"{TOP}        _lambda.Function(self, 'A', {ARGUMENTS})\n",
    }
    assert names({**files, path: text}) == ["A", *(["Sample"] if is_read else [])]
