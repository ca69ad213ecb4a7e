"""What the project's own build steps copy into the folders and archives that are deployed."""

from lamlint.project.packing.layout import Brought, Packing

__all__ = ["Brought", "Packing"]
