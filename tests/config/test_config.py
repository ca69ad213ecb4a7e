"""Configuration files: what is in force, and what is said of mistakes in them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lamlint.config import Config, ConfigError
from lamlint.config.lines import line_of
from lamlint.config.reading import find, read
from lamlint.config.selection import runs
from lamlint.text import Severity
from tests.checking import rules
from tests.command import Folder


def config(folder: Path, text: str | bytes, name: str = "lamlint.toml") -> Config:
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(str(file), rules())


def running(found: Config) -> set[str]:
    return {name for name, rule in rules().items() if runs(rule, found.layers)}


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    found = config(tmp_path, "")
    assert (found.severity, found.fail_on) == (Severity.INFORMATION, Severity.WARNING)
    assert "unused-environment-variable" not in running(found)
    assert "timeout-over-limit" in running(found)


def test_rules_are_selected_by_name_family_and_tier(tmp_path: Path) -> None:
    assert running(config(tmp_path, 'select = ["timeout-over-limit"]')) == {"timeout-over-limit"}
    assert running(config(tmp_path, 'select = ["limits"]\nignore = ["layer-limit"]')) == {
        name
        for name, rule in rules().items()
        if rule.family == "limits" and rule.tier.value == "default"
    } - {"layer-limit"}
    strict = running(config(tmp_path, 'extend-select = ["strict"]'))
    assert strict == {name for name, rule in rules().items() if rule.tier.value != "preview"}


def test_the_options_of_a_rule_are_filled(tmp_path: Path) -> None:
    found = config(tmp_path, "[rules.package-too-large]\nwarning-share = 0.5\n")
    assert found.options["package-too-large"].warning_share == 0.5
    assert "package-too-large" not in config(tmp_path, "").options


def test_a_file_extends_another_and_speaks_last(tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text('ignore = ["limits"]\nfail-on = "error"\n')
    found = config(tmp_path, 'extend = "base.toml"\nextend-select = ["timeout-over-limit"]\n')
    assert found.fail_on is Severity.ERROR
    assert "timeout-over-limit" in running(found)
    assert "memory-not-set" not in running(found)


def test_pyproject_configures_in_its_table(tmp_path: Path) -> None:
    text = '[project]\nname = "x"\n[tool.lamlint]\nfail-on = "error"\n'
    assert config(tmp_path, text, "pyproject.toml").fail_on is Severity.ERROR


def test_the_nearest_file_upward_is_found_and_the_search_ends_at_the_repository(
    tmp_path: Path,
) -> None:
    (tmp_path / "lamlint.toml").write_text("")
    inner = tmp_path / "repository" / "inner"
    inner.mkdir(parents=True)
    assert find(str(inner)) == (str(tmp_path), str(tmp_path / "lamlint.toml"))
    (tmp_path / "repository/.git").mkdir()
    assert find(str(inner)) == (str(tmp_path / "repository"), "")
    (tmp_path / "repository/pyproject.toml").write_text("[tool.lamlint]\n")
    (inner / "pyproject.toml").write_text("[tool.other]\nname = 'lamlint'\n")
    assert find(str(inner))[0] == str(tmp_path / "repository")


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("\nselct = []", 2, "there is no option 'selct'; did you mean select?"),
        ('select = [\n  "limits",\n  "timeout-over",\n]', 3, "did you mean timeout-over-limit?"),
        ('fail-on = "eror"', 1, "did you mean error?"),
        ('\n\nseverity = "high"', 3, "severity must be one of information, warning, error"),
        ("select = 5", 1, "select must be a list of strings"),
        ("max-file-size = true", 1, "max-file-size must be a whole number"),
        ("max-file-size = 0", 1, "must be more than 0 bytes"),
        ('output-format = "xml"', 1, "there is no format 'xml'"),
        ('extend = "absent.toml"', 1, "there is no file absent.toml"),
        ('extend = "lamlint.toml"', 1, "extends this file again"),
        ("[rules.timeout-over]\n", 1, "there is no rule 'timeout-over'"),
        ("\n[rules.package-too-large]\nwarning = 1", 3, "did you mean warning-share?"),
        ('[rules.package-too-large]\nwarning-share = "x"', 2, "warning-share must be a number"),
        ("[rules.timeout-over-limit]\nx = 1", 1, "has no options"),
        ("[[overrides]]\nignore = []", 1, "an override needs a path"),
        ('[[overrides]]\npath = "a"\nselct = []', 3, "did you mean select?"),
        ('[[ignore]]\npath = "a"', 1, "an ignore needs a rule"),
        (f'exclude = ["{"a*" * 10_001}"]', 1, "wildcards of exclude are longer than 20,000"),
        ('[[ignore]]\nrule = "timeout-over-limit"', 1, "needs a path or a function"),
        (
            '[[ignore]]\nrule = "timeout-over-limit"\npath = "a"\n'
            '[[ignore]]\nrule = "timeout"\npath = "b"',
            5,
            "there is no rule 'timeout'",
        ),
        (
            '[[ignore]]\nrule = "timeout-over-limit"\npath = "a"\nexpires = "soon"',
            4,
            "expires must be a date such as 2027-03-01",
        ),
        ("select = [", 1, "this is no TOML"),
        ("a = 1\na = 2", 2, "this is no TOML"),
        (b"# ok\n# caf\xe9\n", 2, "this is not UTF-8 text"),
        ("# x\n".encode("utf-16"), 1, "this is not UTF-8 text"),
    ],
)
def test_a_mistake_is_told_with_its_line(
    tmp_path: Path, text: str | bytes, line: int, sentence: str
) -> None:
    with pytest.raises(ConfigError) as error:
        config(tmp_path, text)
    assert f"lamlint.toml:{line}: " in str(error.value)
    assert sentence in str(error.value)


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    assert config(tmp_path, b'\xef\xbb\xbffail-on = "error"\r\n').fail_on is Severity.ERROR


def test_settings_know_where_they_were_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "base.toml").write_text('\nseverity = "warning"\n')
    found = config(
        tmp_path, 'extend = "base.toml"\n\n[rules.package-too-large]\nwarning-share = 1.0\n'
    )
    assert found.settings["severity"].origin == "base.toml:2"
    assert found.settings["rules.package-too-large.warning-share"].origin == "lamlint.toml:4"


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        ("a = 1\nb = 2\n", ("b",), 2),
        ("[x]\na = 1\n[y]\na = 2\n", ("y", "a"), 4),
        ("x.a = 1\n", ("x", "a"), 1),
        ("x = { b = 1,\n a = 2 }\n", ("x", "a"), 2),
        ('[x."a.b"]\nc = 1\n', ("x", "a.b", "c"), 2),
        ("[[x]]\na = 1\n[[x]]\na = 2\n", ("x", 1, "a"), 4),
        ("[x]\nb = 1\n", ("x", "absent"), 1),
        ("", ("absent",), 1),
    ],
)
def test_lines_of_keys(text: str, path: tuple[str | int, ...], line: int) -> None:
    assert line_of(text, path) == line


def test_the_configuration_names_what_it_extends_and_the_options_of_rules(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.write("root.toml", 'extend-select = ["strict"]\n[rules.timeout-not-set]\nseconds = 20\n')
    folder.write("base.toml", 'extend = "root.toml"\n')
    folder.write("lamlint.toml", 'extend = "base.toml"\nextend-select = ["preview"]\n')
    told = re.sub(" +", " ", folder.run("config").out)
    assert "configuration lamlint.toml\nextends base.toml\nextends root.toml\n" in told
    assert 'extend-select = ["strict", "preview"] # root.toml:1, lamlint.toml:2\n' in told
    assert "rules.timeout-not-set.seconds = 20 # root.toml:3\n" in told
    assert "rules.package-too-large.warning-share = 0.9 # default\n" in told


TABLE = '[[ignore]]\nrule = "event-loop"\npath = "x"\n'


@pytest.mark.parametrize(
    ("base", "own", "shown"),
    [
        ('extend-ignore = ["limits"]', 'ignore = ["wiring"]', 'ignore = ["wiring"] '),
        ('ignore = ["limits"]', 'ignore = ["wiring"]', 'ignore = ["wiring"] '),
        ('ignore = ["limits"]', 'extend-ignore = ["wiring"]', 'ignore = ["limits"] '),
        ('ignore = ["limits"]', 'select = ["limits"]', "ignore = [] "),
        (TABLE, 'ignore = ["wiring"]', 'ignore = [{"rule": "event-loop", "path": "x"}, "wiring"] '),
        ('ignore = ["wiring"]', TABLE, 'ignore = ["wiring", {"rule": "event-loop", "path": "x"}] '),
    ],
)
def test_a_list_is_shown_as_it_is_in_force(tmp_path: Path, base: str, own: str, shown: str) -> None:
    folder = Folder(tmp_path)
    folder.write("base.toml", f"{base}\n")
    folder.write("lamlint.toml", f'extend = "base.toml"\n{own}\n')
    told = re.sub(" +", " ", folder.run("config").out)
    assert f"\n{shown}# " in told
    assert ("extend-ignore" in told) is own.startswith("extend-ignore")
