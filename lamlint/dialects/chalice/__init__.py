"""AWS Chalice: what decorators in the code and `.chalice/config.json` declare together."""
