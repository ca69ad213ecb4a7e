"""What Lambda refuses, or silently takes a default for."""
