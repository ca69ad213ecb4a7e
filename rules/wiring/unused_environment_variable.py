"""An environment variable is set that no file of the function's code mentions.

## Why this matters

A variable that nothing reads is a setting that somebody believes in: changing
it does nothing. It also takes its part of the 4 KB that all variables of a
function share. This is an opinion, so the rule is strict: what reads a
variable may lie where lamlint does not look.

The name is looked for, as a whole word, in the text of every file of the
package and its local layers. Left alone are variables that libraries read by
themselves (`POWERTOOLS_…`, `AWS_…`, `DD_…`, `OTEL_…`), code that reads its
environment as a whole, and functions with which something is installed that
lamlint does not read: a package by its path or address, a wheel, a library.

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
from collections.abc import Iterator

from lamlint import resolution
from lamlint.model import Function
from lamlint.project import Project
from lamlint.rule import INFORMATION, Tier, rule
from lamlint.text import Finding, Source

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
_READING = (
    ".py", ".json", ".yaml", ".yml", ".toml", ".ini", ".cfg", ".sh", ".js",
    ".pyc", ".so", ".whl", ".zip", ".egg",
)  # fmt: skip
"""Files that may read a variable, whether or not lamlint can read them."""
AS_A_WHOLE = re.compile(
    r"\bBaseSettings\b|\benvirons\b|\bdecouple\b|\bdynaconf\b|\bdjango\b|\bget_environment_variables\b"
    r"|\bos\.environ\b(?!\s*(?:\[\s*['\"]|\.get\(\s*['\"]|\.setdefault\(\s*['\"]|\.pop\(\s*['\"]))"
    r"|\bgetenv\((?!\s*['\"])|\bfrom\s+os\s+import\b[^\n]*\benviron\b"
)
"""Code that takes the environment as a whole, or a variable by a name that it makes."""


@rule(severity=INFORMATION, since="0.1.0", tier=Tier.STRICT)
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Look for the names of the variables in the text of all that the function can import."""
    if not function.environment.names or project.handler_of(function) is None:
        return
    if not function.layers_complete or any(layer.content is None for layer in function.layers):
        return
    if any(_installs_unread(folder, project) for folder in _folders(function)):
        return
    texts = _texts(function, project)
    if texts is None or any(AS_A_WHOLE.search(text) for text in texts):
        return
    for name, place in function.environment.names.items():
        if name.startswith(PREFIXES) or name in NAMES:
            continue
        word = re.compile(rf"(?<![A-Za-z0-9_]){re.escape(name)}(?![A-Za-z0-9_])")
        if any(word.search(text) for text in texts):
            continue
        yield Finding(
            f"{name} is set, but no file of the function's code mentions it: "
            "changing it does nothing",
            place,
            subjects=(function.name,),
        )


def _folders(function: Function) -> tuple[str, ...]:
    root = resolution.root_of(function)
    return () if root is None else (root, *resolution.layer_roots(function))


def _installs_unread(folder: str, project: Project) -> bool:
    """Whether something is installed with the code that is no public package, or may be none."""
    from lamlint.packages.requirements import declares, required

    wanted = required(project.tree, folder)
    if wanted is None:
        return declares(project.tree, folder) is not None
    return bool(wanted.unread) or any(one.url for one in wanted.requirements)


def _texts(function: Function, project: Project) -> list[str] | None:
    """The text of every file that the function can import; None when one is not to be read."""
    if function.code.inline is not None:
        return [function.code.inline.text]
    folders = _folders(function)
    if not folders:
        return None
    found: list[str] = []
    for folder in folders:
        for entry in project.tree.contents(folder, ("__pycache__", ".git")):
            source = project.tree.read(entry.path)
            if isinstance(source, Source):
                found.append(source.text)
            elif entry.path.endswith(_READING):
                return None
    return found
