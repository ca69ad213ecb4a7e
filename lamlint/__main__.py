"""Starts lamlint, and sees to it that no run ends in a traceback.

Nothing is imported here that the project in the current folder could supply.
"""

import gc
import os
import sys
import warnings

from lamlint.cli.import_path import leave_the_project

_GARBAGE = (200_000, 50, 1_000)
"""Trees are many objects that all live to the end: looking for garbage as often as Python
does by itself takes a quarter of a run."""


def main() -> None:
    """Run the command line and leave with its exit code."""
    leave_the_project()
    gc.set_threshold(*_GARBAGE)
    if not sys.warnoptions:  # what Python says of the code that is read quotes it
        warnings.simplefilter("ignore")
    code = run()
    sys.stderr.flush()
    os._exit(code)  # to let go trees one by one takes a twentieth of a run; the process frees all


def run() -> int:
    """Run the command line of `sys.argv`; the exit code."""
    import click

    from lamlint.cli.main import lamlint
    from lamlint.cli.streams import let_go

    try:
        return int(lamlint.main(standalone_mode=False) or 0)
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.ClickException as error:
        from lamlint.cli.terminal import refuse

        refuse(error)
        return 2
    except (click.Abort, KeyboardInterrupt):
        return 130
    except BrokenPipeError:
        let_go()
        return 0
    except Exception as error:  # noqa: BLE001  the last guard: a traceback is a bug
        return _apologise(error)
    finally:
        try:
            sys.stdout.flush()
        except BrokenPipeError:
            let_go()


def _apologise(error: Exception) -> int:
    """Tell of a defect of lamlint without quoting what the user's files hold."""
    from lamlint.cli.terminal import say

    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    code = trace and (os.path.basename(trace.tb_frame.f_code.co_filename), trace.tb_lineno)
    place = f" ({code[0]}:{code[1]})" if code else ""
    say(f"lamlint: this is a defect of lamlint: {type(error).__name__}{place}")
    say("Please report it: https://github.com/lamlint/lamlint/issues")
    return 2


if __name__ == "__main__":
    main()
