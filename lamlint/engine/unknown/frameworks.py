"""What declares functions in ways that lamlint does not read yet, as a listing shows it."""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.text import Related, Span, Tree
from lamlint.text.regex import Regex

_NAMES = {
    "the Serverless Framework in code (its YAML and JSON are read)": (
        Regex(r"(?:^|/)serverless\.(?:ts|js|mjs|cjs)\Z")
    ),
    "the AWS CDK in another language than Python, TypeScript and JavaScript "
    "(run cdk synth: what it writes to cdk.out is read)": Regex(r"(?:^|/)cdk\.json\Z"),
    "Zappa (settings that are code)": Regex(r"(?:^|/)zappa_settings\.py\Z"),
    "Amplify": Regex(
        r"(?:^|/)amplify(?:\.ya?ml|/(?:backend\.ts|cli\.json|team-provider-info\.json"
        r"|\.config/[^/]+\.json|backend/backend-config\.json|functions/.{1,200}/resource\.ts))\Z"
    ),
    "SST": Regex(r"(?:^|/)sst\.(?:config\.[cm]?[jt]s|json)\Z"),
    "Pulumi": Regex(r"(?:^|/)Pulumi\.ya?ml\Z"),
    "Terragrunt with modules that are elsewhere": Regex(r"(?:^|/)(?:terragrunt|root)\.hcl\Z"),
}
"""Tools whose files are told by their names."""
_CDK_THAT_IS_READ = (b"python", b".py", b".ts", b"ts-node", b".js", b".mjs")
"""What cdk.json says where the CDK's app is read."""


def unread_frameworks(tree: Tree) -> Iterator[Related]:
    """The first file of each tool that seems to declare functions here."""
    left = dict(_NAMES)
    for path in tree.sources():
        for tool in [tool for tool, name in left.items() if name.search(path)]:
            if path.endswith("cdk.json") and tree.mentions(path, _CDK_THAT_IS_READ):
                continue
            del left[tool]
            yield Related(Span(path, 0, 0), tool)
