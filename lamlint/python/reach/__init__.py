"""What runs when a handler runs, and the questions that rules ask of it."""
