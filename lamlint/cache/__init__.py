"""What earlier runs told, kept in the user's own cache folder.

A run that would see the same is answered from here, before rules, YAML or LibCST are imported.
No answer is taken from what a project could have written.
"""
