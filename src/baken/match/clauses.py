"""Where one thing that is said ends and the next begins."""

from __future__ import annotations

import re

_BETWEEN = re.compile(
    r"[,.;:!?\n]+|\b(?:maar|omdat|waardoor|zodat|and|but|so|et|mais|car|donc|alors)\b"
    r"|\bwant\b(?! (?:to|an?|the|my|our|more|help)\b)"
    r"|\ben (?!faillite|faling|arret|fumee|incapacite|burn|travaux|raison|dessous|personne|\d"
    r"|prj|reorganisation|procedure de)"
)


def clauses(plain: str) -> list[str]:
    """The clauses of a plain text (:func:`baken.match.dialect.plain`).

    >>> clauses("we zijn gehackt en ik ben bang, wat nu?")
    ['we zijn gehackt ', 'ik ben bang', ' wat nu']
    >>> clauses("i want to stop"), clauses("ik stop want ik ben moe")
    (['i want to stop'], ['ik stop ', ' ik ben moe'])
    """
    return [clause for clause in _BETWEEN.split(plain) if clause.strip()]
