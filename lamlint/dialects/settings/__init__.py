"""Settings of tools that deploy an application in stages: mappings that override each other."""
