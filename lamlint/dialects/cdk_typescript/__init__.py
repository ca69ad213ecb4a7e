"""AWS CDK in TypeScript: its code as trees of Python, read by what reads the CDK in Python."""
