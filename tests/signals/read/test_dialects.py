"""How people's tables look, and what is read from each: a manual of dialects."""

from __future__ import annotations

from datetime import date

import pytest

from baken.signals.read.source import Source
from baken.signals.read.tables import read_table
from baken.signals.series import Reading

TODAY = date(2026, 11, 26)


def read(text: str | bytes, name: str = "cijfers.csv", **answers: str) -> Reading:
    data = text.encode() if isinstance(text, str) else text
    told = {f"{name}:{k.replace('_', '-')}": v for k, v in answers.items()}
    return read_table(Source(name, data), told, today=TODAY)


def shown(reading: Reading) -> dict[str, str]:
    """Each series as ``first..last frequency bad: values``."""
    return {
        s.name: f"{s.periods[0]}..{s.periods[-1]} {s.frequency} {s.bad}: "
        + " ".join("-" if v is None else f"{v:g}" for v in s.values)
        for s in reading.series
    }


DIALECTS: dict[str, tuple[str, dict[str, str]]] = {
    "semicolons and Belgian numbers": (
        "maand;omzet\n2025-01;1.234,56\n2025-02;2.000,00\n2025-03;950,5\n",
        {"omzet": "2025-01..2025-03 month down: 1234.56 2000 950.5"},
    ),
    "commas, quotes and English numbers": (
        'Month,Sales\nJan 2025,"1,234.56"\nFeb 2025,"2,000.00"\n',
        {"Sales": "2025-01..2025-02 month down: 1234.56 2000"},
    ),
    "tabs": (
        "maand\tomzet\tklachten\njan 2025\t100\t2\nfeb 2025\t120\t0\n",
        {
            "omzet": "2025-01..2025-02 month down: 100 120",
            "klachten": "2025-01..2025-02 month up: 2 0",
        },
    ),
    "bars": (
        "maand|omzet\n01/2025|100\n02/2025|90\n",
        {"omzet": "2025-01..2025-02 month down: 100 90"},
    ),
    "a line that tells the delimiter": (
        "sep=,\nmaand,omzet\n2025-01,100\n2025-02,90\n",
        {"omzet": "2025-01..2025-02 month down: 100 90"},
    ),
    "French months and thousands by space": (
        "mois;ventes\njanv. 2025;1 234,50 €\nfévr. 2025;2 000,00 €\naoût 2025;3 000,25 €\n",
        {"ventes": "2025-01..2025-08 month down: 1234.5 2000 3000.25"},
    ),
    "whole names of months": (
        "maand;omzet\njanuari 2025;5\nfebruari 2025;6\nmaart 2025;7\n",
        {"omzet": "2025-01..2025-03 month down: 5 6 7"},
    ),
    "months as a spreadsheet shortens them": (
        "maand;omzet\njan-25;5\nfeb-25;6\nmrt-25;7\n",
        {"omzet": "2025-01..2025-03 month down: 5 6 7"},
    ),
    "the last day of each month": (
        "datum;omzet\n31/01/2025;5\n28/02/2025;6\n31/03/2025;7\n",
        {"omzet": "2025-01..2025-03 month down: 5 6 7"},
    ),
    "short years with dashes": (
        "datum;omzet\n31-01-25;5\n28-02-25;6\n31-03-25;7\n",
        {"omzet": "2025-01..2025-03 month down: 5 6 7"},
    ),
    "dots put the day first": (
        "datum;omzet\n01.02.2025;5\n01.03.2025;6\n01.04.2025;7\n",
        {"omzet": "2025-02..2025-04 month down: 5 6 7"},
    ),
    "quarters": (
        "kwartaal;omzet\nK1 2024;5\nK2 2024;6\n2024-Q3;7\nT4 2024;8\n",
        {"omzet": "2024-Q1..2024-Q4 quarter down: 5 6 7 8"},
    ),
    "quarters in words": (
        "periode;omzet\n1e kwartaal 2024;5\n2e kwartaal 2024;6\n",
        {"omzet": "2024-Q1..2024-Q2 quarter down: 5 6"},
    ),
    "weeks": (
        "week;bezoekers\n2025-W01;50\n2025-W02;60\nweek 3 2025;70\n",
        {"bezoekers": "2025-W01..2025-W03 week down: 50 60 70"},
    ),
    "weeks by their Monday": (
        "datum;bezoekers\n2025-01-06;50\n2025-01-13;60\n2025-01-20;70\n",
        {"bezoekers": "2025-W02..2025-W04 week down: 50 60 70"},
    ),
    "days": (
        "datum;bezoekers\n29/12/2025;50\n30/12/2025;60\n31/12/2025;70\n",
        {"bezoekers": "2025-12-29..2025-12-31 day down: 50 60 70"},
    ),
    "years": (
        "jaar;omzet\n2021;500\n2022;600\n2023;700\n",
        {"omzet": "2021..2023 year down: 500 600 700"},
    ),
    "a year and a month in two columns": (
        "jaar;maand;omzet\n2024;11;5\n2024;12;6\n2025;1;7\n",
        {"omzet": "2024-11..2025-01 month down: 5 6 7"},
    ),
    "a year and a name of a month": (
        "Jaar;Maand;Omzet\n2024;november;5\n2024;december;6\n2025;januari;7\n",
        {"Omzet": "2024-11..2025-01 month down: 5 6 7"},
    ),
    "a year and a quarter": (
        "jaar;kwartaal;omzet\n2024;3;5\n2024;4;6\n2025;1;7\n",
        {"omzet": "2024-Q3..2025-Q1 quarter down: 5 6 7"},
    ),
    "months as 202501": (
        "periode;omzet\n202411;5\n202412;6\n202501;7\n",
        {"omzet": "2024-11..2025-01 month down: 5 6 7"},
    ),
    "title lines, an empty line and a total": (
        "Bakkerij De Korst;;\nCijfers 2025;;\n;;\nmaand;omzet;kosten\njan;100;80\nfeb;110;85\n"
        ";;\nTotaal;210;165\n",
        {
            "omzet": "2025-01..2025-02 month down: 100 110",
            "kosten": "2025-01..2025-02 month up: 80 85",
        },
    ),
    "a column of totals": (
        "maand;winkel;web;totaal\n2025-01;5;2;7\n2025-02;6;3;9\n",
        {
            "winkel": "2025-01..2025-02 month both: 5 6",
            "web": "2025-01..2025-02 month both: 2 3",
        },
    ),
    "only a total": (
        "maand;totaal omzet\n2025-01;7\n2025-02;9\n",
        {"totaal omzet": "2025-01..2025-02 month down: 7 9"},
    ),
    "months as columns, series as rows": (
        "Omzet 2025;;;;\n;jan;feb;mrt;totaal\nhoreca;10;20;30;60\nparticulieren;1;2;3;6\n"
        "Totaal;11;22;33;66\n",
        {
            "Omzet: horeca": "2025-01..2025-03 month down: 10 20 30",
            "Omzet: particulieren": "2025-01..2025-03 month down: 1 2 3",
        },
    ),
    "months with their year as columns": (
        "klant;11/2024;12/2024;01/2025\nA;1.000,00;2.000,00;\nB;5,50;6;7\n",
        {
            "A": "2024-11..2025-01 month both: 1000 2000 -",
            "B": "2024-11..2025-01 month both: 5.5 6 7",
        },
    ),
    "years over months": (
        ";2024;;2025;\n;nov;dec;jan;feb\nomzet;1;2;3;4\n",
        {"omzet": "2024-11..2025-02 month down: 1 2 3 4"},
    ),
    "years as rows, months as columns": (
        "omzet;jan;feb;mrt;apr;mei;jun;jul;aug;sep;okt;nov;dec\n"
        "2024;1;2;3;4;5;6;7;8;9;10;11;12\n2025;13;14;;;;;;;;;;\n",
        {"cijfers": "2024-01..2025-02 month both: 1 2 3 4 5 6 7 8 9 10 11 12 13 14"},
    ),
    "months as rows, years as columns": (
        "Omzet per maand\nmaand;2023;2024\njanuari;1;3\nfebruari;2;4\n",
        {"Omzet per maand": "2023-01..2024-02 month down: 1 2 3 4"},
    ),
    "one year as a column": (
        "maand;2025\njan;1\nfeb;2\nmrt;3\n",
        {"cijfers": "2025-01..2025-03 month both: 1 2 3"},
    ),
    "years as columns, series as rows": (
        "post;2022;2023;2024\nomzet;100;110;120\nmarge;10;11;12\n",
        {
            "omzet": "2022..2024 year down: 100 110 120",
            "marge": "2022..2024 year down: 10 11 12",
        },
    ),
    "quarters as columns": (
        "Cijfers 2024\npost;Q1;Q2;Q3;Q4\nomzet;1;2;3;4\n",
        {"omzet": "2024-Q1..2024-Q4 quarter down: 1 2 3 4"},
    ),
    "one row a sale, summed per month": (
        "datum;klant;bedrag\n"
        "03/01/2025;A;100,00\n03/01/2025;B;50,00\n28/01/2025;A;10,00\n15/03/2025;A;7,50\n"
        "30/03/2025;C;-2,50\n",
        {
            "bedrag": "2025-01..2025-03 month both: 160 0 5",
            "aantal rijen cijfers": "2025-01..2025-03 month both: 3 0 2",
        },
    ),
    "invoices with numbers, VAT and a due date": (
        "Factuurnummer;Factuurdatum;Vervaldatum;Klantnr;Bedrag excl. btw;Btw;Bedrag incl. btw\n"
        "1;13/01/2025;13/02/2025;7;100,00;21,00;121,00\n"
        "2;13/01/2025;13/02/2025;8;200,00;42,00;242,00\n"
        "3;27/02/2025;27/03/2025;7;300,00;63,00;363,00\n",
        {
            "Bedrag excl. btw": "2025-01..2025-02 month both: 300 300",
            "aantal rijen cijfers": "2025-01..2025-02 month both: 2 1",
        },
    ),
    "a bank's list with signs": (
        "Uitvoeringsdatum;Valutadatum;Bedrag;Valuta rekening;Tegenpartij\n"
        "13/01/2025;13/01/2025;-100,00;EUR;X\n20/01/2025;20/01/2025;250,00;EUR;Y\n"
        "20/01/2025;21/01/2025;50,00;EUR;Y\n27/02/2025;27/02/2025;-30,00;EUR;X\n",
        {
            "ontvangsten": "2025-01..2025-02 month down: 300 0",
            "uitgaven": "2025-01..2025-02 month up: 100 30",
            "aantal rijen cijfers": "2025-01..2025-02 month both: 3 1",
        },
    ),
    "a bank's list with a column D or C": (
        "BE68 5390 0754 7034\nDatum;Bedrag;Debet/Credit;Mededeling\n"
        "13/01/2025;100,00;Debet;X\n20/01/2025;250,00;Credit;Y\n27/02/2025;30,00;Debet;X\n",
        {
            "ontvangsten": "2025-01..2025-02 month down: 250 0",
            "uitgaven": "2025-01..2025-02 month up: 100 30",
            "aantal rijen cijfers": "2025-01..2025-02 month both: 2 1",
        },
    ),
    "debit and credit in two columns": (
        "datum;debet;credit\n13/01/2025;100,00;\n20/01/2025;;250,00\n20/01/2025;5,00;\n"
        "27/02/2025;30,00;\n",
        {
            "debet": "2025-01..2025-02 month both: 105 30",
            "credit": "2025-01..2025-02 month both: 250 0",
            "aantal rijen cijfers": "2025-01..2025-02 month both: 3 1",
        },
    ),
    "a column that names the series": (
        "maand;afdeling;omzet\n2025-01;winkel;5\n2025-01;web;2\n2025-02;winkel;6\n2025-02;web;3\n",
        {
            "winkel": "2025-01..2025-02 month both: 5 6",
            "web": "2025-01..2025-02 month both: 2 3",
        },
    ),
    "minus behind, brackets, a euro sign": (
        "maand;resultaat\n2025-01;1.234,56-\n2025-02;(500,00)\n2025-03;€ 12,50\n2025-04;-€ 3,00\n",
        {"resultaat": "2025-01..2025-04 month both: -1234.56 -500 12.5 -3"},
    ),
    "newest first": (
        "maand;omzet\n2025-03;7\n2025-02;6\n2025-01;5\n",
        {"omzet": "2025-01..2025-03 month down: 5 6 7"},
    ),
    "days as a spreadsheet numbers them": (
        "datum;omzet\n45688;5\n45716;6\n45747;7\n",
        {"omzet": "2025-01..2025-03 month down: 5 6 7"},
    ),
    "a bank that says the amount twice": (
        "Rekeningnummer;Munt;Afschriftnummer;Datum;Omschrijving;Valuta;Bedrag;Saldo;credit;debet\n"
        "BE68;EUR; 01-2025;02/01/2025;X;03/01/2025;-12,50;987,50;;-12,50\n"
        "BE68;EUR; 01-2025;15/01/2025;X;15/01/2025;100,00;1087,50;100,00;\n"
        "BE68;EUR; 01-2025;30/01/2025;X;30/01/2025;10,00;1097,50;10,00;\n",
        {
            "ontvangsten": "2025-01..2025-01 month down: 110",
            "uitgaven": "2025-01..2025-01 month up: 12.5",
            "aantal rijen cijfers": "2025-01..2025-01 month both: 3",
        },
    ),
    "a bank with lines of two cells above": (
        "Boekingsdatum vanaf;01/01/2025\nBoekingsdatum tot en met;31/01/2025\n;\n"
        "Rekening;Boekingsdatum;Rekeninguittrekselnummer;Valutadatum;Bedrag;Devies;Mededelingen\n"
        "BE68;31/01/2025;1;31/01/2025;-100,5;EUR;\nBE68;15/01/2025;1;15/01/2025;250;EUR;\n",
        {
            "ontvangsten": "2025-01..2025-01 month down: 250",
            "uitgaven": "2025-01..2025-01 month up: 100.5",
            "aantal rijen cijfers": "2025-01..2025-01 month both: 2",
        },
    ),
    "a web shop with times": (
        "Order ID,Created at,Total\n#1001,2025-01-03 10:22:11 +0100,45.00\n"
        "#1002,2025-01-03 11:22:11 +0100,55.00\n#1003,2025-01-31 11:22:11 +0100,5.00\n",
        {
            "Total": "2025-01..2025-01 month both: 105",
            "aantal rijen cijfers": "2025-01..2025-01 month both: 3",
        },
    ),
    "the month first, as a day over twelve tells": (
        "Date,Sales\n1/31/2025,5\n2/28/2025,6\n3/31/2025,7\n",
        {"Sales": "2025-01..2025-03 month down: 5 6 7"},
    ),
    "a first value that is missing": (
        "maand;omzet\n2025-01;€ -\n2025-02;€ 5,00\n",
        {"omzet": "2025-01..2025-02 month down: - 5"},
    ),
    "quarters as columns, years as rows": (
        "jaar;Q1;Q2;Q3;Q4\n2023;1;2;3;4\n2024;5;6;7;8\n",
        {"cijfers": "2023-Q1..2024-Q4 quarter both: 1 2 3 4 5 6 7 8"},
    ),
    "no header, and a title above": (
        "Omzet\n2025-01;5\n2025-02;6\n",
        {"Omzet": "2025-01..2025-02 month down: 5 6"},
    ),
    "a unit in the heading": (
        "maand;Omzet (EUR);Klachten (aantal)\n2025-01;5;1\n2025-02;6;0\n",
        {
            "Omzet": "2025-01..2025-02 month down: 5 6",
            "Klachten": "2025-01..2025-02 month up: 1 0",
        },
    ),
    "a value that is missing, and months to come": (
        "maand;omzet\n2025-01;5\n2025-02;\n2025-03;-\n2025-04;6\n2025-05;\n",
        {"omzet": "2025-01..2025-04 month down: 5 - - 6"},
    ),
}


@pytest.mark.parametrize("name", DIALECTS)
def test_dialect(name: str) -> None:
    text, expected = DIALECTS[name]
    reading = read(text)
    assert not reading.questions
    assert shown(reading) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "iso-8859-15", "cp850"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_encoding(encoding: str, ends: str) -> None:
    text = f"mois;chiffre d'affaires;café{ends}août 2025;5;1{ends}décembre 2025;6;2{ends}"
    assert list(shown(read(text.encode(encoding)))) == ["chiffre d'affaires", "café"]


@pytest.mark.parametrize(
    ("encoding", "euro"), [("cp1252", "€"), ("iso-8859-15", "€"), ("utf-8", "€"), ("utf-16", "€")]
)
def test_euro_signs(encoding: str, euro: str) -> None:
    data = f"maand;omzet\n2025-01;{euro} 1.000,00\n2025-02;{euro} 5,50\n".encode(encoding)
    reading = read(data)
    assert reading.series[0].values == (1000, 5.5)


def test_firms_in_a_column_are_kept_apart() -> None:
    text = "firma;reeks;periode;waarde\n"
    text += "".join(
        f"{f};{s};2025-0{m};{n * m}\n"
        for n, (f, s) in enumerate([("A", "omzet"), ("A", "klachten"), ("B", "omzet")], start=1)
        for m in (1, 2)
    )
    found = [(s.firm, s.name, s.values) for s in read(text).series]
    assert found == [("A", "omzet", (1, 2)), ("A", "klachten", (2, 4)), ("B", "waarde", (3, 6))]
