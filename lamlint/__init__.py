"""The static analyser for AWS Lambda functions written in Python."""

__version__ = "0.1.0"
