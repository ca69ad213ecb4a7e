"""Projects that are too large, and projects that only look so."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from lamlint import registry
from lamlint.engine.check import check
from lamlint.text import Severity
from tests.packages.projects import MEGABYTE, TEMPLATE, archive, project, wheel

SITE = ".venv/lib/python3.12/site-packages"
HASH = "--hash=sha256:00"
EXPORT = "build:\n\tuv export -o src/requirements.txt\n"


def layered(*names: str, properties: str = "") -> str:
    """A function with layers of local content."""
    listed = ", ".join(f"!Ref {name}" for name in names)
    return f"{TEMPLATE}      Layers: [{listed}]\n" + "".join(
        f"  {name}:\n    Type: AWS::Serverless::LayerVersion\n    Properties:\n"
        f"      ContentUri: layers/{name.lower()}/\n{properties}"
        for name in names
    )


def pylock(**sizes: int) -> str:
    """A lock of wheels for everything that can be imported, without what needs what."""
    return 'lock-version = "1.0"\n' + "".join(
        f'[[packages]]\nname = "{name}"\nversion = "2.0"\n'
        f"wheels = [{wheel(f'{name}-2.0', 'py3-none-any', size * 1_000_000)}]\n"
        for name, size in sizes.items()
    )


def uv_lock(name: str, size: int, *, extra: str = "", group: str = "", marker: str = "") -> str:
    """A lock of a project that needs one distribution, or only with an extra or in a group."""
    need = f'{{ name = "{name}", marker = "{marker}" }}' if marker else f'{{ name = "{name}" }}'
    where = "dependencies = [{}]"
    if extra:
        where = f"[package.optional-dependencies]\n{extra} = [{{}}]"
    if group:
        where = f"[package.dev-dependencies]\n{group} = [{{}}]"
    return (
        'version = 1\n[[package]]\nname = "shop"\nversion = "1"\nsource = { virtual = "." }\n'
        + where.format(need)
        + f'\n[[package]]\nname = "{name}"\nversion = "2.0"\n'
        + f"wheels = [{wheel(f'{name}-2.0', 'py3-none-any', size * 1_000_000)}]\n"
    )


def installed(name: str, version: str, megabytes: int, **more: str) -> dict[str, str]:
    """A distribution in the virtual environment."""
    folder = f"{SITE}/{name}-{version}.dist-info"
    return {
        ".venv/pyvenv.cfg": "",
        f"{folder}/METADATA": f"Name: {name}\nVersion: {version}\n{more.get('head', '')}",
        f"{folder}/RECORD": f"{name}/all.so,sha256=00,{megabytes * MEGABYTE}\n",
        **({f"{folder}/direct_url.json": more["origin"]} if "origin" in more else {}),
    }


BY_UV = f"{TEMPLATE.replace('src/', '.')}    Metadata:\n      BuildMethod: python-uv\n"
PROJECT = '[project]\nname = "shop"\nversion = "1"\ndependencies = ["torch"]\n'


@dataclass(frozen=True)
class Case:
    """A project: its files, and those of which only the size matters, in megabytes."""

    files: Mapping[str, str | bytes] = field(default_factory=dict)
    megabytes: Mapping[str, float] = field(default_factory=dict)

    @property
    def severities(self) -> list[Severity | None]:
        """How severe the findings are."""
        sizes = {path: round(size * MEGABYTE) for path, size in self.megabytes.items()}
        found = check(project(self.files, sizes), [registry.load()["package-too-large"]])
        return [finding.severity for finding in found]


TOO_LARGE = {
    "a build": Case(megabytes={".aws-sam/build/Report/torch/lib.so": 251}),
    "a model in the source": Case(megabytes={"src/models/large.bin": 251}),
    "tests in the code's folder are packed": Case(
        megabytes={"src/tests/data.json": 130, "src/app/model.bin": 130}
    ),
    "what is vendored in the source": Case(
        {"src/requirements.txt": "torch\n"},
        {"src/torch-2.0.dist-info/RECORD": 1, "src/torch/lib.so": 251},
    ),
    "an archive": Case(
        {
            "template.yaml": TEMPLATE.replace("src/", "dist/a.zip"),
            "dist/a.zip": archive({"torch/lib.so": 250 * MEGABYTE, "torch/more.so": MEGABYTE}),
        }
    ),
    "a layer alone": Case(
        {"template.yaml": layered("Torch")}, {"layers/torch/python/torch/lib.so": 251}
    ),
    "a layer that is an archive": Case(
        {
            "template.yaml": layered("Torch").replace("layers/torch/", "layers/torch.zip"),
            "layers/torch.zip": archive({"python/torch/lib.so": 251 * MEGABYTE}),
        }
    ),
    "five layers that are small one by one": Case(
        {"template.yaml": layered("A", "B", "C", "D", "E")},
        {f"layers/{name}/python/{name}.so": 51 for name in "abcde"},
    ),
    "a layer that SAM builds from requirements": Case(
        {
            "template.yaml": layered(
                "Torch", properties="    Metadata:\n      BuildMethod: python3.12\n"
            ),
            "layers/torch/requirements.txt": f"torch {HASH}\n",
            "pylock.toml": pylock(torch=170),
        }
    ),
    "requirements by a lock": Case(
        {"src/requirements.txt": f"torch {HASH}\n", "pylock.toml": pylock(torch=170, scipy=999)}
    ),
    "one requirement of two, when it is enough": Case(
        {"src/requirements.txt": "torch\nduckdb\n", "pylock.toml": pylock(torch=170)}
    ),
    "a project that uv builds": Case(
        {"template.yaml": BY_UV, "pyproject.toml": PROJECT, "uv.lock": uv_lock("torch", 170)}
    ),
    "a member of a workspace that uv builds": Case(
        {
            "services/template.yaml": BY_UV,
            "services/app.py": "",
            "services/pyproject.toml": PROJECT,
            "uv.lock": uv_lock("torch", 170),
        }
    ),
    "requirements by what is installed": Case(
        {"src/requirements.txt": "torch>=2\n", **installed("torch", "2.8.0", 251)}
    ),
    "what the requirements need in turn": Case(
        {
            "src/requirements.txt": "whisper\n",
            **installed("whisper", "1.0", 1, head="Requires-Dist: torch>=2\n"),
            **installed("torch", "2.8.0", 251),
        }
    ),
    "the SDK, when it is bundled": Case(
        {"src/requirements.txt": "boto3\n", **installed("boto3", "1.44.5", 251)}
    ),
    "inline code with a layer": Case(
        {
            "template.yaml": layered("Torch").replace("CodeUri: src/", "InlineCode: pass"),
        },
        {"layers/torch/python/torch/lib.so": 251},
    ),
    "remote code with a layer": Case(
        {"template.yaml": layered("Torch").replace("src/", "s3://bucket/key")},
        {"layers/torch/python/torch/lib.so": 251},
    ),
}

FINE = {
    "exactly the share": Case(megabytes={".aws-sam/build/Report/torch/lib.so": 224.9}),
    "a build that is small, whatever the requirements": Case(
        {"src/requirements.txt": "torch\n", "pylock.toml": pylock(torch=999)},
        {".aws-sam/build/Report/app.py": 1},
    ),
    "a repository in the code's folder": Case(megabytes={"src/.git/objects/pack/a.pack": 999}),
    "caches and environments in the code's folder": Case(
        {"src/env/pyvenv.cfg": ""},
        {
            "src/env/lib/python3.12/site-packages/torch/lib.so": 999,
            "src/.venv/lib/python3.12/site-packages/torch/lib.so": 999,
            "src/__pycache__/app.cpython-312.pyc": 999,
            "src/.mypy_cache/3.12/cache.db": 999,
            "src/node_modules/aws-cdk/lib.js": 999,
            "src/cdk.out/asset.00/lib.so": 999,
        },
    ),
    "files beside the code's folder": Case(megabytes={"data/training.csv": 999, "model.bin": 999}),
    "a lock beside the code's folder": Case({"pylock.toml": pylock(torch=999)}),
    "a project that pip builds": Case(
        {
            "template.yaml": TEMPLATE.replace("src/", "."),
            "app.py": "",
            "pyproject.toml": PROJECT,
            "uv.lock": uv_lock("torch", 999),
        }
    ),
    "a group for developers": Case(
        {"template.yaml": BY_UV, "pyproject.toml": PROJECT}
        | {"uv.lock": uv_lock("torch", 999, group="dev")}
    ),
    "an extra that nothing asks for": Case(
        {"template.yaml": BY_UV, "pyproject.toml": PROJECT}
        | {"uv.lock": uv_lock("torch", 999, extra="gpu")}
    ),
    "a dependency on another system": Case(
        {"template.yaml": BY_UV, "pyproject.toml": PROJECT}
        | {"uv.lock": uv_lock("torch", 999, marker="sys_platform == 'win32'")}
    ),
    "a requirement for another Python": Case(
        {
            "src/requirements.txt": "torch; python_version < '3.12'\n",
            "pylock.toml": pylock(torch=999),
        }
    ),
    "a lock of another version": Case(
        {"src/requirements.txt": "torch==1.13.1\n", "pylock.toml": pylock(torch=999)}
    ),
    "another version is installed": Case(
        {"src/requirements.txt": "torch<2\n", **installed("torch", "2.8.0", 999)}
    ),
    "an editable installation": Case(
        {
            "src/requirements.txt": "shared\n",
            **installed(
                "shared", "1.0", 999, origin=json.dumps({"dir_info": {"editable": True}, "url": ""})
            ),
        }
    ),
    "something else is installed": Case(
        {"src/requirements.txt": "requests\n"}
        | installed("torch", "2.8.0", 999)
        | installed("requests", "2.34.2", 1)
    ),
    "an estimate whose low end is fine": Case(
        {"src/requirements.txt": f"torch {HASH}\n", "pylock.toml": pylock(torch=140)}
    ),
    "requirements of which nothing is known": Case({"src/requirements.txt": "torch\ntensorflow\n"}),
    "requirements in a lock that has no sizes": Case(
        {
            "src/requirements.txt": "torch\n",
            "poetry.lock": '[[package]]\nname = "torch"\nversion = "2.8.0"\nfiles = []\n',
        }
    ),
    "an image": Case(
        {"template.yaml": TEMPLATE.replace("CodeUri: src/", "PackageType: Image")},
        {"src/model.bin": 999},
    ),
    "a layer that is only an ARN": Case(
        {"template.yaml": f"{TEMPLATE}      Layers: ['arn:aws:lambda:eu-west-1:1:layer:deps:1']\n"}
    ),
    "a layer of another function": Case(
        {"template.yaml": layered("Torch").replace("Layers: [!Ref Torch]", "Layers: []")},
        {"layers/torch/python/torch/lib.so": 999},
    ),
    "code that a makefile builds": Case(
        {"template.yaml": f"{TEMPLATE}    Metadata:\n      BuildMethod: makefile\n"},
        {"src/model.bin": 999},
    ),
    "code that SAM is told not to build": Case(
        {
            "template.yaml": f"{TEMPLATE}    Metadata: {{SkipBuild: true}}\n",
            "src/requirements.txt": f"torch {HASH}\n",
            "pylock.toml": pylock(torch=999),
        }
    ),
    "the build of a function by that name in another template": Case(
        {"services/template.yaml": TEMPLATE, "services/src/main.py": ""},
        {".aws-sam/build/Report/app.py": 1, "template/x.bin": 999},
    ),
}


@pytest.mark.parametrize("name", TOO_LARGE)
def test_too_large(name: str) -> None:
    assert TOO_LARGE[name].severities == [Severity.ERROR]


@pytest.mark.parametrize("name", FINE)
def test_fine(name: str) -> None:
    assert FINE[name].severities == []


def test_what_a_script_exports_is_a_warning() -> None:
    exported = Case({"pylock.toml": pylock(torch=170), "Makefile": EXPORT})
    assert exported.severities == [Severity.WARNING]


def test_nearly_too_large_is_a_warning() -> None:
    nearly = Case(megabytes={".aws-sam/build/Report/torch/lib.so": 225.1})
    assert nearly.severities == [Severity.WARNING]
