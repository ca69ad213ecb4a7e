"""What Lambda unpacks for a function, and how large: measured where it can be, else estimated."""

from lamlint.packages.measurement import Measurement, Method, Part
from lamlint.packages.package import Package, packages

__all__ = ["Measurement", "Method", "Package", "Part", "packages"]
