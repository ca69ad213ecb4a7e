"""A rule or a reader of lamlint failed.

## Why this matters

Something that should have been checked was not, so a run without findings
would be a false promise. All other rules still ran. The run ends with exit
code 2, whatever else was found, and this finding cannot be turned off.

The message names the rule, what it looked at, the kind of the error and the
line of lamlint that failed. It quotes nothing of the file that was read.

## Example

No source leads here by intention: a finding of this rule is a defect of
lamlint, or of a rule that was added with `--rules` or by a plugin.

## Use instead

Report it, with the message, at the address below; until it is mended the
rule that it names can be left out with `--ignore`.

## Fix safety

There is no fix.

## References

- https://github.com/lamlint/lamlint/issues
"""

from __future__ import annotations

from lamlint.rule import ERROR, engine_rule

check = engine_rule(severity=ERROR, since="0.1.0", module=__name__)
