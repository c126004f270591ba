"""Words are read alike, whoever asks at the same time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from baken.match import words
from baken.registers import stems


@pytest.mark.parametrize(
    "stem", [words.stem.__wrapped__, stems.stem.__wrapped__], ids=["match", "registers"]
)
def test_threads_do_not_mix_their_words(stem: Callable[[str, str], str]) -> None:
    some = [
        f"{a}{b}{c}en" for a in "bdgk" for b in ("aa", "ee", "oo", "ij") for c in "rtlsmnp"
    ] * 20
    alone = [stem(word, "nl") for word in some]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda word: stem(word, "nl"), some)) == alone
