"""What runs in a function's container image, and from where it is imported, by its Dockerfile."""

from lamlint.project.image.alike import alike
from lamlint.project.image.only import by_only_dockerfile
from lamlint.project.image.replaced import replaced
from lamlint.project.image.served import served_elsewhere
from lamlint.project.image.start import in_image

__all__ = ["alike", "by_only_dockerfile", "in_image", "replaced", "served_elsewhere"]
