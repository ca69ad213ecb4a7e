"""An environment variable is set that no file of the function's code mentions.

## Why this matters

A variable that nothing reads is a setting that somebody believes in: changing
it does nothing. It also takes its part of the 4 KB that all variables of a
function share. This is an opinion, so the rule is strict: what reads a
variable may lie where lamlint does not look.

The name is looked for, as a whole word, in the text of every file of the
package and its local layers. Left alone are variables that libraries read by
themselves (`POWERTOOLS_…`, `AWS_…`, `DD_…`, `OTEL_…`), those that begin with the
name of a package in requirements.txt, code that reads its environment as a
whole or starts other programs, and functions with which something is installed
that lamlint does not read: a package by its path, its address or an index of
one's own, a wheel, a library, code in another language, a layer by its ARN, or
an import that comes from nowhere.

## Example

```python title="src/app.py"
def handler(event, context):
    return "done"
```

```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src/
      Environment:
        Variables:
          TABLE_NAME: orders
```

## Use instead

```python title="src/app.py"
import os


def handler(event, context):
    return os.environ["TABLE_NAME"]
```

```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src/
      Environment:
        Variables:
          TABLE_NAME: orders
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
"""

from __future__ import annotations

import re
import sys
from collections.abc import Container, Iterator, Sequence

from lamlint.model import CodeKind, Function
from lamlint.packages import NEVER_PACKED, brought, declares, required
from lamlint.project import Project, resolution
from lamlint.python import facts
from lamlint.rule import INFORMATION, Tier, rule
from lamlint.text import Finding, Regex, Related, Source

PREFIXES = (
    "AWS_", "_LAMBDA_", "LAMBDA_", "PYTHON", "POWERTOOLS_", "DD_", "DATADOG_", "OTEL_",
    "OPENTELEMETRY_", "SENTRY_", "NEW_RELIC_", "LUMIGO_", "EPSAGON_", "THUNDRA_", "ELASTIC_APM_",
    "DT_", "PARAMETERS_SECRETS_", "SSM_PARAMETER_STORE_", "SECRETS_MANAGER_", "BOTO_", "DJANGO_",
    "FLASK_", "LD_", "LC_", "NODE_", "REQUESTS_", "SSL_", "CURL_", "GOOGLE_", "RUST_",
    "READINESS_", "HF_", "TRANSFORMERS_", "NUMBA_", "OMP_", "MLFLOW_", "LANGCHAIN_", "LANGSMITH_",
    "OPENAI_", "ANTHROPIC_", "PRISMA_", "GDAL_", "PROJ_",
)  # fmt: skip
"""Of variables that runtimes, extensions and libraries read by themselves."""
NAMES = frozenset(
    {
        "TZ", "LANG", "PATH", "HOME", "TMPDIR", "PORT", "LOG_LEVEL", "ASYNC_INIT", "MPLCONFIGDIR",
        "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "S3_USE_SIGV4", "REDIS_URL",
        "PGHOST", "PGPORT", "PGDATABASE", "PGUSER", "PGPASSWORD", "PGSSLMODE", "PGSSLROOTCERT",
        "PGPASSFILE", "PGSERVICE", "MYSQL_PWD", "MYSQL_HOST", "MYSQL_TCP_PORT", "DATABASE_URL",
    }
)  # fmt: skip
"""Such variables without a prefix of their own."""
_OTHER_CODE = (
    ".sh", ".bash", ".js", ".mjs", ".ts", ".rb", ".pl", ".go", ".jar", ".exe", ".pyc", ".pyd",
    ".so", ".whl", ".zip", ".egg", ".tar", ".gz",
)  # fmt: skip
"""Files that may read variables in ways that lamlint does not know."""
_TEXTS = (".py", ".json", ".yaml", ".yml", ".toml", ".ini", ".cfg", ".conf", ".env", ".txt")
"""Files that may name variables, and must be read."""
_BUILDS = Regex(r"(?:python(?:3\.\d+|-uv))?\Z")
"""SAM's build methods that add nothing but what is asked for."""
_OF_THE_RUNTIME = frozenset(
    {"boto3", "botocore", "s3transfer", "urllib3", "jmespath", "dateutil", "six", "awslambdaric",
     "snapshot_restore_py"}
)  # fmt: skip
_WORD = Regex(r"\w+")
_BY_NAME = Regex(
    r"""\benviron\b\s*(?:\[\s*(['"])\w+\1\s*\]|\.(?:get|setdefault|pop)\(\s*(['"])\w+\2\s*[,)])"""
    r"""|\bgetenv\(\s*(['"])\w+\3\s*[,)]"""
    r"""|(['"])\w+\4\s+(?:not\s+)?in\s+(?:os\.)?environ\b"""
    r"""|^from\s+os\s+import\s+(?:environ|getenv)[ \t]*$""",
    re.MULTILINE,
)
"""Code that takes a variable by its name."""
_AS_A_WHOLE = Regex(
    r"\benvironb?\b|\bgetenvb?\b|\bBaseSettings\b|\benvirons\b|\bdecouple\b|\bdynaconf\b"
    r"|\bdjango\b|\b(?:get|init)_environment_variables\b|\bexpandvars\b|\bsubprocess\b"
    r"|\bos\.(?:system|popen|exec\w+|spawn\w+|posix_spawnp?)\b"
)
"""All else that has to do with the environment: it is taken whole, or by a name that is made."""


@rule(severity=INFORMATION, since="0.1.0", tier=Tier.STRICT)
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Look for the names of the variables in the text of all that the function can import."""
    named = function.environment.names
    wanted = [name for name in named if not name.startswith(PREFIXES) and name not in NAMES]
    if not wanted or not function.python or "AWS_LAMBDA_EXEC_WRAPPER" in named:
        return
    handler = project.handler_of(function)
    if handler is None or not project.resolves(function) or not _layers_are_read(function):
        return
    texts = _texts(function, project)
    if texts is None or any(_AS_A_WHOLE.search(_BY_NAME.sub("", text)) for text in texts):
        return
    words = {word for text in texts for word in _WORD.findall(text)}
    unused = [name for name in wanted if name not in words]
    packages = _packages(function, project) if unused else None
    if packages is None:
        return
    for name in unused:
        if name.partition("_")[0].lower() not in packages:
            yield Finding(
                f"{name} is set, but no file of the function's code mentions it, so changing it "
                "does nothing: remove it, or read it",
                named[name],
                related=(Related(handler.span, f"what runs here reads no {name}"),),
                subjects=(function.name,),
                cause=function.template,
            )


def _layers_are_read(function: Function) -> bool:
    return function.layers_complete and all(
        layer.content is not None and layer.content.kind is CodeKind.FOLDER
        for layer in function.layers
    )


def _folders(function: Function) -> tuple[str, ...]:
    root = resolution.root_of(function)
    return (*(() if root is None else (root,)), *resolution.layer_roots(function))


def _texts(function: Function, project: Project) -> list[str] | None:
    """The text of every file that the function can import; None when one is not to be read.

    A template that lies among the code names the variables without using them.
    """
    inline = function.code.inline
    found = [] if inline is None else [inline.text]
    templates = {other.template for other in project.functions}
    for folder in _folders(function):
        for entry in project.tree.contents(folder, NEVER_PACKED):
            if entry.path.endswith(_OTHER_CODE):
                return None
            source = project.tree.read(entry.path)
            if isinstance(source, Source):
                found.extend(() if entry.path in templates else (source.text,))
            elif entry.path.endswith(_TEXTS):
                return None
    return found or None


def _packages(function: Function, project: Project) -> frozenset[str] | None:
    """The first words of the public packages that are installed with the code, in lower case.

    They may well read variables that begin with their names. None when
    something else may be installed, or is imported and comes from nowhere.
    """
    names: set[str] = set()
    folders = _folders(function)
    for folder in folders:
        names.update(brought(project.tree, folder))
        asked = required(project.tree, folder)
        if asked is None and declares(project.tree, folder) is not None:
            return None
        if asked is not None:
            if asked.unread or asked.indexed or any(one.url for one in asked.requirements):
                return None
            names.update(one.name.lower().replace("_", "-") for one in asked.requirements)
    here = _names_in(folders, project)
    for name in _imported(function, project):
        public = "" if name is None else name.lower().replace("_", "-")
        if not public or (name not in here and not any(public in each for each in names)):
            return None
    if not _BUILDS.match(function.code.build_method):
        return None
    return frozenset(name.partition("-")[0] for name in names)


def _names_in(folders: Sequence[str], project: Project) -> Container[str]:
    """The first names of modules that lie in some folders, or come with Python and Lambda."""
    below = {
        entry.path[len(folder) + 1 if folder else 0 :].partition("/")[0].removesuffix(".py")
        for folder in folders
        for entry in project.tree.contents(folder, NEVER_PACKED)
    }
    return below | _OF_THE_RUNTIME | sys.stdlib_module_names


def _imported(function: Function, project: Project) -> Iterator[str | None]:
    """The first names of what the handler's modules import; None for a module that is not read."""
    for module in project.needed(function):
        found = facts(module.source)
        if not found.taken:
            yield None
            continue
        for one in found.imports:
            if not one.module.startswith("."):
                yield one.module.partition(".")[0]
