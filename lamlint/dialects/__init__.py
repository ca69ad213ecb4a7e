"""Readers of templates: from text to the neutral model, one file a dialect."""
