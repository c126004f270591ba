"""De minimis aid: how much room is left, and whether a new aid fits."""

from baken.law.deminimis.model import DeMinimisInput, Regime, read_de_minimis
from baken.law.deminimis.regulation import regulation_on
from baken.law.deminimis.room import Room, room_of
from baken.law.deminimis.scope import regime_of

__all__ = [
    "DeMinimisInput", "Regime", "Room", "read_de_minimis", "regime_of", "regulation_on", "room_of",
]  # fmt: skip
