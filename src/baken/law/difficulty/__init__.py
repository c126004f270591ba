"""Is an undertaking in difficulty? Regulation (EU) 651/2014, art. 2(18), grounds a to e."""

from baken.law.difficulty.model import (
    AccountYear,
    DifficultyInput,
    LegalForm,
    read_difficulty,
)
from baken.law.difficulty.result import (
    COVID_FROM,
    COVID_TO,
    END_OF_GBER,
    DifficultyResult,
    difficulty_of,
)

__all__ = [
    "COVID_FROM",
    "COVID_TO",
    "END_OF_GBER",
    "AccountYear",
    "DifficultyInput",
    "DifficultyResult",
    "LegalForm",
    "difficulty_of",
    "read_difficulty",
]
