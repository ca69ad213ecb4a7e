"""Secrets in Python: what needs the tree of a module."""
