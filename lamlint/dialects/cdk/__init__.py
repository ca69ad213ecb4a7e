"""AWS CDK in Python: stacks are read as calls, and never run."""
