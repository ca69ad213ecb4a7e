"""Readers of what declares functions: from text to the neutral model, one package a dialect."""
