"""Template and code together."""
