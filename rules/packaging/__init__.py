"""What is deployed: its size and its content."""
