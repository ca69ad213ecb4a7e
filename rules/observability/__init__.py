"""What can be seen of functions while they run."""
