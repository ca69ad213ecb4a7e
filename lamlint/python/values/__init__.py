"""What an expression is."""
