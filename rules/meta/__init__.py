"""About the run itself: what could not be read, and suppressions."""
