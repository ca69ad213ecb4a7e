"""Moves a construction to module level, so that it is made once an environment."""
