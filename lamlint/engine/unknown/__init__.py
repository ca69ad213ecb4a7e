"""What a run could not know, and where findings may be missing for it."""
