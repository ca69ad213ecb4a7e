"""Code that runs on each invocation."""
