"""AWS CDK in JavaScript."""
