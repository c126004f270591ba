"""How much aid may a project get? Regulation (EU) 651/2014 (GBER), rates and cumulation."""

from baken.law.aid.model import AidInput, read_aid
from baken.law.aid.result import aid_of

__all__ = ["AidInput", "aid_of", "read_aid"]
