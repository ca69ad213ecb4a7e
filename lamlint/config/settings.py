"""What is in force and where it comes from, for `lamlint config`."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Mapping

from lamlint.config.config import Config, Setting
from lamlint.config.table import Table
from lamlint.rule import Rule

_MERGED = ("extend-select", "extend-ignore", "overrides", "ignore")


def laid_over(before: Mapping[str, Setting], table: Table) -> dict[str, Setting]:
    """The values with those that one more file says; lists that merge are told with each origin."""
    settings = dict(before)
    if "select" in table.values:
        settings.pop("extend-select", None)
    if "select" in table.values or _has_words(table.values.get("ignore", [])):
        # Said anew, but for the tables: each of those suppresses something of its own.
        settings.pop("extend-ignore", None)
        settings |= _tables_only(settings.pop("ignore", None))
    for key, value in table.values.items():
        if key not in ("extend", "rules"):
            setting = Setting(value, table.origin(key))
            settings[key] = _merged(settings.get(key), setting) if key in _MERGED else setting
    rules = table.table("rules")
    for name, each in rules.values.items():
        for key, value in each.items() if isinstance(each, dict) else ():
            settings[f"rules.{name}.{key}"] = Setting(value, rules.table(name).origin(key))
    return settings


def _merged(before: Setting | None, setting: Setting) -> Setting:
    if before is None:
        return setting
    values = [*_listed(before.value), *_listed(setting.value)]
    return Setting(values, f"{before.origin}, {setting.origin}")


def _tables_only(ignore: Setting | None) -> dict[str, Setting]:
    tables = [one for one in _listed(ignore.value) if isinstance(one, dict)] if ignore else []
    return {"ignore": Setting(tables, ignore.origin)} if ignore and tables else {}


def _has_words(value: object) -> bool:
    return any(isinstance(one, str) for one in _listed(value))


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def in_force(config: Config, rules: Mapping[str, Rule]) -> dict[str, Setting]:
    """All values, those of the rules' options too, in the order of their names."""
    values = {**_defaults(), **_options(rules)}
    settings = {key: Setting(value, "default") for key, value in values.items()}
    return dict(sorted({**settings, **config.settings}.items()))


def _defaults() -> dict[str, object]:
    config = Config()
    return {
        "select": ["default"],
        "ignore": [],
        "exclude": [],
        "severity": config.severity.label,
        "fail-on": config.fail_on.label,
        "output-format": config.output_format,
        "baseline": os.fspath(config.baseline),
        "max-file-size": config.max_file_size,
    }


def _options(rules: Mapping[str, Rule]) -> dict[str, object]:
    """The options of rules as they are where no file says anything."""
    return {
        f"rules.{name}.{field.name.replace('_', '-')}": getattr(rule.options, field.name)
        for name, rule in rules.items()
        if rule.options is not None
        for field in dataclasses.fields(rule.options)
    }
