"""A secret is filled into an environment variable when the function is deployed.

## Why this matters

`NoEcho`, `{{resolve:secretsmanager:…}}` and the Parameter Store keep a secret out of
the repository. But the deployment writes it out: as a variable it stands in
clear in the console and in the answer to `lambda:GetFunctionConfiguration`, which far
more people and tools may call than may read the secret, and in every published version; where
the function has a key of its own (`KmsKeyArn`), in clear to those who may decrypt with it. When
the secret is rotated, the function keeps the old one until it is deployed again.

A parameter without `NoEcho` is shown beside the stack besides, to all who may describe it.

Told are hidden parameters (but for what is public, addresses other than those of databases, and
hashes by their name and `AllowedPattern`, which are compared with others and tell nothing back,
unless they are of a password), parameters of a template that are not hidden and have no default,
where they and their variable are named like a secret, secrets of Secrets Manager (but for fields
such as `username` or `host`), and parameters of the store whose name, or whose variable's, is
that of a secret. Settings that are read from the store so are fine. So is the name of a
secret: what is filled in is called a name, an ARN or a path where it is kept
(`/orders/db-password/name`), or the code of the function asks Secrets Manager or the
Parameter Store for what the variable names (`get_secret_value(SecretId=…)`).
Those of one template are one finding that lists them.

## Example

```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      Environment:
        Variables:
          DB_PASSWORD: "{{resolve:secretsmanager:orders-db:SecretString:password}}"
```

## Use instead

Give the function the name of the secret and the right to read it, and let the
code read it where it is kept for later invocations, for some minutes.

```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      Environment:
        Variables:
          DB_SECRET_NAME: orders-db
      Policies:
        - AWSSecretsManagerGetSecretValuePolicy:
            SecretArn: arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders-db-a1b2c3
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
- https://docs.aws.amazon.com/lambda/latest/dg/with-secrets-manager.html
- https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
- https://cwe.mitre.org/data/definitions/526.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.model import Function, Resolved, Store, Symbol, Variable
from lamlint.project import Project
from lamlint.rule import WARNING, rule
from lamlint.secrets import names_secret
from lamlint.text import Finding, Regex

_KEPT = "keep it there, and let the code read it by its name"
_HIDDEN = "keep it in Secrets Manager or SSM, and let the code read it from there"
"""No code can ask for what a parameter of a stack is given."""
_GIVEN = frozenset({Store.HIDDEN, Store.SHOWN})
_ONLY_CALLED_SO = Regex(r"(?i)(?!.*(?:client|jwt|signing|webhook|session|hmac|shared|app)).*secret")
"""Names of parameters that are given the name of a secret as often as the secret."""
_NO_SECRET = Regex(
    r"(?i)(?:.*[-_.])?(?:user(?:name)?|host(?:name)?|port|db(?:name)?|database|engine|region|url|uri"
    r"|endpoint|arn|id|name|email|domain|address|type|version|schema|account|bucket|topic|queue"
    r"|dbinstanceidentifier|dbclusteridentifier|origins?|mode|enabled|timeout|prefix|suffix|branch"
    r"|repo|repository|org|organization|tenant|environment|env|stage|index|collection|table|path"
    r"|public[-_]?key)"
)
"""What lies beside a secret, and is none: fields, and what else stores and parameters hold."""
_CONNECTS = Regex(
    r"(?i)(?:.*[-_.])?(?:mongo(?:db)?|database|db|postgres(?:ql)?|pg|mysql|redis|amqp|rabbitmq)"
    r"[-_.]?(?:url|uri|dsn)"
)
"""The address of a database, in which its password stands, if somebody hides it."""
_POINTS = Regex(r"(?i).*_(?:arn|name|path)")
"""A variable that says where something is."""
_SAYS_WHERE = Regex(r"(?:.*[-_./])?(?:arn|name|path|ARN|NAME|PATH)|.*[a-z0-9](?:Arn|ARN|Name|Path)")
"""What is kept, or given, that says where a secret is."""
_ASKED_BY = {
    "aws_lambda_powertools.utilities.parameters.get_parameter": ("name", 0),
    "aws_lambda_powertools.utilities.parameters.get_secret": ("name", 0),
    "boto3.client.describe_secret": ("SecretId", None),
    "boto3.client.get_parameter": ("Name", None),
    "boto3.client.get_secret_value": ("SecretId", None),
}
"""Who is asked for a secret by its name, and the argument that this is."""


@rule(severity=WARNING, since="0.1.0", security=5.5)
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Look at what the deployment fills in from where secrets are kept."""
    found = {
        name: source
        for name, sources in function.environment.resolved.items()
        for source in [source for source in sources if _is_secret(name, source)][:1]
    }
    names = _names(function, project) if found else frozenset()
    for name, source in found.items():
        if name not in names:
            filled = f"{name} is filled in from {source.store.value} ({_shown(source)})"
            yield Finding(
                f"{filled} when the function is deployed, and {_who(source, function)} "
                f"has it then: {_HIDDEN if source.store in _GIVEN else _KEPT}",
                source.span,
                cause=f"{source.span.path} {source.store.name}",
                also=f"{filled}, too",
            )


def _names(function: Function, project: Project) -> frozenset[str]:
    """The variables by which the code names what it asks a store for: they hold no secret."""
    handler = project.handler_of(function)
    calls = () if handler is None else handler.calls(frozenset(_ASKED_BY), at_import=True)
    return frozenset(
        part.taken_from.name
        for call in calls
        for parts in call.text(*_ASKED_BY[call.name]).choices
        for part in parts
        if isinstance(part, Symbol) and isinstance(part.taken_from, Variable)
    )


def _is_secret(variable: str, source: Resolved) -> bool:
    """Whether what is filled in is a secret, and not what lies beside one."""
    if source.store is Store.PARAMETER_STORE:
        *_, last = source.name.rstrip("/").split("/")
        if _SAYS_WHERE.fullmatch(last):
            return False
        return names_secret(variable) or names_secret(last)
    if _SAYS_WHERE.fullmatch(source.name if source.store in _GIVEN else source.key):
        return False
    if source.store is Store.SHOWN:
        sure = not _ONLY_CALLED_SO.fullmatch(source.name)
        return sure and names_secret(source.name) and names_secret(variable)
    if names_secret(variable) or names_secret(source.key or source.name):
        return True
    said = source.key or variable
    if source.store is Store.HIDDEN and _CONNECTS.fullmatch(said):
        return True
    return not _NO_SECRET.fullmatch(said) and not _POINTS.fullmatch(variable)


def _who(source: Resolved, function: Function) -> str:
    """Who sees what is filled in; a key of the function's own hides its variables from others."""
    key = function.own_key
    encrypted = not (key.nowhere or key.is_in([False]))
    if source.store is Store.SHOWN:
        either = "the stack" if encrypted else "the stack or its function's configuration"
        return f"whoever may read {either}"
    sure = " and decrypt with its key" if key.is_in([True]) else ""
    also = sure or (" and, where it has a key of its own, decrypt with that" if encrypted else "")
    return f"whoever may read the function's configuration{also}"


def _shown(source: Resolved) -> str:
    return f"{source.key} of {source.name}" if source.key else source.name
