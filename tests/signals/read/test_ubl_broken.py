"""Broken XML is refused in plain words, with the line of the file as it was handed in."""

from __future__ import annotations

from pathlib import Path

import pytest

from baken.kernel.errors import BakenError
from baken.signals.aside import code_of, in_language
from baken.signals.read.store import Store
from baken.signals.read.ubl import prepare
from baken.signals.read.ubl_slow import slow
from baken.signals.read.work import reason
from tests.signals.read.ubl import HEAD, put, read, ubl

FILE = (
    '<cac:AdditionalDocumentReference><cac:Attachment><cbc:EmbeddedDocumentBinaryObject'
    ' mimeCode="application/pdf">AAAA\nBBBB\nCCCC\n</cbc:EmbeddedDocumentBinaryObject>'
    "</cac:Attachment></cac:AdditionalDocumentReference>\n"
)  # fmt: skip
WHOLE = ubl(head=HEAD + "\n\n", before=FILE)
TOTAL = 1 + WHOLE[: WHOLE.index(b"<cac:LegalMonetaryTotal>")].count(b"\n")
NAME = 1 + WHOLE[: WHOLE.index(b"Bloem van MEEL")].count(b"\n")
KINDS = {
    "xml_amp": (b"Bloem van MEEL", b"Bloem & gist", NAME, "er staat een losse & in een tekst"),
    "xml_entity": (b"Bloem van MEEL", b"&bloem;", NAME, "die nergens is uitgelegd"),
    "xml_less": (b"Bloem van MEEL", b"bloem < 1 kg", NAME, "er staat een < in een tekst"),
    "xml_sign": (b"Bloem van MEEL", b"Bloem\x02", NAME, "een teken in dat niet in een tekst mag"),
    "xml_mismatch": (b"</cac:LegalMonetaryTotal>", b"</cac:LegalTotal>", TOTAL,
                     "sluit met een andere naam"),
    "xml_prefix": (b"<cac:LegalMonetaryTotal>", b"<xyz:A/><cac:LegalMonetaryTotal>", TOTAL,
                   "een voorvoegsel dat nergens is uitgelegd"),
    "xml_attribute": (b'<cbc:TaxExclusiveAmount currencyID="EUR">',
                      b"<cbc:TaxExclusiveAmount currencyID=EUR>", TOTAL,
                      'naam="waarde"'),
    "xml_after": (b"</Invoice>\n", b"</Invoice>\n<Invoice></Invoice>",
                  1 + WHOLE.count(b"\n"), "na het einde van de factuur"),
    "xml_rule": (b"<cac:LegalMonetaryTotal>", b"]]><cac:LegalMonetaryTotal>", TOTAL,
                 "een regel van XML is niet gevolgd"),
}  # fmt: skip


@pytest.mark.parametrize("code", KINDS)
def test_what_is_wrong_and_where(code: str) -> None:
    """As the reader that refuses says it; the fast one takes some of these as they are."""
    was, now, line, said = KINDS[code]
    document = WHOLE.replace(was, now, 1)
    assert document != WHOLE
    with pytest.raises(BakenError) as error:
        slow(prepare(document)[0], "one.xml", document)
    assert error.value.problem.startswith(f"line {line}: the XML is broken: ")
    why = reason(error.value)
    assert code_of(why) == code
    shown = in_language(why, "nl")
    assert shown.startswith(f"regel {line}: deze XML is stuk: ") and said in shown
    assert shown.endswith("; verwacht: dezelfde factuur opnieuw, van wie ze maakte")
    plain = shown.partition(" (")[0]
    assert not any(word in plain for word in ("parse", "tag", "Entity", "PCDATA", "expected"))


def test_the_line_stands_apart_in_what_was_set_aside(tmp_path: Path) -> None:
    was, now, line, _ = KINDS["xml_amp"]
    with Store() as store:
        store.read([put(tmp_path, one_xml=WHOLE.replace(was, now))], workers=1)
        (aside,) = store.rejected()
    assert (aside.file, aside.line, aside.why[:18]) == ("one.xml", line, "the XML is broken:")


@pytest.mark.parametrize("at", range(len(WHOLE) - 60, 300, -97))
def test_a_file_that_was_cut_off_is_said_to_be(at: int) -> None:
    with pytest.raises(BakenError) as error:
        read(WHOLE[:at])
    assert code_of(error.value.problem) == "xml_cut", error.value.problem
