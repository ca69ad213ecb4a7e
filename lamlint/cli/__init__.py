"""The command line: what knows click, the terminal and the arguments."""
