"""What only people see: colours, frames, columns."""
