"""How much, as a card tells it."""

from __future__ import annotations

from datetime import date

import pytest

from baken.landscape.catalogue import load_catalogue
from baken.match.amount import amount_of
from baken.match.model import Lang
from baken.web.owner.present import amount_words

TRAINING, DEDUCTION = "kmo-portefeuille-opleiding", "investeringsaftrek-thematisch"
OFF_PROFIT = "van wat je investeert mag je aftrekken van je winst"
SAID: list[tuple[str, str | None, Lang, str]] = [
    (TRAINING, "micro", "nl",
     "30 % van de kosten, 45 % (opleiding over cyberveiligheid of energie),"
     " hoogstens € 7.500 per onderneming per kalenderjaar"),
    ("ontwikkelingsproject", None, "en",
     "45 % of the costs (micro or small), 35 % (medium), 25 % (large),"
     " at most €3,000,000 per project"),
    (DEDUCTION, "small", "nl", f"30 % {OFF_PROFIT},"
     " 40 % (kleine vennootschap volgens het Belgische recht, of eenmanszaak)"),
    ("startlening", "small", "nl", "hoogstens € 100.000 om te lenen"),
    ("activa-brussels", "small", "nl", "hoogstens € 15.900 per werknemer, over 30 maanden;"
     " € 23.400 per werknemer, over 36 maanden"
     " (verminderde arbeidsgeschiktheid, jonger dan 30 zonder diploma, 57 tot 65 jaar)"),
    ("aanwervingspremie-wallonie", "small", "en",
     "at most €1,200 per month, for 24 months"),
    ("opleidingssteun-duitstalige-gemeenschap", "large", "fr", "au plus 20 000 € par an"),
    ("pmv-waarborg", "small", "fr", "au plus une garantie pour 2 250 000 €"),
    ("werfvergoeding-brussel", "micro", "nl", "hoogstens € 2.000 (minder dan 2 voltijdse krachten),"
     " € 2.350 (2 tot minder dan 5), € 2.700 (5 tot minder dan 10),"
     " daarnaast 40 % van de kosten (nieuwe gevel of etalage, micro-onderneming)"),
]  # fmt: skip


@pytest.mark.parametrize(("record_id", "size", "lang", "said"), SAID)
def test_how_much_in_words(record_id: str, size: str | None, lang: Lang, said: str) -> None:
    (record,) = load_catalogue().find(record_id, "instrument")
    amount = amount_of(record, size, date(2026, 11, 26), lang)
    assert amount is not None
    told = amount_words(amount.model_dump(mode="json"), lang)
    assert told is not None
    assert " ".join(told["words"].split()) == said
