"""One file a format, from a report to text."""
