"""An environment variable is set that no file of the function's code mentions.

## Why this matters

A variable that nothing reads is a setting that somebody believes in: changing
it does nothing. It also takes its part of the 4 KB that all variables of a
function share. This is an opinion, so the rule is strict: what reads a
variable may lie where lamlint does not look.

The name is looked for in the text of every file of the package and its local
layers. Prefixes that libraries read by themselves (`POWERTOOLS_`, `AWS_`,
`DD_`, `OTEL_`, …) are left alone, and so is code that reads its environment
as a whole.

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
    "AWS_", "LAMBDA_", "PYTHON", "POWERTOOLS_", "DD_", "DATADOG_", "OTEL_", "OPENTELEMETRY_",
    "SENTRY_", "NEW_RELIC_", "LUMIGO_", "EPSAGON_", "THUNDRA_", "ELASTIC_APM_", "DT_", "SSM_",
    "PARAMETERS_SECRETS_", "BOTO_", "S3_USE_", "DJANGO_", "FLASK_", "LD_", "NODE_", "HTTP_",
    "HTTPS_", "NO_PROXY", "REQUESTS_", "SSL_", "CURL_", "GOOGLE_", "LOG_LEVEL", "TZ", "LANG",
    "PATH", "HOME", "TMPDIR", "PORT", "RUST_", "READINESS_", "ASYNC_", "HF_", "TRANSFORMERS_",
    "MPLCONFIGDIR", "NUMBA_", "OMP_", "MLFLOW_", "LANGCHAIN_", "OPENAI_", "ANTHROPIC_", "DB_",
    "PG", "MYSQL_", "REDIS_",
)  # fmt: skip
"""Read by the runtime, by extensions, or by libraries that are not part of the code."""
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
    texts = _texts(function, project)
    if texts is None or any(AS_A_WHOLE.search(text) for text in texts):
        return
    for name, place in function.environment.names.items():
        if name.startswith(PREFIXES) or any(name in text for text in texts):
            continue
        yield Finding(
            f"{name} is set, but no file of the function's code mentions it: "
            "changing it does nothing",
            place,
            subjects=(function.name,),
        )


def _texts(function: Function, project: Project) -> list[str] | None:
    """The text of every file that the function can import; None when one is not to be read."""
    if function.code.inline is not None:
        return [function.code.inline.text]
    root = resolution.root_of(function)
    if root is None:
        return None
    found: list[str] = []
    for folder in (root, *resolution.layer_roots(function)):
        for path in project.tree.sources(folder):
            source = project.tree.read(path)
            if isinstance(source, Source):
                found.append(source.text)
            elif path.endswith((".py", ".json", ".yaml", ".yml", ".toml", ".ini", ".sh")):
                return None
    return found
