"""What is looked for in vain is not named in the cache: a name may be made from a secret."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

import pytest

from lamlint.cache.same import same
from lamlint.cache.veiled import veiled
from lamlint.files import asking
from lamlint.files.asking import Notes, noting
from lamlint.files.missing import Names
from tests.cache.caching import TEMPLATE, age, remembered

TOKEN = "ghp_16C7e42F292c6912E7710c838347Ae178B4a"
PASSWORD = "Quokkaville77xQz"
IMAGE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Properties: {PackageType: Image}
    Metadata: {Dockerfile: Dockerfile, DockerContext: src, DockerTag: python3.13}
"""
DOCKERFILE = """\
FROM public.ecr.aws/lambda/python:3.13
%s
COPY app.py /var/task/
CMD ["app.handler"]
"""
OF_PARAMETER = f"""\
Transform: AWS::Serverless-2016-10-31
Parameters:
  ApiToken: {{Type: String, Default: {TOKEN}}}
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Properties: {{Runtime: python3.13, CodeUri: !Ref ApiToken, Handler: app.handler}}
"""
LAYER = f"""\
{TEMPLATE}
      Layers: [!Ref Shared]
  Shared:
    Type: AWS::Serverless::LayerVersion
    Properties: {{ContentUri: ./{TOKEN}/layer, CompatibleRuntimes: [python3.13]}}
"""
SERVERLESS = f"""\
service: hello
frameworkVersion: "3"
provider: {{name: aws, runtime: python3.13}}
custom:
  api_token: {TOKEN}
  more: ${{file(./conf.${{self:custom.api_token}}.yml)}}
functions:
  hello: {{handler: src/app.handler, description: "${{self:custom.more.text, 'none'}}"}}
"""
TERRAFORM = f"""\
variable "token" {{ default = "{TOKEN}" }}
resource "aws_lambda_function" "hello" {{
  function_name = "hello"
  role          = "arn:aws:iam::123456789012:role/hello"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "${{path.module}}/${{var.token}}.zip"
}}
"""
MODULE = f"""\
module "hello" {{
  source = "./{TOKEN}"
}}
"""
CASES = {
    "requirements": {"src/requirements.txt": f"-r https://u:{TOKEN}@h/req.txt\n"},
    "a plain password": {"src/requirements.txt": f"-r https://u:{PASSWORD}@h/req.txt\n"},
    "constraints": {"src/requirements.txt": f"-c ../{TOKEN}/../req.txt\nboto3\n"},
    "outside": {"src/requirements.txt": f"-r ../../../{TOKEN}/req.txt\n"},
    "add": {
        "template.yaml": IMAGE,
        "src/Dockerfile": DOCKERFILE % f"ADD https://u:{TOKEN}@h/x.tgz /var/task/",
    },
    "copy": {
        "template.yaml": IMAGE,
        "src/Dockerfile": DOCKERFILE % f"ARG TOKEN={TOKEN}\nCOPY ${{TOKEN}} /var/task/",
    },
    "parameter": {"template.yaml": OF_PARAMETER},
    "layer": {"template.yaml": LAYER},
    "serverless": {"template.yaml": "", "serverless.yml": SERVERLESS},
    "terraform": {"template.yaml": "", "main.tf": TERRAFORM},
    "module": {"template.yaml": "", "main.tf": MODULE},
    "code": {"src/app.py": f'def handler(event, context):\n    open("{TOKEN}.json")\n'},
    ".env": {"src/.env": f"API_TOKEN={TOKEN}\n"},
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("form", ["full", "json"])
def test_no_file_of_the_cache_holds_it(tmp_path: Path, case: str, form: str) -> None:
    project = remembered(tmp_path)
    for path, text in CASES[case].items():
        project.folder.write(path, text)
    asked = ("--output-format", form)
    fresh = project.fresh(*asked)
    assert project.check(*asked) == fresh
    assert project.recalls(*asked)
    age(project.folder.path)
    assert project.check(*asked) == fresh
    less = ("--ignore", "hardcoded-secret", *asked)
    assert project.check(*less) == project.fresh(*less)
    kept = b"".join(file.read_bytes() for file in project.cache.rglob("*") if file.is_file())
    assert kept
    for secret in (TOKEN, PASSWORD):
        assert secret.encode() not in kept


NOWHERE = ("new/deep/file", "src/new.py", "src/app.py/below", "ünder/wegs", "loop/file", "gone")


def noted(folder: Path) -> Notes:
    """The notes of all that may be asked about what is not there."""
    notes = Notes(b"key")
    with noting(notes):
        for path in (str(folder / name) for name in NOWHERE):
            asking.exists(path)
            asking.is_folder(path)
            asking.refused(path)
            asking.real(path)
            asking.importable(path)
            with contextlib.suppress(OSError):
                asking.entries(path)
    return notes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return remembered(tmp_path).folder.path


def test_notes_of_what_is_missing_name_nothing_of_it(folder: Path) -> None:
    kept = veiled(noted(folder))
    assert kept is not None
    assert not any(word in repr(kept) for word in ("new", "deep", "below", "ünder", "loop", "gone"))
    assert veiled(kept) == kept


def _holds(notes: Notes | None, since: int = 1 << 62) -> bool:
    return notes is not None and same(notes, since) is not None


@pytest.mark.parametrize("since", [1 << 62, 0], ids=["older", "younger"])
@pytest.mark.parametrize("name", ["new", "src/new.py", "ünder", "gone", "GONE", "loop"])
def test_what_comes_is_seen(folder: Path, since: int, name: str) -> None:
    kept = veiled(noted(folder))
    (folder / "src/other.py").write_text("")
    (folder / "other").write_text("")
    assert _holds(kept, since)
    (folder / name).mkdir()
    assert not _holds(kept, since)


def test_a_link_to_nothing_comes_too(folder: Path) -> None:
    kept = veiled(noted(folder))
    (folder / "gone").symlink_to("nowhere")
    assert not _holds(kept)


def test_what_was_a_file_becomes_a_folder(folder: Path) -> None:
    kept = veiled(noted(folder))
    (folder / "src/app.py").unlink()
    (folder / "src/app.py").mkdir()
    assert not _holds(kept)


def test_what_came_or_went_meanwhile_is_not_kept(folder: Path) -> None:
    notes = noted(folder)
    (folder / "new").mkdir()
    assert _holds(veiled(notes))  # what was asked for is missing still
    (folder / "gone").mkdir()
    assert not _holds(veiled(notes))
    went = Notes(b"key")
    with noting(went):
        asking.real(str(folder / "src/app.py"))
        assert asking.mode(str(folder / "src/app.py"))
    (folder / "src/app.py").unlink()
    assert veiled(went) is None


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such modes")
def test_a_folder_that_may_not_be_entered_tells_nothing(folder: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("the superuser may enter all")
    (folder / "src").chmod(0o600)
    try:
        kept = veiled(noted(folder))
        assert _holds(kept)
        (folder / "src").chmod(0o700)
        assert not _holds(kept)
    finally:
        (folder / "src").chmod(0o700)


def test_other_ways_to_write_a_name_count_unless_they_are_there() -> None:
    names = Names(("Gone", "ünder"), b"key")
    assert Names(("GONE",), b"key").tokens.isdisjoint({names.token("gone")})
    assert names.token("NEW") in Names(("new",), b"key").tokens
    assert names.token("gone") in Names(("gone",), b"key").tokens
    assert names.token("gone") not in names.tokens
    assert names.token("new") != Names((), b"other").token("new")


def test_a_requirement_that_comes_changes_what_is_told(tmp_path: Path) -> None:
    project = remembered(tmp_path)
    project.folder.write("src/requirements.txt", "-r more.txt\n")
    project.check()
    assert project.recalls()
    project.folder.write("src/more.txt", "requests==2.0.0\n")
    assert not project.recalls()
    assert project.check() == project.fresh()
