"""The size of an enterprise: Recommendation 2003/361/EC and the Commission's guide to it."""

from baken.law.size.classes import size_of
from baken.law.size.model import SizeInput, read_size

__all__ = ["SizeInput", "read_size", "size_of"]
