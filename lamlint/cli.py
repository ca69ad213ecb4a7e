"""The command line: arguments and exit codes, nothing else."""

from __future__ import annotations

import sys
from typing import Any

import click

from lamlint import __version__
from lamlint.commands import Group
from lamlint.options import Target, Words, option

FORMATS = ("full", "concise", "json", "sarif", "github")
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
        from lamlint.sentences import tell

        tell(context.get_help())
        context.exit(2)


def _rule_options(command: Any) -> Any:
    for decorate in (
        option("--rules", "rule_folders", multiple=True, metavar="FOLDER", help="Load own rules."),
        option(
            "--max-file-size",
            type=click.IntRange(min=1),
            metavar="BYTES",
            help="Read no larger files.  [default: 1000000]",
        ),
        option("--isolated", is_flag=True, help="Read no configuration file."),
        option("--config", default="", metavar="FILE", help="Use this configuration file."),
    ):
        command = decorate(command)
    return command


@lamlint.command()
@click.argument("paths", nargs=-1)
@option("--output-format", type=click.Choice(FORMATS), help="How to report.  [default: full]")
@option(
    "--output",
    "outputs",
    type=Target(FORMATS),
    multiple=True,
    help="Also write a report to a file.",
)
@option("--select", type=Words(), multiple=True, help="Run only these rules, families or tiers.")
@option("--extend-select", type=Words(), multiple=True, help="Run these too.")
@option("--ignore", type=Words(), multiple=True, help="Do not run these.")
@option("--severity", type=click.Choice(SEVERITIES), help="Show nothing below.")
@option("--fail-on", type=click.Choice(SEVERITIES), help="Exit with 1 from here on.")
@option("--fix", is_flag=True, help="Repair what can be repaired safely.")
@option("--unsafe-fixes", is_flag=True, help="Take unsafe fixes too, with --fix or --diff.")
@option("--diff", is_flag=True, help="Print what --fix would write, and write nothing.")
@option("--fix-only", is_flag=True, help="Repair, and report nothing that is left.")
@option("--show-fixes", is_flag=True, help="List what was repaired.")
@option("--exit-non-zero-on-fix", is_flag=True, help="Exit with 1 when something was repaired.")
@option("--statistics", is_flag=True, help="Count the findings of each rule.")
@option("--stdin-filename", default="", metavar="FILE", help="The name of what is read from -.")
@option("--force-exclude", is_flag=True, help="Exclude also paths that are named here.")
@option("--baseline", default="", metavar="FILE", help="Show only what this file does not know.")
@option("--write-baseline", is_flag=True, help="Write all findings into the baseline.")
@option(
    "--add-ignore",
    is_flag=False,
    flag_value="",
    default=None,
    metavar="[REASON]",
    help="Add suppressing comments for all findings.",
)
@option("--require-read", is_flag=True, help="Exit with 2 where something could not be read.")
@option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found.")
@option("--quiet", "-q", is_flag=True, help="Print findings only.")
@option("--verbose", "-v", is_flag=True, help="Tell what is read, and what is passed over and why.")
@option("--color", type=click.Choice(("auto", "always", "never")), default="auto", help="Colour.")
@_rule_options
def check(**options: Any) -> int:
    """Find mistakes in Lambda functions, and repair them.

    PATHS (default: here) limit what is reported, not what is read: findings
    there, and those elsewhere that something there explains. A single `-`
    reads one file from the standard input.
    """
    from lamlint.checking import run_check
    from lamlint.sentences import as_usage_error

    with as_usage_error(annotate=options["output_format"] == "github"):
        return run_check(options, sys.stdin.buffer)


@lamlint.command()
@click.option("--output-format", type=click.Choice(("table", "json")), default="table")
@option("--rules", "rule_folders", multiple=True, metavar="FOLDER", help="Load own rules.")
def rules(output_format: str, rule_folders: tuple[str, ...]) -> None:
    """List the rules."""
    from lamlint import registry
    from lamlint.report.rules import render_json, render_table
    from lamlint.sentences import as_usage_error, show, stdout_style

    with as_usage_error():
        loaded = registry.load(rule_folders).values()
    style = stdout_style()
    show(render_json(loaded) if output_format == "json" else render_table(loaded, style), style)


@lamlint.command()
@click.argument("rule")
@option("--rules", "rule_folders", multiple=True, metavar="FOLDER", help="Load own rules.")
def explain(rule: str, rule_folders: tuple[str, ...]) -> None:
    """Show the page of a RULE."""
    from lamlint import pages, registry
    from lamlint.sentences import as_usage_error, show, stdout_style

    with as_usage_error():
        style = stdout_style()
        show(pages.explain(rule, registry.load(rule_folders), style), style)


@lamlint.command()
@click.argument("paths", nargs=-1)
@click.option("--output-format", type=click.Choice(("table", "json")), default="table")
@_rule_options
def functions(**options: Any) -> None:
    """List the functions that are found, and what is known of them."""
    from lamlint.inventory import functions_of
    from lamlint.sentences import as_usage_error, show, stdout_style

    with as_usage_error():
        style = stdout_style()
        show(functions_of(options, style), style)


@lamlint.command()
@click.argument("paths", nargs=-1)
@click.option("--output-format", type=click.Choice(("table", "json")), default="table")
@_rule_options
def size(**options: Any) -> None:
    """Show what the package of each function unpacks to, and its largest parts."""
    from lamlint.inventory import sizes
    from lamlint.sentences import as_usage_error, show, stdout_style

    with as_usage_error():
        style = stdout_style()
        show(sizes(options, style), style)


@lamlint.command()
@click.argument("path", default=".")
@_rule_options
def config(**options: Any) -> None:
    """Show the configuration in force, and where each value comes from."""
    from lamlint.inventory import settings
    from lamlint.sentences import as_usage_error, show

    with as_usage_error():
        show(settings(options))


@lamlint.command()
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
def completion(shell: str) -> None:
    """Print the completion script of a SHELL."""
    from click.shell_completion import ShellComplete, get_completion_class

    from lamlint.sentences import give

    kind = get_completion_class(shell)
    if kind is not None:
        script = kind(lamlint, {}, "lamlint", "_LAMLINT_COMPLETE")
        # The method of bash itself would start bash to ask for its version.
        give(f"{ShellComplete.source(script)}\n")
