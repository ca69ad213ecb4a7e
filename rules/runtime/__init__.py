"""The runtime a function declares."""
