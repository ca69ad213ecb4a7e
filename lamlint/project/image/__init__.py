"""What runs in a function's container image, and from where it is imported, by its Dockerfile."""

from lamlint.project.image.alike import alike
from lamlint.project.image.start import in_image

__all__ = ["alike", "in_image"]
