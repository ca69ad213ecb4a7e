"""AWS SAM and CloudFormation."""
