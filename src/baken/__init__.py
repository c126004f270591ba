"""Baken: brings small firms and innovation support together.

>>> import baken
>>> answer = baken.match({"need": "mijn oven verbruikt te veel", "as_of": "2026-11-24",
...                       "facts": {"province": "Limburg", "size": "micro"}})
>>> answer.needs[0].code
'N11'
>>> len(answer.offers[:5])
5
"""

from baken.match import match as match

__version__ = "0.1.0"
__all__ = ["match"]
