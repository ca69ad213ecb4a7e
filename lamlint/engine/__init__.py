"""What runs: the projects of a run, the rules over them, and the repairs."""
