"""Makes the word list of the codes: short everyday Dutch words that can't be taken for each other.

    python tools/code_words.py large_nl.msgpack.gz large_en.msgpack.gz nl_NL.dic > words.txt

Frequencies are those of the package wordfreq 3.1.1 (``wordfreq/data``, CC BY-SA 4.0; reading them
needs ``msgpack``); the dictionary is OpenTaal's (BSD or CC BY 3.0), in Debian's
``hunspell-nl``. From the commonest down a word is taken when it is plain (a to z, four to seven
letters, in the dictionary as a base form, no name) and not commoner in English, its first four
letters are new, it does not sound like one that was taken, and no single typing error turns the one
into the other. What may hurt or embarrass is left out by hand.
"""

from __future__ import annotations

import gzip
import re
import sys
from pathlib import Path

WANTED = 1024
MOST = 40_000
"""So many of the commonest words are looked at."""
PLAIN = re.compile(r"[a-z]{4,7}")
HURTS = re.compile(
    r"^(dood|dode|moord|haat|naz|jood|joden|neger|slet|hoer|kut|lul|pik|porno|seks|sex|kanker|tering|"
    r"tyfus|idioo|gek|dom|slaaf|slav|bom|oorlog|terr|wapen|geweer|pistool|drugs|hero|coca|islam|moslim|"
    r"christ|kerk|god|duivel|satan|hitler|nazi|fasc|raci|homo|lesb|trans|flikk|mong|debiel|spast|bitch|"
    r"fuck|shit|kak|pis|poep|stront|reet|kont|tiet|borst|naakt|bloot|verkra|misbr|zelfm|suici|lijk|graf|"
    r"galg|ziek|pijn|bloed|faill|schuld|boete|stelen|dief|dieven|moff|zwart|blank|ras$|vrouw|meisje|"
    r"neuk|geil|kinky|penis|zoen|madonn|hamas|moskee|paus|pastoor|religi|asiel|misda|inva|wraak|"
    r"angst|armoed|aanslag|ellend|kapot|sukkel|triest|verpest|trauma|virus|zielig|"
    r"jongen|klootz|klote|rotz|vloek|hel$|heks|aids|hiv|tumor|gezwel|abort|ster[fv]|gestorv|overled|"
    r"gedood|stierf|vermist|besmet|weduw|betrapt|inbra|fraud|prooi|paniek|ramp|ontslag|verlies|zinloos|"
    r"vonnis|sovjet|http)"
)
SOUNDS = (
    ("ij", "ei"), ("ou", "au"), ("sch", "sg"), ("ch", "g"), ("ph", "f"), ("th", "t"), ("ck", "k"),
    ("qu", "kw"), ("x", "ks"), ("c", "k"), ("y", "i"), ("v", "f"), ("z", "s"), ("dt", "t"),
)  # fmt: skip


def sound(word: str) -> str:
    """How a word sounds, roughly: what a listener can't tell apart is written alike."""
    for written, heard in SOUNDS:
        word = word.replace(written, heard)
    word = re.sub("d$", "t", re.sub("b$", "p", word))
    return re.sub(r"(.)\1+", r"\1", word)


def neighbours(word: str) -> set[str]:
    """All that leaving out one letter gives; words that are one error apart share one of these."""
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


def chosen(common: list[str], known: set[str], english: set[str]) -> list[str]:
    """The words that are taken, the commonest first."""
    starts: set[str] = set()
    sounds: set[str] = set()
    near: set[str] = set()
    taken: list[str] = []
    for word in common:
        if not PLAIN.fullmatch(word) or word not in known or HURTS.match(word):
            continue
        if word in english or word.capitalize() in known:
            continue
        around = neighbours(word)
        if word[:4] in starts or sound(word) in sounds or around & near:
            continue
        starts.add(word[:4])
        sounds.add(sound(word))
        near |= around
        taken.append(word)
        if len(taken) == WANTED:
            break
    return sorted(taken)


def main() -> None:
    import msgpack

    def ranks(path: str) -> dict[str, int]:
        """Words, the commonest first, with how rare they are (hundredths of a decade)."""
        bins = msgpack.unpackb(gzip.decompress(Path(path).read_bytes()), raw=False)
        return {word: rare for rare, group in enumerate(bins[1:]) for word in group}

    dutch, english = ranks(sys.argv[1]), ranks(sys.argv[2])
    common = list(dutch)[:MOST]
    foreign = {w for w in common if english.get(w, 10_000) <= dutch[w]}
    lines = Path(sys.argv[3]).read_text(encoding="utf-8").splitlines()[1:]
    print("\n".join(chosen(common, {line.split("/")[0] for line in lines}, foreign)))


if __name__ == "__main__":
    main()
