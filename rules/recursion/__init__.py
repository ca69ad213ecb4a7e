"""Functions that trigger themselves."""
