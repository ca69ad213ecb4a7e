"""Findings that their author has answered: comments, ignore tables, and what they cover."""
