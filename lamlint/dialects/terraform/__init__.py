"""Terraform and OpenTofu: functions in HCL and in its JSON."""
