"""A Lambda function as its configuration declares it, whatever the dialect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field

from lamlint.model.amount import Scalar
from lamlint.model.code import Code
from lamlint.model.event import EventSource
from lamlint.model.parts import Parts
from lamlint.model.resolved import Resolved
from lamlint.model.role import Permission, Role
from lamlint.model.slot import Room
from lamlint.model.value import NOT_SET, Choice, Value
from lamlint.text import Edit, Finding, Fix, Related, Severity, Span
from lamlint.text.dataclass import dataclass

UNPUBLISHED = "$LATEST"
"""The qualifier of the version that is not published yet, and of what names none."""

_NOWHERE: Value[str] = Value((), Span("", 0, 0), NOT_SET)
_NO: Value[bool] = Value((), Span("", 0, 0), NOT_SET)

WRAPPER = "AWS_LAMBDA_EXEC_WRAPPER"
"""The variable that names a script to run before the code; it may do and set anything."""


@dataclass(frozen=True)
class Environment:
    """The environment variables of a function.

    `complete` is false when a part could not be read (an intrinsic in place of
    the mapping, an include): then a name that is not here may still be set.
    """

    variables: Mapping[str, Value[str]]
    names: Mapping[str, Span]
    complete: bool
    span: Span
    room: Room | None = None
    """Where further variables of this function alone would be written."""
    set_by_code: frozenset[str] = frozenset()
    """Variables that the handler sets before it begins, and that Lambda is not told of."""
    resolved: Mapping[str, tuple[Resolved, ...]] = field(default_factory=dict)
    """What the deployment fills in from where secrets are kept, by the variable."""
    set_elsewhere: frozenset[str] = frozenset()
    """Variables that scripts or images of the project may set, too; `*` is any other."""
    kept: frozenset[str] = frozenset()
    """Variables that a deployment leaves as somebody may have set them; `*` is any other."""

    def may_get(self, name: str) -> bool:
        """Whether something else of the project may set a variable that is not declared."""
        return not self.set_elsewhere.isdisjoint({name, "*"})

    @property
    def written(self) -> Iterator[tuple[str, Choice[str]]]:
        """All that is known of what variables can be, texts that are known in part included."""
        for name, value in self.variables.items():
            for choice in (*value.ever, *value.partly):
                yield name, choice

    @property
    def configured(self) -> Mapping[str, Value[str]]:
        """The variables that Lambda is told of, but for those that are surely not set."""
        return {
            name: value
            for name, value in self.variables.items()
            if name not in self.set_by_code and value.reason != NOT_SET
        }


@dataclass(frozen=True)
class Layer:
    """A layer of a function: local content where it has any, else only its ARN.

    `parts` are the parts of the ARN, as far as they are known. It is `off_path` where all of its
    content surely lies where Python imports nothing from: not in a folder `python`.
    """

    name: str
    arn: Value[str]
    content: Code | None
    span: Span
    parts: Parts = ()
    off_path: bool = False


@dataclass(frozen=True)
class Network:
    """The subnets and security groups that a function is connected to, all of them listed."""

    subnets: tuple[Value[str], ...]
    security_groups: tuple[Value[str], ...]
    span: Span


@dataclass(frozen=True)
class AsyncConfig:
    """What happens to asynchronous invocations of one qualifier (an EventInvokeConfig).

    The qualifier is an alias, a version or $LATEST. Ages in seconds. Targets
    are the destinations' resolved resources or ARNs.
    """

    qualifier: Value[str]
    retries: Value[Scalar]
    maximum_age: Value[Scalar]
    on_success: Value[str]
    on_failure: Value[str]
    span: Span


@dataclass(frozen=True)
class Alias:
    """An alias: its name, the version it points to, and further weighted versions."""

    name: Value[str]
    version: Value[str]
    weights: Mapping[str, Value[Scalar]]
    provisioned: Value[Scalar]
    span: Span


@dataclass(frozen=True)
class Cors:
    """What browsers of other origins may do with a URL: `*` is everything. Ages in seconds."""

    origins: tuple[Value[str], ...]
    methods: tuple[Value[str], ...]
    headers: tuple[Value[str], ...]
    exposed: tuple[Value[str], ...]
    credentials: Value[Scalar]
    maximum_age: Value[Scalar]


@dataclass(frozen=True)
class EdgeUse:
    """A place where CloudFront runs a function; the qualifier is a version, an alias or $LATEST."""

    qualifier: Value[str]
    span: Span


@dataclass(frozen=True)
class Url:
    """The URL of one qualifier of a function, an alias or $LATEST.

    `auth` is NONE or AWS_IAM; `invoke_mode` BUFFERED or RESPONSE_STREAM; `cors` is None
    where nothing is said of it, or what is said cannot be read.
    """

    qualifier: Value[str]
    auth: Value[str]
    invoke_mode: Value[str]
    cors: Cors | None
    span: Span
    needs_permissions: bool = False
    """Whether nobody may call it before permissions say so: its dialect adds none by itself."""


@dataclass(frozen=True)
class Function:
    """One function. Timeouts in seconds, sizes in MB, as Lambda counts them.

    `id` is unique in the project (template path and logical id); `name` is
    what people call it there (the logical id, or the key in serverless.yml);
    `physical_name` is the FunctionName it is deployed under. `span` is the
    name of the resource, `block` the whole resource. It is `accelerated` where it
    has an accelerator, and has `managed_instances` where it runs on those of the account.
    `log_retention` is in days; 0 where a log group is declared that keeps its lines for ever.
    """

    id: str
    name: str
    dialect: str
    template: str
    span: Span
    block: Span
    physical_name: Value[str]
    description: Value[str]
    package_type: Value[str]
    runtime: Value[str]
    handler: Value[str]
    timeout: Value[Scalar]
    memory: Value[Scalar]
    ephemeral_storage: Value[Scalar]
    architectures: Value[str]
    recursive_loop: Value[str]
    tracing: Value[str]
    log_format: Value[str]
    application_log_level: Value[str]
    log_group: Value[str]
    log_retention: Value[Scalar]
    reserved_concurrency: Value[Scalar]
    provisioned_concurrency: Value[Scalar]
    snap_start: Value[str]
    managed_instances: Value[bool]
    accelerated: Value[bool]
    durable: Value[bool]
    tenant_isolation: Value[bool]
    edge: Value[bool]
    vpc: Value[bool]
    mounts: tuple[Value[str], ...]
    tags: Mapping[str, Value[str]]
    environment: Environment
    layers: tuple[Layer, ...]
    layers_complete: bool
    code: Code
    events: tuple[EventSource, ...]
    role: Role | None
    invoke_permissions: tuple[Permission, ...]
    dead_letter: Value[str]
    asynchronous: tuple[AsyncConfig, ...]
    aliases: tuple[Alias, ...]
    published: Value[bool]
    urls: tuple[Url, ...]
    ignores: tuple[Ignore, ...] = ()
    scheduled: tuple[EventSource, ...] = ()
    """The schedules that something else runs it on than what is declared: scripts, workflows."""
    also_runs: tuple[Value[str], ...] = ()
    """What a handler calls for further events, in the form of handlers: Zappa's makes it so."""
    application: bool = False
    """Whether `handler` is what the handler of the tool imports that deploys it: Zappa's."""
    always_python: bool = False
    """Whether what deploys it deploys Python alone, of whichever version."""
    edge_uses: tuple[EdgeUse, ...] = ()
    network: Network | None = None
    """What of a VPC it is connected to; None where it is to none, or that is not all known."""
    further_architectures: tuple[Value[str], ...] = ()
    """Architectures behind the first, of which a function has one only."""
    layers_removal: Edit | None = None
    """What takes out all that is written of layers; None where there is no way."""
    library: str = ""
    """The library that adds the function to what its author declares; empty for an author's."""
    system_log_level: Value[str] = _NOWHERE
    """From which level on Lambda's own lines are written to the log."""
    own_key: Value[bool] = _NO
    """Whether a key of the account encrypts its variables, which only its users see in clear."""
    watched: Span | None = None
    """The alarm on its errors, where one is declared."""
    alarmed: bool = False
    """Whether such an alarm surely does something: one without actions is only to be looked at."""
    outdated: str = ""
    """What it is declared with, where that is too old to have names for new runtimes: CDK v1."""
    deployed: bool = True
    """Whether it may be deployed: not what a module declares that its project keeps unused."""

    @property
    def python(self) -> bool:
        """Whether this is known to run Python of a managed runtime."""
        return self.always_python or self.runtime.all(lambda name: name.startswith("python"))

    @property
    def runs_alone(self) -> bool:
        """Whether nothing but its runtime and the code that is here runs in an invocation."""
        known = self.environment.complete and WRAPPER not in self.environment.variables
        return known and self.layers_complete and all(layer.content for layer in self.layers)

    def finding(
        self,
        message: str,
        *,
        fix: Fix | None = None,
        severity: Severity | None = None,
        related: tuple[Related, ...] = (),
    ) -> Finding:
        """A finding at the function's name in its template."""
        return Finding(
            message, self.span, related=related, fix=fix, severity=severity, subjects=(self.name,)
        )


@dataclass(frozen=True)
class Ignore:
    """A suppression written as data: a resource's `Metadata: {lamlint: {ignore: …}}`."""

    rules: tuple[str, ...]
    scope: Span
    span: Span
    reason: str
