"""Many modules: which there are, and which a module needs."""
