"""What Lambda unpacks for a function, and how large: measured where it can be, else estimated."""

from lamlint.packages.entries import NEVER_PACKED
from lamlint.packages.measurement import Measurement, Method, Part, megabytes
from lamlint.packages.package import Package, packages
from lamlint.packages.requirements import brought, declares, required

__all__ = [
    "NEVER_PACKED",
    "Measurement",
    "Method",
    "Package",
    "Part",
    "brought",
    "declares",
    "megabytes",
    "packages",
    "required",
]
