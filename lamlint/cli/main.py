"""The command line: arguments and exit codes, nothing else."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from lamlint import __version__
from lamlint.cli.commands import (
    CACHE,
    CHECKING,
    CONFIGURATION,
    FIXING,
    OUTPUT,
    REVIEWED,
    Group,
    WithReason,
)
from lamlint.cli.options import Jobs, KnownWords, RuleWord, Target, option
from lamlint.cli.reason import Reason
from lamlint.formats import FORMATS

if TYPE_CHECKING:
    from lamlint.cache.drawer import Drawer

SEVERITIES = ("information", "warning", "error")


@click.group(
    cls=Group,
    invoke_without_command=True,  # so that click 8.1 tells of an unknown command, too
    subcommand_metavar="COMMAND [ARGS]...",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="lamlint", message="%(prog)s %(version)s")
@click.pass_context
def lamlint(context: click.Context) -> None:
    """The static analyser for AWS Lambda functions written in Python.

    \b
    Exit codes of check:
      0  nothing found at or above --fail-on
      1  something found
      2  wrong usage or configuration, a missing path, a file that could not be written,
         a defect of lamlint; with --require-read also what could not be read
    """
    if context.invoked_subcommand is None:
        from lamlint.cli.terminal import tell

        tell(context.get_help())
        context.exit(2)


_WORDS: dict[str, Any] = {"type": KnownWords(), "multiple": True}
_FILE: dict[str, Any] = {"default": "", "metavar": "FILE", "type": click.Path()}
_SEVERITY = click.Choice(SEVERITIES)
_FORMAT = click.Choice(tuple(FORMATS))
_WHEN = click.Choice(("auto", "always", "never"))

_paths = click.argument("paths", nargs=-1, type=click.Path())
_rules = option(
    "--rules",
    "rule_folders",
    heading=CHECKING,
    multiple=True,
    metavar="FOLDER",
    type=click.Path(),
    help="Load own rules.",
)


_cache_dir = option(
    "--cache-dir",
    heading=CACHE,
    default="",
    metavar="FOLDER",
    type=click.Path(),
    help="Remember runs there.  [default: lamlint, in the user's cache folder]",
)


def _rule_options(command: Any) -> Any:
    for decorate in (
        _rules,
        option(
            "--max-file-size",
            heading=CONFIGURATION,
            type=click.IntRange(min=1),
            metavar="BYTES",
            help="Read no larger files (templates: 5 times).  [default: 1000000]",
        ),
        option("--isolated", heading=CONFIGURATION, is_flag=True, help="Read no configuration."),
        option("--config", heading=CONFIGURATION, **_FILE, help="Use this configuration file."),
    ):
        command = decorate(command)
    return command


@lamlint.command()
@_paths
@option("--select", heading=CHECKING, **_WORDS, help="Run only these rules, families or tiers.")
@option("--extend-select", heading=CHECKING, **_WORDS, help="Run these too.")
@option("--ignore", heading=CHECKING, **_WORDS, help="Do not run these.")
@option("--severity", heading=CHECKING, type=_SEVERITY, help="Show nothing below.")
@option("--fail-on", heading=CHECKING, type=_SEVERITY, help="Exit with 1 from here on.")
@option(
    "--jobs",
    heading=CHECKING,
    type=Jobs(),
    metavar="N",
    default="auto",
    help="Work in N processes, or in as many as are worth it.  [default: auto]",
)
@option("--force-exclude", heading=CHECKING, is_flag=True, help="Exclude also named paths.")
@option("--stdin-filename", heading=CHECKING, **_FILE, help="The name of what is read from -.")
@option("--fix", heading=FIXING, is_flag=True, help="Repair what can be repaired safely.")
@option("--unsafe-fixes", heading=FIXING, is_flag=True, help="Take unsafe fixes too.")
@option("--diff", heading=FIXING, is_flag=True, help="Print what would be written; write nothing.")
@option("--fix-only", heading=FIXING, is_flag=True, help="Repair, and report nothing that is left.")
@option("--show-fixes", heading=FIXING, is_flag=True, help="List what was repaired.")
@option("--exit-non-zero-on-fix", heading=FIXING, is_flag=True, help="Exit with 1 after a repair.")
@option("--baseline", heading=REVIEWED, **_FILE, help="Show only what this file does not know.")
@option("--write-baseline", heading=REVIEWED, is_flag=True, help="Record all findings in it.")
@option(
    "--add-ignore",
    heading=REVIEWED,
    cls=WithReason,
    type=Reason(),
    is_flag=False,
    default=None,
    metavar="[=REASON]",
    help="Add suppressing comments for all findings; a reason stands behind =.",
)
@option("--output-format", heading=OUTPUT, type=_FORMAT, help="How to report.  [default: full]")
@option(
    "--output",
    "outputs",
    heading=OUTPUT,
    type=Target(tuple(FORMATS)),
    multiple=True,
    help="Also write a report to a file.",
)
@option("--statistics", heading=OUTPUT, is_flag=True, help="Count the findings of each rule.")
@option("--require-read", heading=OUTPUT, is_flag=True, help="Exit with 2 if a file is not read.")
@option("--exit-zero", heading=OUTPUT, is_flag=True, help="Exit with 0 whatever is found.")
@option("--quiet", "-q", heading=OUTPUT, is_flag=True, help="Print findings only.")
@option("--verbose", "-v", heading=OUTPUT, is_flag=True, help="Tell what is read and takes time.")
@option("--color", heading=OUTPUT, type=_WHEN, default="auto", help="Colour.")
@option("--no-cache", heading=CACHE, is_flag=True, help="Use nothing that is remembered.")
@_cache_dir
@_rule_options
def check(**options: Any) -> int:
    """Find mistakes in Lambda functions, and repair them.

    PATHS (default: here) limit what is reported, not what is read: findings
    there, and those elsewhere that something there explains. A single `-`
    reads one file from the standard input.

    Every option is also read from the environment: --fail-on from LAMLINT_FAIL_ON.
    """
    from lamlint.cli.remembered import remembered

    def run(drawer: Drawer | None) -> int:
        from lamlint.cli.asked import asked
        from lamlint.cli.check import run_check
        from lamlint.cli.terminal import as_usage_error

        with as_usage_error(annotate=options["output_format"] == "github"):
            return run_check(asked(options, sys.stdin.buffer), drawer)

    return remembered(options, run)


@lamlint.command()
@click.argument("words", nargs=-1, type=RuleWord())
@click.option("--output-format", type=click.Choice(("table", "json")), default="table")
@_rules
def rules(words: tuple[str, ...], output_format: str, rule_folders: tuple[str, ...]) -> None:
    """List the rules: all, or those that WORDS name (rules, families or tiers)."""
    from lamlint import registry
    from lamlint.cli.terminal import as_usage_error, show, stdout_style
    from lamlint.config.reading import named
    from lamlint.report.rules import render_json, render_table

    with as_usage_error():
        found = named(words, registry.load(rule_folders))
        style = stdout_style()
        show(render_json(found) if output_format == "json" else render_table(found, style), style)


@lamlint.command()
@click.argument("words", nargs=-1, required=True, type=RuleWord())
@_rules
def explain(words: tuple[str, ...], rule_folders: tuple[str, ...]) -> None:
    """Show the pages of rules: WORDS are rules or families."""
    from lamlint import registry
    from lamlint.cli.terminal import as_usage_error, show, stdout_style
    from lamlint.config.reading import named
    from lamlint.report import pages

    with as_usage_error():
        found = named(words, registry.load(rule_folders))
        style = stdout_style()
        show(pages.render(found, style), style)


@lamlint.command()
@_paths
@click.option("--output-format", type=click.Choice(("table", "json")), default="table")
@_rule_options
def functions(**options: Any) -> None:
    """List the functions that are found, and what is known of them."""
    from lamlint.cli.asked import listing
    from lamlint.cli.inventory import functions_of
    from lamlint.cli.terminal import as_usage_error, show, stdout_style

    with as_usage_error():
        style = stdout_style()
        asked = listing(options, options["paths"], options["output_format"])
        show(functions_of(asked, style), style)


@lamlint.command()
@_paths
@click.option("--output-format", type=click.Choice(("table", "json")), default="table")
@_rule_options
def size(**options: Any) -> None:
    """Show what the package of each function unpacks to, and its largest parts."""
    from lamlint.cli.asked import listing
    from lamlint.cli.inventory import sizes
    from lamlint.cli.terminal import as_usage_error, show, stdout_style

    with as_usage_error():
        style = stdout_style()
        asked = listing(options, options["paths"], options["output_format"])
        show(sizes(asked, style), style)


@lamlint.command()
@click.argument("path", default=".", type=click.Path())
@_rule_options
def config(**options: Any) -> None:
    """Show the configuration in force, and where each value comes from."""
    from lamlint.cli.asked import listing
    from lamlint.cli.inventory import settings
    from lamlint.cli.terminal import as_usage_error, show

    with as_usage_error():
        show(settings(listing(options, (options["path"],))))


@lamlint.command()
@_cache_dir
def clean(cache_dir: str) -> None:
    """Remove what is remembered of earlier runs."""
    from lamlint.cli.remembered import forget
    from lamlint.cli.terminal import as_usage_error, say

    with as_usage_error():
        say(forget(cache_dir))


@lamlint.command()
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
def completion(shell: str) -> None:
    """Print the completion script of a SHELL."""
    from click.shell_completion import ShellComplete, get_completion_class

    from lamlint.cli.terminal import give

    kind = get_completion_class(shell)
    if kind is not None:
        script = kind(lamlint, {}, "lamlint", "_LAMLINT_COMPLETE")
        # The method of bash itself would start bash to ask for its version.
        give(f"{ShellComplete.source(script)}\n")
