"""What functions may do, and who may call them."""
