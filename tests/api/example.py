from lamlint.api import LamlintError, Severity, check

try:
    report = check(["template.yaml", "src"], ignore=["memory-not-set"])
except LamlintError as error:  # with the path and the line that it is about
    raise SystemExit(f"lamlint: {error}") from None
for finding in report.findings:
    if finding.severity >= Severity.WARNING:
        print(finding.place, finding.rule, finding.message, *finding.functions)
for note in report.unread:  # findings may be missing here
    print(f"not read: {note.place.path}: {note.message}")
