"""Whether a module is code for the functions of another cloud, whose handlers look like Lambda's.

Only what the code itself says counts. A handler on Lambda may well use another cloud's services:
of their libraries alone nothing follows where anything in the code speaks of AWS.
"""

from __future__ import annotations

import posixpath
from functools import cached_property
from typing import TYPE_CHECKING

from lamlint.files.paths import around
from lamlint.python.codebase.outline import needed
from lamlint.python.module.facts import facts
from lamlint.text import Source, Tree
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

if TYPE_CHECKING:
    from lamlint.python.codebase.codebase import Codebase
    from lamlint.python.module.module import Module

_FRAMEWORKS = (
    "functions_framework",  # Google: github.com/GoogleCloudPlatform/functions-framework-python
    "google.cloud.functions",  # Google: the types of the context of a background function
    "azure.functions",  # Azure: learn.microsoft.com/azure/azure-functions
    "azure.durable_functions",
    "fc2",  # Alibaba: Function Compute
    "tencentserverless",  # Tencent: Serverless Cloud Function
    "parliament",  # Knative functions: github.com/boson-project/parliament
)
"""What is imported only where a platform's functions are written."""
_SERVICES = (
    "google.cloud",
    "oss2",  # Alibaba: object storage
    "tablestore",
    "aliyunsdkcore",
    "qcloud_cos",  # Tencent: object storage
    "tencentcloud",
)
"""Libraries for the services of another cloud, which code on Lambda may use too."""
_USUAL = "handler"
"""What a function on Lambda is called most often."""
_AWS = Regex(
    r"\b(?:aio)?boto\w*|\b(?:aws|AWS)|[Aa]mazon|\barn:|lambda_|_lambda|\bLambda"
    r"|get_remaining_time_in_millis|log_stream_name|invoked_function_arn"
    r"|[\"'](?:Records|requestContext|pathParameters|queryStringParameters|httpMethod|statusCode"
    r"|isBase64Encoded|detail-type|ResourceProperties|RequestType|userPoolId)[\"']"
)
"""What speaks of AWS: its libraries, its names, and the fields of its events and answers."""
_PATH = Regex(r"(?i)aws|lambda")
_TERRAFORM = (".tf", ".tofu")
_ENTRY = Regex(r'\bentry_point[ \t]*=[ \t]*"(\w+)"')
_OF_ONE_FUNCTION = "function.json"
"""Azure's: it lies beside the module."""
_DESCRIPTIONS = {
    _OF_ONE_FUNCTION: (b'"bindings"',),
    "host.json": (b"extensionBundle",),  # Azure: of all functions below
    "stack.yml": (b"openfaas",),
    "stack.yaml": (b"openfaas",),
    "serverless.yml": (
        *(b"name: google", b"name: azure", b"name: openwhisk", b"name: tencent"),
        *(b"name: aliyun", b"name: kubeless", b"name: knative", b"name: fn\n"),
    ),
}
"""Files that describe functions of another platform, each with words that say so."""
_OF_ANOTHER = Regex(r"\bcontext\.event_(?:id|type)\b|\bcontext\.credentials\.access_key_id\b")
"""What only the context of Google's or Alibaba's functions has."""


@dataclass(frozen=True)
class Clouds:
    """Which functions of a project's modules other clouds run."""

    tree: Tree

    def run(self, codebase: Codebase, module: Module, name: str) -> bool:
        """Whether a function that looks like a handler is one of another cloud."""
        if "lambda" in name.lower():
            return False
        if _is_written_for_another(module):
            return True
        if _speaks_of_aws(module):
            return False
        found = list(needed(codebase, module))
        uses = name != _USUAL and any(_imports(one, _SERVICES) for one in found)
        elsewhere = uses or name in self._google or self._is_described(module.path)
        return elsewhere and not any(map(_speaks_of_aws, found))

    def _is_described(self, path: str) -> bool:
        """Whether a description of another platform's functions lies beside a module, or above."""
        folder = posixpath.dirname(path)
        return any(
            self.tree.mentions(posixpath.join(above, name), words)
            for above in around(folder)
            for name, words in _DESCRIPTIONS.items()
            if above == folder or name != _OF_ONE_FUNCTION
        )

    @cached_property
    def _google(self) -> frozenset[str]:
        """The functions that Terraform names to Google; none where it declares some of AWS too."""
        names: set[str] = set()
        for path in self.tree.sources():
            if path.endswith(_TERRAFORM):
                if self.tree.mentions(path, (b"aws_lambda_function",)):
                    return frozenset()
                source = self.tree.read(path)
                if isinstance(source, Source) and "google_cloudfunctions" in source.text:
                    names.update(_ENTRY.findall(source.text))
        return frozenset(names)


def _is_written_for_another(module: Module) -> bool:
    text = module.source.text
    return _imports(module, _FRAMEWORKS) or _OF_ANOTHER.search(text) is not None


def _speaks_of_aws(module: Module) -> bool:
    in_path = _PATH.search(module.path)
    return in_path is not None or _AWS.search(module.source.text) is not None


def _imports(module: Module, libraries: tuple[str, ...]) -> bool:
    """Whether a module imports one of some libraries, or a part of one."""
    return any(
        f"{name}.".startswith(f"{library}.")
        for one in facts(module.source).imports
        for name in (one.module, *(f"{one.module}.{member}" for member in one.members))
        for library in libraries
    )
