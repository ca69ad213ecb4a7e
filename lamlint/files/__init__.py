"""The disk, and the paths on it."""
