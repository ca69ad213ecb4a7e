"""What follows from one text alone."""
