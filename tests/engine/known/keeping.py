"""A project that is checked time and again, and what is done of it each time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from lamlint import project as projects
from lamlint.catalog import Catalog
from lamlint.engine.bench import Bench, here
from lamlint.engine.jobs import Found, Job, Work
from lamlint.engine.known.entries import Data
from lamlint.engine.known.keeping import Keeping
from lamlint.engine.scope import Request, scopes
from lamlint.files.asking import Notes, noting
from lamlint.project.subjects import paths
from lamlint.rule import Rule
from lamlint.text import Finding
from tests.checking import TODAY, rules
from tests.command import Folder

KEY = b"a key of somebody"
FUNCTION = """\
  {name}:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      CodeUri: {folder}/
      Handler: app.handler
      Timeout: {timeout}
      MemorySize: 512
"""
HEAD = "Transform: AWS::Serverless-2016-10-31\nResources:\n"
TEMPLATE = (
    HEAD
    + FUNCTION.format(name="One", folder="one", timeout=30)
    + FUNCTION.format(name="Other", folder="other", timeout=30)
)
CODE = """\
import boto3
import near


def handler(event, context):
    return boto3.client("s3").list_buckets(), near.answer()
"""
NEAR = "def answer():\n    return 42\n"
FAR = "import boto3\n\n\ndef answer():\n    return boto3.client('sqs').list_queues()\n"


@dataclass
class Drawer:
    """Keeps what is put into it as a file would."""

    key: bytes = KEY
    basis: str = "this program"
    kept: dict[str, str] = field(default_factory=dict)

    def get(self, root: str) -> Data:
        """What is kept of a project."""
        data: Data = json.loads(self.kept.get(root, "{}"))
        return data

    def put(self, root: str, data: Data) -> None:
        """Keep something of a project."""
        self.kept[root] = json.dumps(data)


@dataclass
class _Watch:
    """Hears which jobs are done."""

    work: Work | None = None
    jobs: list[Job] = field(default_factory=list)

    def enter(self, phase: str) -> None:
        """Something else is done from now on."""

    def done(self, job: Job, _found: Found) -> None:
        """A job is done."""
        self.jobs.append(job)


@dataclass
class Again:
    """A project, and what is kept of it."""

    folder: Folder
    drawer: Drawer = field(default_factory=Drawer)
    bench: Bench = here
    only: Sequence[Rule] = ()

    def check(self) -> Found:
        """What is found with what is kept."""
        return self._check(Keeping(self.bench, self.drawer))[0]

    def fresh(self) -> Found:
        """What is found where nothing is kept."""
        return self._check(here)[0]

    def done(self) -> set[str]:
        """The files of the units and modules that are looked at, and not known."""
        return set(self._check(Keeping(self.bench, self.drawer))[1])

    def _check(self, bench: Bench) -> tuple[Found, Sequence[str]]:
        with noting(Notes(KEY)):
            work = self.work()
            watch = _Watch()
            found = bench(work, watch)
            unread = work.project.unread | found.unread
            plain = replace(found, seconds={}, uses=None, unread=unread)
            return plain, list(_files(work, watch.jobs))

    def work(self) -> Work:
        """All rules on the project as it is now."""
        request = Request(paths=(str(self.folder.path),), today=TODAY, isolated=True)
        (scope,) = scopes(request, rules())
        built = projects.build(scope.tree, scope.targets, Catalog(), TODAY)
        return Work(built, tuple(self.only) or tuple(rules().values()), {})


def _files(work: Work, jobs: Sequence[Job]) -> Iterator[str]:
    """The files of jobs that could be known, each with the kind of its job."""
    for job in jobs:
        kind = job.part.kind.value
        yield from (f"{kind} {path}" for path in paths(work.project, job.part))


def of_rule(found: Found, rule: str) -> list[Finding]:
    """The findings of a rule."""
    return [one for one in found.findings if one.rule == rule]


def again(path: Path) -> Again:
    """A project with two functions, and a script that is none."""
    folder = Folder(path)
    folder.write("template.yaml", TEMPLATE)
    for name in ("one", "other"):
        folder.write(f"{name}/app.py", CODE)
        folder.write(f"{name}/near.py", NEAR)
    folder.write("tools/script.py", "print('done')\n")
    return Again(folder)
