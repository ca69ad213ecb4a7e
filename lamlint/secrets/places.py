"""Which files secrets are put in, by their paths."""

from __future__ import annotations

from enum import Enum

from lamlint.dialects.dialect import CLOUDFORMATION
from lamlint.text.language import Language
from lamlint.text.regex import Regex


class Kind(Enum):
    """What a file is, and how a finding calls it."""

    SETTINGS = "this file of settings"
    DOCKERFILE = "the Dockerfile"
    SAMCONFIG = "the parameters of a deployment"
    VARIABLES = "this file of environment variables"
    TEMPLATE = "the template"
    CONFIGURATION = "the configuration"
    EVENT = "this event"
    SCRIPT = "this script"
    PACKAGES = "what says where packages come from"
    DATA = "this file beside the code"


_SAMPLE = Regex(
    r"(?i)(?:^|[._-])(?:example|sample|dist|tpl|tmpl|j2)(?:[._-]|$)|[._-](?:template|schema)(?:[._-]|$)"
)
_SETTINGS = Regex(r"\.env(?:rc|[._-].*)?|.*\.env|\.flaskenv|env[._-](?:dev|prod|qa|stag)\w*")
_VARIABLES = Regex(
    r"(?i)(?:[\w-]{1,40}[-_.])?\.?env(?:ironment)?s?(?:[-_.]?vars?)?(?:[-_.][\w.-]{1,40})?\.(?:json|ya?ml)"
    r"|(?:[\w-]{1,40}[-_.])?locals?\.json|zappa_settings\.(?:json|ya?ml)"
)
_OF_VARIABLES = frozenset({"env", "envs", ".env", ".envs", "environments", ".chalice"})
"""Folders whose JSON and YAML files are of variables, whatever they are called."""
_PACKAGES = Regex(
    r"(?i)(?:[\w.-]{0,80}requirements|constraints)[\w.-]{0,80}\.(?:txt|in)|pip\.(?:conf|ini)|\.pypirc"
    r"|_?\.?netrc|\.npmrc|\.yarnrc(?:\.yml)?|\.condarc|\.pgpass|\.my\.cnf|uv\.toml|poetry\.toml|Pipfile|pyproject\.toml"
    r"|setup\.cfg|tox\.ini"
)
_EVENTS = Regex(r"(?:sam-?|test-?)?events?")
_EVENT = Regex(r"(?s)(?:test[-_.]?)?event.*|.*[-_.]event")
_SCRIPTS = (".sh", ".bash", ".mk")
_DATA = (".json", ".json5", ".jsonc", ".yaml", ".yml", ".ini", ".cfg", ".conf", ".toml",
         ".properties", ".cnf")  # fmt: skip
SAYS_A_NAME = (b"PASS", b"PWD", b"SECRET", b"TOKEN", b"KEY", b"CRED", b"://")
"""One of these stands in every file of variables that holds a secret."""
DECLARES = (b"AWSTemplateFormatVersion", b"AWS::")
"""One of these stands in every template."""
_BROUGHT_IN = Regex(
    r"(?i)(?:^|/)(?:node_modules|bower_components|cdk\.out|[^/]*\.dist-info|[^/]*\.egg-info|locales?|i18n"
    r"|l10n|langs?|languages?|translations?)/"
)
"""What nobody wrote here, and texts for people: no secrets are looked for."""
_GENERATED = Regex(
    r"(?i).*\.lock|.*[-_.]lock\.(?:json|ya?ml|toml)|pylock\..*|npm-shrinkwrap\.json|package\.json|cdk\.context\.json"
    r"|manifest\.json|.*\.assets\.json|.*(?:openapi|swagger).*|composer\.json"
)


def kind_of(path: str) -> Kind | None:
    """What a file is by its path; None where no secrets are looked for.

    What has the ending of a template may be data, and data only counts beside code.
    """
    name = path.rpartition("/")[2]
    if _SAMPLE.search(name):
        return Kind.TEMPLATE if may_be_template(path) and not name.startswith(".") else None
    foreign = bool(_GENERATED.fullmatch(name) or _BROUGHT_IN.search(path))
    found = None if foreign else _by_name(path, name)
    if found is None and not foreign and _is_event(path):
        return Kind.EVENT
    if found is None and not foreign and name.endswith(_DATA):
        return Kind.DATA
    return Kind.TEMPLATE if found is None and may_be_template(path) else found


def may_be_template(path: str) -> bool:
    """Whether a file has the ending of a template."""
    return CLOUDFORMATION.claims(path)


def _by_name(path: str, name: str) -> Kind | None:
    """What a file is that has a name of its own."""
    if _SETTINGS.fullmatch(name) and not name.endswith((".json", ".yaml", ".yml")):
        return Kind.SETTINGS
    if name == "Dockerfile" or name.startswith("Dockerfile.") or name.endswith(".dockerfile"):
        return Kind.DOCKERFILE
    if name in ("samconfig.toml", "samconfig.yaml", "samconfig.yml"):
        return Kind.SAMCONFIG
    if name in ("Makefile", "makefile", "GNUmakefile", "justfile") or name.endswith(_SCRIPTS):
        return Kind.SCRIPT
    if _PACKAGES.fullmatch(name) or _in_requirements(path):
        return Kind.PACKAGES
    if Language.of(path) is Language.HCL:
        return Kind.CONFIGURATION
    return Kind.VARIABLES if _is_of_variables(path, name) else None


def _is_of_variables(path: str, name: str) -> bool:
    folder = path.split("/")[-2] if "/" in path else ""
    listed = folder in _OF_VARIABLES and name.endswith((".json", ".yaml", ".yml"))
    return listed or _VARIABLES.fullmatch(name) is not None


def _in_requirements(path: str) -> bool:
    """Whether a file is one of several of requirements: `requirements/prod.txt`."""
    folder, _, name = path.rpartition("/")
    return folder.rpartition("/")[2] == "requirements" and name.endswith((".txt", ".in"))


def is_env(path: str) -> bool:
    """Whether a file is one of settings that a package must not hold."""
    name = path.rpartition("/")[2]
    return not _SAMPLE.search(name) and _by_name(path, name) is Kind.SETTINGS


def _is_event(path: str) -> bool:
    """Whether a JSON file is an event by its name, or by that of a folder it lies in."""
    *folders, name = path.lower().split("/")
    stem = name.removesuffix(".json")
    if stem in (name, ""):
        return False
    return bool(_EVENT.fullmatch(stem)) or any(map(_EVENTS.fullmatch, folders))
