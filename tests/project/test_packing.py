"""What a project's scripts pack together is imported together, as if it lay in one folder."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import registry
from lamlint.catalog import Catalog
from lamlint.engine.check import check
from lamlint.model import Function
from lamlint.project import Project, build
from lamlint.project.packing import Packing
from tests.memory import MemoryTree

STS = 'import boto3\n\n\ndef sts():\n    return boto3.client("sts")\n'
CALLS = "\n\ndef lambda_handler(event, context):\n    return sts().get_caller_identity()\n"
FLAT = {"src/handlers/a/app.py": f"from wrap import sts{CALLS}", "src/common/wrap.py": STS}
NAMED = {"src/handlers/a/app.py": f"from common.wrap import sts{CALLS}", "src/common/wrap.py": STS}


def template(code: str, more: str = "", name: str = "app.lambda_handler") -> str:
    return (
        "Transform: AWS::Serverless-2016-10-31\n"
        "Resources:\n"
        "  Fn:\n"
        "    Type: AWS::Serverless::Function\n"
        f"{more}"
        "    Properties:\n"
        f"      CodeUri: {code}\n"
        f"      Handler: {name}\n"
        "      Runtime: python3.13\n"
    )


def read(files: dict[str, str]) -> Project:
    return build(MemoryTree(files), ("",), Catalog(), date(2026, 11, 23))


def found(files: dict[str, str]) -> list[str]:
    """The files in which a connection is found to be built on each invocation."""
    rule = registry.load(plugins=False)["connection-in-handler"]
    return sorted({one.span.path for one in check(read(files), [rule])})


FILLED = [
    "cp -r src/handlers/a/* build/\ncp -r src/common/* build/\n",
    "cp src/handlers/a/app.py build/ && cp src/common/*.py build\n",
    "mkdir -p build; cp -R src/handlers/a/. src/common/. build\n",
    "rsync -a --exclude tests src/handlers/a/ build/\nrsync -a src/common/ build/\n",
    'OUT=build\ncp -r src/handlers/a/* "$OUT"\ncp -r src/common/* ${OUT}/\n',
    'export OUT="$(pwd)/build"\ncp -r src/handlers/a/* $OUT/\ncp -r src/common/* $OUT/\n',
    'cd "$(dirname "$0")"\ncp -r src/handlers/a/* build/\ncp -r src/common/* build/\n',
    'HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" >/dev/null 2>&1 && pwd)"\n'
    'cp -r "$HERE"/src/handlers/a/* "$HERE/build"\ncp -r $HERE/src/common/* "$HERE/build"\n',
    "pushd src/handlers/a\ncp -r * ../../../build\npopd\ncp -r src/common/* build/\n",
    "(cd src/handlers/a && cp -r . ../../../build/)\n(cd src/common; cp *.py ../../build/)\n",
    "for part in handlers/a common; do\n  cp -r src/$part/* build/\ndone\n",
    'PARTS="handlers/a common"\nfor part in $PARTS\ndo\n  cp -r src/$part/* build/\ndone\n',
    "cp -r src/handlers/a /tmp/x\ncp src/common/wrap.py /tmp/x/\ncp -r /tmp/x build\n",
    "if [ -d src ]; then\n  cp -r src/handlers/a/* build/\n  cp -r src/common/* build/\nfi\n",
    "cp -r \\\n  src/handlers/a/* \\\n  src/common/* \\\n  build/\n",
    "cp -r ${SRC:-src}/handlers/a/* ${SRC:-src}/common/* build/\n",
]


@pytest.mark.parametrize("script", FILLED)
@pytest.mark.parametrize("path", ["build.sh", "scripts/build.sh"])
def test_a_folder_that_a_script_fills_holds_what_is_copied(script: str, path: str) -> None:
    if path == "scripts/build.sh":
        script = script.replace('dirname "$0")', 'dirname "$0")/..')
        script = script.replace('BASH_SOURCE[0]}")', 'BASH_SOURCE[0]}")/..')
    assert found({"template.yaml": template("build/"), path: script, **FLAT}) == [
        "src/common/wrap.py"
    ]


LISTED = [
    ("buildspec.yml", "phases:\n  build:\n    commands:\n      - cp -r src/handlers/a/* build/\n"
     "      - cp -r src/common/* build/\n"),
    ("buildspec.yml", "phases:\n  build:\n    commands:\n      - cd src/handlers/a\n"
     "      - cp -r . ../../../build\n      - cd $CODEBUILD_SRC_DIR\n"
     "      - cp -r src/common/* build/\n"),
    (".github/workflows/deploy.yml", "jobs:\n  a:\n    steps:\n      - run: |\n"
     "          cd src/handlers/a\n          cp -r . ../../../build\n"
     "      - run: cp -r src/common/* build/\n"),
    (".github/workflows/deploy.yml", "env:\n  OUT: build\njobs:\n  a:\n    steps:\n"
     "      - run: cp -r src/handlers/a/* src/common/* ${{ env.OUT }}/\n"),
    (".github/workflows/deploy.yml", "jobs:\n  a:\n    steps:\n      - name: pack\n"
     "        working-directory: ./src\n"
     "        run: cp -r handlers/a/* common/* ../build/\n"),
    (".gitlab-ci.yml", "build:\n  script:\n    - cp -r src/handlers/a/* src/common/* build/\n"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "text"), LISTED)
def test_the_steps_of_a_workflow_are_read(path: str, text: str) -> None:
    assert found({"template.yaml": template("build/"), path: text, **FLAT}) == [
        "src/common/wrap.py"
    ]


ARCHIVED = [
    "cd src/handlers/a && zip -r ../../../dist/a.zip .\ncd ../../common && zip -r ../../dist/a.zip .\n",
    "zip -j dist/a.zip src/handlers/a/app.py src/common/wrap.py\n",
    "zip -rj dist/a.zip src/handlers/a/* src/common/* -x '*.pyc'\n",
    "pushd src/handlers/a && zip -qr ../../../dist/a.zip * && popd\n"
    "pushd src/common && zip -qgr ../../dist/a *.py && popd\n",
    "cp -r src/handlers/a/* work/\ncp -r src/common/* work/\ncd work\nzip -r ../dist/a.zip .\n",
    "zip -j a.zip src/handlers/a/app.py src/common/wrap.py\nmv a.zip dist/\n",
]


@pytest.mark.parametrize("script", ARCHIVED)
def test_an_archive_holds_what_is_packed_into_it(script: str) -> None:
    files = {"template.yaml": template("dist/a.zip"), "package.sh": script, **FLAT}
    assert found(files) == ["src/common/wrap.py"]


KEPT = [
    "cp -r src/handlers/a/* build/\ncp -r src/common build/\n",
    "mkdir -p build\ncp src/handlers/a/app.py build\ncp -r src/common build\n",
    "cp -r src/handlers/a/* build/\ncp -r src/common/* build/common/\n",
    "cp -r src/handlers/a/* build/\nrsync -a src/common build/\n",
    "cp -r src/handlers/a build\ncp -r src/common build/common\n",
]


@pytest.mark.parametrize("script", KEPT)
def test_a_folder_that_is_copied_keeps_its_name(script: str) -> None:
    files = {"template.yaml": template("build"), "Makefile": "build:\n" + _tabbed(script)}
    assert found({**files, **NAMED}) == ["src/common/wrap.py"]


MADE = [
    "build:\n\tcp -r src/handlers/a/* build/\n\tcp -r src/common/* build/\n",
    "OUT := build\n\nall:\n\t@cp -r src/handlers/a/* $(OUT)/\n\t-@cp -r src/common/* ${OUT}/\n",
    "SRC = src\nbuild: clean\n\tcd $(SRC)/handlers/a && cp -r . $(CURDIR)/build\n"
    "\tcp -r $(SRC)/common/* build/\n",
    "build/: src\n\tcp -r src/handlers/a/* $@\n\tcp -r src/common/* $@\n",
]


@pytest.mark.parametrize("text", MADE)
def test_the_rules_of_a_makefile_are_read(text: str) -> None:
    assert found({"template.yaml": template("build/"), "Makefile": text, **FLAT}) == [
        "src/common/wrap.py"
    ]


BUILDER = [
    "build-Fn:\n\tcp -r src/handlers/a/* $(ARTIFACTS_DIR)\n\tcp -r src/common/* $(ARTIFACTS_DIR)/\n",
    'build-Fn:\n\tcp src/handlers/a/*.py src/common/*.py "$(ARTIFACTS_DIR)"\n',
    ".PHONY: build-Fn\nbuild-Fn:\n\trsync -r src/handlers/a/ src/common/ ${ARTIFACTS_DIR}\n",
    "OUT = $(ARTIFACTS_DIR)\nbuild-Fn:\n\tcp -r src/handlers/a/. src/common/. $(OUT)\n",
]
METHOD = "    Metadata:\n      BuildMethod: makefile\n"


@pytest.mark.parametrize("text", BUILDER)
@pytest.mark.parametrize("folder", ["", "backend"])
def test_the_rule_of_a_makefile_that_builds_for_sam_is_read(text: str, folder: str) -> None:
    files = {
        f"{folder}/{path}".lstrip("/"): one for path, one in {**FLAT, "Makefile": text}.items()
    }
    files["template.yaml"] = template(folder or ".", METHOD)
    assert found(files) == [f"{folder}/src/common/wrap.py".lstrip("/")]


def test_each_rule_of_a_makefile_is_read_for_its_own_function() -> None:
    text = (
        "build-Other:\n\tcp -r src/handlers/a/* src/common/* $(ARTIFACTS_DIR)\n"
        "build-Fn:\n\tcp -r src/handlers/a/* $(ARTIFACTS_DIR)\n"
    )
    assert found({"template.yaml": template(".", METHOD), "Makefile": text, **FLAT}) == []


@pytest.mark.parametrize(
    "script",
    [
        "cp -r src/common/* src/handlers/a/\n",
        "cp src/common/wrap.py src/handlers/a\n",
        "for one in src/handlers/*; do cp src/common/*.py $one; done\n",
        "for one in src/handlers/*/; do\n  rsync -a src/common/ $one\ndone\n",
        "for name in a b; do (cd src/handlers/$name && cp ../../common/*.py .); done\n",
        "pip install ./src/common --target src/handlers/a --no-deps\n",
        "python3 -m pip install -q -t src/handlers/a ./src/common\n",
    ],
)
def test_what_is_copied_beside_the_code_is_imported(script: str) -> None:
    files = {"template.yaml": template("src/handlers/a"), "deploy.sh": script, **FLAT}
    assert found(files) == ["src/common/wrap.py"]


@pytest.mark.parametrize(
    "script",
    [
        "cp -r src/handlers/a/* src/common/* build/\n",
        "zip -j out.zip src/handlers/a/app.py src/common/wrap.py\n",
        "cd src/common && zip ../../a.zip *.py && cd ../handlers/a && zip ../../../a.zip app.py\n",
        "for name in a; do zip -j $name.zip src/handlers/$name/*.py src/common/*.py; done\n",
    ],
)
def test_code_that_no_template_names_is_packed_with_what_lies_beside_it(script: str) -> None:
    assert found({"deploy.sh": script, **FLAT}) == ["src/common/wrap.py"]


LAYER = (
    "  Shared:\n"
    "    Type: AWS::Serverless::LayerVersion\n"
    "    Properties:\n"
    "      ContentUri: layer/\n"
)


@pytest.mark.parametrize(
    "script",
    [
        "mkdir -p layer/python\ncp -r src/common/* layer/python/\n",
        "mkdir -p layer/python && cp src/common/wrap.py layer/python\n",
        "rsync -a src/common/ layer/python\n",
        "find src/common -name '*.py' -exec cp {} layer/python \\;\n",
        "find src/common -maxdepth 1 -type f ! -name 'test_*' -exec cp {} layer/python/ +\n",
        "find src/common -name wrap.py -exec cp -p {} layer/python/ ';'\n",
    ],
)
def test_what_a_script_puts_into_a_layer_is_imported(script: str) -> None:
    text = template("src/handlers/a") + "      Layers: [!Ref Shared]\n" + LAYER
    files = {"template.yaml": text, "Makefile": f"layer:\n{_tabbed(script)}", **FLAT}
    assert found(files) == ["src/common/wrap.py"]


@pytest.mark.parametrize(
    "script",
    [
        "find ../src/common -name '*.py' ! -name 'test_*' -exec cp {} $OUT/common/ \\;\n",
        "cp ../src/common/wrap.py $OUT/common/\n",
        "cp -r ../src/common $OUT\n",
        "cp ../src/common/wrap.py $OUT/common/wrap.py\n",
    ],
)
def test_a_script_may_lie_in_the_folder_of_the_layer_that_it_fills(script: str) -> None:
    text = template("src/handlers/a") + "      Layers: [!Ref Shared]\n" + LAYER
    lead = "OUT=python\nrm -rf $OUT\nmkdir -p $OUT/common\n"
    files = {"template.yaml": text, "layer/build-layer.sh": lead + script, **NAMED}
    assert found(files) == ["src/common/wrap.py"]
    moved = (lead + script).replace("/common/ ", "/other/ ")
    assert moved == lead + script or not found({**files, "layer/build-layer.sh": moved})


@pytest.mark.parametrize(
    ("script", "known"),
    [
        ("mkdir -p work/src/common\ncp src/common/wrap.py work/src/common/wrap.py\n", True),
        ("cp -r src/common work/src/common\n", True),
        ("cp src/common/wrap.py work/lib/common/wrap.py\n", False),
        ("cp src/common/other.py work/src/common/wrap.py\n", False),
        ("cp src/common/wrap.py elsewhere/src/common/wrap.py\n", False),
    ],
)
def test_a_file_may_keep_the_folders_that_it_is_imported_from(script: str, known: bool) -> None:
    script += "cp src/handlers/a/app.py work/app.py\ncd work && zip -r ../dist/a.zip .\n"
    files = {"build.sh": script, "src/common/other.py": "x = 1\n", **NAMED}
    brought = Packing(MemoryTree(files)).into("dist/a.zip")
    assert any((one.folder, one.name) == ("", "src") for one in brought) is known


NOT_PACKED = [
    "cp -r src/handlers/a/* build/\nfind src/common -name '*.json' -exec cp {} build/ \\;\n",
    "cp -r src/handlers/a/* build/\nfind src/common -name '*.py' -exec rm {} \\;\n",
    "cp -r src/handlers/a/* build/\nfind src/common -name '*.py' | xargs cat\n",
    "cp -r src/handlers/a/* build/\nfind src/common -type d -exec cp {} build \\;\n",
    "cp -r src/handlers/a/* build/\nfind src/common ! -path '*/x/*' -exec cp {} build \\;\n",
    "cp -r src/handlers/a/* build/\nfind src/common ! -name '*.py' -exec cp {} build \\;\n",
    "cp -r src/handlers/a/* build/\n",
    "cp -r src/handlers/a/* build/\n# cp -r src/common/* build/\n",
    "cp -r src/handlers/a/* build/\ncp -r src/common/* built/\n",
    "cp -r src/handlers/a/* build/\ncp -r src/common build/\n",
    "cp -r src/handlers/a/* build/\ncp -r $COMMON/* build/\n",
    "cp -r src/handlers/a/* build/\ncp -r src/common/* $OUT/\n",
    "cp -r src/handlers/a/* build/\ncd $SOMEWHERE\ncp -r src/common/* build/\n",
    "cp -r src/handlers/a/* build/\ncp -r src/common/* /opt/build/\n",
    "cp -r src/handlers/a/* build/\necho cp -r src/common/* build/\n",
    "cp -r src/handlers/a/* build/\ncp -r src/commons/* build/\n",
    "cp -r src/handlers/a/* build/\ncp src/common/other.py build/\n",
    "cp -r src/handlers/a/* build/\ncp -r src/common/* other/common/* build/\n",
]


@pytest.mark.parametrize("script", NOT_PACKED)
def test_what_no_step_surely_packs_with_the_code_is_not_imported(script: str) -> None:
    files = {"other/common/wrap.py": STS, "src/common/other.py": "x = 1\n", **FLAT}
    assert found({"template.yaml": template("build/"), "build.sh": script, **files}) == []


@pytest.mark.parametrize("path", ["b/build.sh", "b/scripts/build.sh", "b/Makefile"])
def test_a_script_of_another_project_fills_that_projects_folder(path: str) -> None:
    script = "all:\n\tcp -r src/handlers/a/* build/\n\tcp -r src/common/* build/\n"
    one = {f"a/{name}": text for name, text in FLAT.items()}
    other = {f"b/{name}": text for name, text in FLAT.items()}
    named = {"a/template.yaml": template("build/"), "b/template.yaml": template("build/")}
    assert found({**one, **other, **named, path: script}) == ["b/src/common/wrap.py"]


def test_two_steps_that_pack_other_code_of_one_name_decide_nothing() -> None:
    script = (
        "cp src/handlers/a/app.py src/common/wrap.py x/\ncp src/handlers/a/app.py z/wrap.py y/\n"
    )
    assert found({"b.sh": script, "z/wrap.py": STS, **FLAT}) == []


def test_a_handler_may_be_brought_to_a_folder_that_is_here() -> None:
    files = {"template.yaml": template("deploy"), "deploy/requirements.txt": "", **FLAT}
    script = "cp src/handlers/a/*.py src/common/*.py deploy/\n"
    assert found({**files, "build.sh": script}) == ["src/common/wrap.py"]


def test_steps_that_lead_in_circles_come_to_an_end() -> None:
    script = "cp -r a/* b/\ncp -r b/* a/\n" * 300 + "for x in 1 2 3; do\n" * 30 + "done\n" * 30
    packing = Packing(MemoryTree({"build.sh": script, "a/x.py": "", "b/y.py": ""}))
    assert {one.folder for one in packing.into("a")} == {"a", "b"}


def test_files_that_are_renamed_again_and_again_come_to_an_end() -> None:
    moved = "".join(f"mv build/{n}.py build/{n + 1}.py\n" for n in range(2_000))
    script = f"cp a/x.py build/0.py\n{moved}zip -j out.zip build/*.py build/2000.py\n"
    files = {"build.sh": script + "mv build/2000.py build/0.py\n", "a/x.py": ""}
    assert Packing(MemoryTree(files)).into("out.zip")


TEN = "[" + "'x', " * 10 + "]"
BOUNDLESS: list[tuple[str, str]] = [
    ("build.py", "p = 'p'\n" + "p = p + p\n" * 40 + "shutil.copy(p, p)\n"),
    ("build.py", "p = 'p'\n" + "p = os.path.join(p, p)\n" * 40 + "shutil.copy(p, p)\n"),
    ("build.py", "p = made()\n" + "p = p + p\n" * 40 + "shutil.copy(p, p)\n"),
    ("build.py", "".join(f"{'  ' * deep}for x in {TEN}:\n" for deep in range(9)) + "  " * 9 + "pass\n"),
    ("build.py", "".join(f"def f{deep}():\n" + f"  f{deep + 1}()\n" * 60 for deep in range(6))),
    ("build.py", "for x in one.rglob('*'):\n" + "  made.write(x)\n" * 3_000),
    ("build.py", "for x in one.rglob('*'):\n" + "  made.write(x)\n" * 3_000 + "made = zipfile.ZipFile('a')\n"),
    ("Makefile", "".join(f"V{at} = {f'$(V{at + 1})' * 40}\n" for at in range(8)) + "all:\n\tcp $(V0) a\n"),
    ("Makefile", "V = $(V)$(V)$(V)\nall:\n\tcp $(V) a\n"),
    ("package.json", '{"scripts": {' + ", ".join(f'"s{at}": ""' for at in range(20_000)) + "}}"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "script"), BOUNDLESS)
def test_a_script_that_would_go_on_without_end_is_left(path: str, script: str) -> None:
    packing = Packing(MemoryTree({path: script, "src/common/wrap.py": STS}))
    assert packing.into("build") == ()


@pytest.mark.parametrize(
    ("path", "script", "line"),
    [
        ("build.ps1", "New-Item `\n  -ItemType Directory x\nCopy-Item src/common/* build\n", 3),
        ("package.json", '{\n"main": "pack",\n"scripts": {\n"x": "",\n"pack": "cp -r src/common/* build"}}', 5),
        ("package.json", '{"scripts": {\n"pack": "x",\n"copy": "cp -r src/common/* build"}}', 3),
        ("build.py", "def pack(name, /, to='build'):\n  shutil.copytree(name, to)\npack('src/common')\n", 2),
        ("build.py", "def pack(name='src/common', /):\n  shutil.copytree(name, 'build')\npack()\n", 2),
    ],
)  # fmt: skip
def test_the_line_that_copies_is_told(path: str, script: str, line: int) -> None:
    packing = Packing(MemoryTree({path: script, "src/common/wrap.py": STS}))
    assert [one.by for one in packing.into("build")] == [f"{path}:{line}"]


def test_the_step_is_told() -> None:
    script = "cp -r src/handlers/a/* build/\ncp -r src/common build/\n"
    built = read({"template.yaml": template("build/"), "build.sh": script, **NAMED})
    function = built.functions[0]
    assert isinstance(function, Function)
    assert built.ties[function.id].why == "build.sh:1 packs it"
    told = built.lookup_of(function).elsewhere["common"]
    assert (told.folder, told.why) == (
        "src",
        "build.sh:2 packs common, which src/handlers/a/app.py imports",
    )


def _tabbed(script: str) -> str:
    return "".join(f"\t{line}\n" for line in script.splitlines())


DECOY = {"old/a/app.py": f"import boto3{CALLS.replace('sts()', 'boto3.client(1)')}"}
ONE = {"src/handlers/a/app.py": STS + CALLS}
FLOW = "jobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n"
IN_OTHER_WORDS: list[tuple[str, str]] = [
    ("package.json", '{"scripts": {"pack": "cd src/handlers/a && zip -r ../../../dist/a.zip ."}}'),
    ("package.json", '{"scripts": {"x": "cd other", "pack": "zip -rj dist/a.zip src/handlers/a/*"}}'),
    ("src/package.json", '{"scripts": {"pack": "cd handlers/a && bestzip ../../../dist/a.zip *"}}'),
    (".github/workflows/a.yml", f"{FLOW}      - working-directory: src/handlers/a\n"
     "        run: zip -r $GITHUB_WORKSPACE/dist/a.zip .\n"),
    (".github/workflows/a.yml", f"{FLOW}      - run: |\n          cd other\n          ls\n"
     "      - run: zip -r ../../../dist/a.zip .\n        working-directory: ./src/handlers/a\n"),
    (".github/workflows/a.yml", "defaults:\n  run:\n    working-directory: src/handlers/a\n" + FLOW +
     "      - run: zip -r ../../../dist/a.zip .\n"),
    ("build.py", "import shutil\nshutil.make_archive('dist/a', 'zip', 'src/handlers/a')\n"),
    ("build.py", "import shutil\nshutil.make_archive(format='zip', base_name='dist/a', root_dir='src/handlers/a')\n"),
    ("scripts/deploy.py", "from pathlib import Path\nfrom shutil import make_archive\n"
     "ROOT = Path(__file__).resolve().parents[1]\n\ndef pack(name):\n"
     "    make_archive(str(ROOT / 'dist' / name), 'zip', ROOT / 'src' / 'handlers' / name)\n\n"
     "def main():\n    for name in ['b', 'a']:\n        pack(name)\n\nif __name__ == '__main__':\n    main()\n"),
    ("tools/package.py", "import os, zipfile\nSOURCE = 'src/handlers/a'\n"
     "with zipfile.ZipFile('dist/a.zip', 'w') as made:\n    for folder, _, names in os.walk(SOURCE):\n"
     "        for name in names:\n            path = os.path.join(folder, name)\n"
     "            made.write(path, os.path.relpath(path, SOURCE))\n"),
    ("build.py", "import zipfile\nfrom pathlib import Path\nsource = Path('src/handlers/a')\n"
     "made = zipfile.ZipFile('dist/a.zip', 'w')\nfor one in sorted(source.rglob('*.py')):\n"
     "    made.write(one, one.relative_to(source))\n"),
    ("build.py", "import shutil\nshutil.copytree('src/handlers/a', 'work')\n"
     "shutil.make_archive('dist/a', 'zip', 'work')\n"),
    ("build.py", "import subprocess\nsubprocess.run(['zip', '-r', '../../../dist/a.zip', '.'],\n"
     "               cwd='src/handlers/a', check=True)\n"),
    ("build.py", "import os\nos.system('cd src/handlers/a && zip -r ../../../dist/a.zip .')\n"),
    ("tasks.py", "from invoke import task\n\n@task\ndef pack(c):\n"
     "    c.run('cd src/handlers/a && zip -r ../../../dist/a.zip .')\n"),
    ("build.ps1", "Compress-Archive -Path src/handlers/a/* -DestinationPath dist/a.zip -Force\n"),
    ("build.ps1", "Compress-Archive src\\handlers\\a\\* dist\\a.zip\n"),
    ("scripts/build.ps1", "$root = Split-Path -Parent $PSScriptRoot\n"
     "$Source = Join-Path $root 'src/handlers/a'\n"
     "Compress-Archive -Path \"$source\\*\" `\n  -DestinationPath (Join-Path $root \"dist/a.zip\")\n"),
    ("build.ps1", "foreach ($name in @('b', 'a')) {\n  Push-Location \"src/handlers/$name\"\n"
     "  Compress-Archive -Path * -DestinationPath \"../../../dist/$name.zip\"\n  Pop-Location\n}\n"),
    ("build.ps1", "Copy-Item -Recurse -Path src/handlers/a/* -Destination work\n"
     "Compress-Archive -Path work/* -DestinationPath dist/a.zip\n"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "script"), IN_OTHER_WORDS)
def test_an_archive_is_packed_in_other_words_than_a_shells(path: str, script: str) -> None:
    files = {"template.yaml": template("dist/a.zip"), path: script, **ONE, **DECOY}
    assert [one.place.path for one in read(files).ties.values()] == list(ONE)


UNPLAIN: list[tuple[str, str]] = [
    ("package.json", '{"scripts": {"pack": "zip -r dist/b.zip src/handlers/a"}}'),
    ("package.json", '{"scripts": ["cd src/handlers/a && zip -r ../../../dist/a.zip ."]}'),
    ("package.json", '{"scripts": '),
    ("build.py", "shutil.make_archive('dist/a', 'tar', 'src/handlers/a')\n"),
    ("build.py", "shutil.make_archive(target, 'zip', 'src/handlers/a')\n"),
    ("build.py", "def broken(:\n"),
    ("app/models.py", "import shutil\nshutil.make_archive('dist/a', 'zip', 'src/handlers/a')\n"),
    ("build.ps1", "Compress-Archive -Path $Other/* -DestinationPath dist/a.zip\n"),
    ("build.ps1", "# Compress-Archive -Path src/handlers/a/* -DestinationPath dist/a.zip\n"),
    (".github/workflows/a.yml", f"{FLOW}      - working-directory: ${{{{ matrix.folder }}}}\n"
     "        run: zip -r $GITHUB_WORKSPACE/dist/a.zip .\n"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "script"), UNPLAIN)
def test_what_is_not_plain_packs_nothing(path: str, script: str) -> None:
    files = {"template.yaml": template("dist/a.zip"), path: script, **ONE}
    packing = Packing(MemoryTree(files))
    assert packing.into("dist/a.zip") == ()


def test_two_scripts_for_one_archive_settle_nothing() -> None:
    script = "import shutil\nshutil.make_archive('dist/a', 'zip', '{}')\n"
    scripts = {"build.py": script.format("src/handlers/a"), "deploy.py": script.format("old/a")}
    packing = Packing(MemoryTree({**scripts, **ONE, **DECOY}))
    assert {one.folder for one in packing.into("dist/a.zip")} == {"src/handlers/a", "old/a"}
    files = {"template.yaml": template("dist/a.zip"), **scripts, **ONE, **DECOY}
    assert not read(files).ties


RENAMED: list[tuple[str, str]] = [
    ("build.sh", "cp src/handlers/a/app.py build/api.py\ncd build && zip -qr ../dist/a.zip .\n"),
    ("build.sh", "mkdir -p build\ncp src/handlers/a/app.py build/\nmv build/app.py build/api.py\n"
     "cd build && zip -qr ../dist/a.zip .\n"),
    ("build.sh", "for one in b a; do\n  cp src/handlers/$one/app.py build/api.py\ndone\n"
     "zip -j dist/a.zip build/api.py\n"),
    ("Makefile", "pack:\n\tcp src/handlers/a/app.py build/api.py\n\tzip -rj dist/a.zip build/*\n"),
    (".github/workflows/a.yml", f"{FLOW}      - run: cp src/handlers/a/app.py build/api.py\n"
     "      - run: zip -j dist/a.zip build/*\n"),
    ("build.py", "import shutil\nshutil.copy('src/handlers/a/app.py', 'build/api.py')\n"
     "shutil.make_archive('dist/a', 'zip', 'build')\n"),
    ("build.py", "import zipfile\nwith zipfile.ZipFile('dist/a.zip', 'w') as made:\n"
     "    made.write('src/handlers/a/app.py', 'api.py')\n"),
    ("build.ps1", "Copy-Item src/handlers/a/app.py build/api.py\n"
     "Compress-Archive -Path build/* -DestinationPath dist/a.zip\n"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "script"), RENAMED)
def test_a_handler_may_be_copied_under_another_name(path: str, script: str) -> None:
    named = template("dist/a.zip", name="api.lambda_handler")
    files = {"template.yaml": named, path: script, **ONE, **DECOY}
    assert [one.place.path for one in read(files).ties.values()] == list(ONE)
    assert set(ONE) <= set(found(files))


def test_a_folder_may_be_copied_under_another_name() -> None:
    script = "cp -r src/handlers/a build/api\ncd build && zip -qr ../dist/a.zip .\n"
    named = template("dist/a.zip", name="api.app.lambda_handler")
    files = {"template.yaml": named, "build.sh": script, **ONE}
    assert [one.place.path for one in read(files).ties.values()] == list(ONE)
    assert found(files) == list(ONE)


@pytest.mark.parametrize(
    "script",
    [
        "cp src/handlers/a/app.py build/other.py\n",
        "cp src/handlers/a/app.py build/inner/api.py\n",
        "cp src/handlers/a/app.py other/api.py\n",
        "cp src/handlers/a/$NAME.py build/api.py\n",
        "cp src/handlers/a/app.py build/api.py\ncp old/a/app.py build/api.py\n",
    ],
)
def test_another_name_than_the_handlers_ties_nothing(script: str) -> None:
    named = template("dist/a.zip", name="api.lambda_handler")
    script += "cd build && zip -qr ../dist/a.zip .\n"
    assert not read({"template.yaml": named, "build.sh": script, **ONE, **DECOY}).ties


def test_what_is_copied_under_another_name_is_no_import_of_its_own_name() -> None:
    script = "cp -r src/handlers/a/* build/\ncp src/common/wrap.py build/rewrap.py\n"
    files = {"template.yaml": template("build/"), "other/common/wrap.py": STS, **FLAT}
    assert found({**files, "build.sh": script}) == []
    assert found({**files, "build.sh": script.replace("rewrap", "wrap")}) == ["src/common/wrap.py"]
