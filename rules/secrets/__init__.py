"""Secrets in code, configuration and packages. Values are never printed, only a redacted form."""
