"""De minimis aid: how much room is left, and whether a new aid fits."""

from baken.law.deminimis.model import DeMinimisInput, read_de_minimis
from baken.law.deminimis.room import room_of

__all__ = ["DeMinimisInput", "read_de_minimis", "room_of"]
