"""What templates declare joined with what modules say; rules are given a Project."""

from lamlint.project.join import Project, build

__all__ = ["Project", "build"]
