"""Danger to the life of somebody else is heard beside debts and bailiffs, dark thoughts are heard
however they are told, and who hires or lets somebody go cries for nothing."""

from __future__ import annotations

import pytest

from baken.match.distress import cry
from baken.match.search import embed_query

CRIES = [
    ("en", "My husband talks about ending his life, our farm is bankrupt"),
    ("en", "My wife talks about ending her life, we cannot pay the bank"),
    ("en", "our worker wants to kill himself"),
    ("en", "my husband wants to die, we lost the shop"),
    ("en", "I have been having dark thoughts since the bailiff came"),
    ("fr", "Mon mari parle d'en finir, notre ferme est en faillite"),
    ("fr", "mon associé dit qu'il va en finir, nous avons des dettes"),
    ("fr", "mon mari veut se pendre, les dettes nous écrasent"),
    ("fr", "des idées noires depuis l'huissier"),
    ("nl", "mijn man praat over er een einde aan maken, onze boerderij is failliet"),
    ("nl", "mijn vrouw praat over er een einde aan maken, we hebben schulden bij de bank"),
    ("nl", "mijn vrouw zegt dat ze er een einde aan wil maken, de deurwaarder komt"),
    ("nl", "mijn zoon wil er een einde aan maken, de zaak is failliet"),
    ("nl", "mijn vennoot dreigt zich te verhangen"),
    ("nl", "mijn man heeft gezegd dat hij er een eind aan maakt, de zaak is failliet"),
    ("nl", "donkere gedachten sinds de deurwaarder er was"),
    ("nl", "zwarte gedachten en schulden"),
]
CRIES += [
    ("nl", "mijn vennoot staat op het dak en wil springen"),
    ("nl", "ik wil stoppen met de zaak en met leven"),
    ("nl", "kwil nie mer leve, te veel schulden"),
    ("nl", "afscheidsbrief gevonden van mijn vrouw, de zaak loopt slecht"),
    ("nl", "Ich bringe mich um, die Firma ist pleite"),
    ("fr", "ich hänge mich auf wegen der Schulden"),
    ("fr", "je vais me foutre en l'air avec ces dettes"),
    ("fr", "arrêter de vivre et fermer le magasin"),
    ("en", "my partner is on the roof and wants to jump"),
    ("en", "I found a farewell letter of my husband"),
]
NO_CRIES = [
    ("nl", "ik wil stoppen met de zaak en met pensioen"),
    ("nl", "ik wil stoppen met leveren aan horeca"),
    ("nl", "een afscheidsbrief aan klanten schrijven bij stopzetting"),
    ("nl", "we willen stoppen met levende dieren verkopen"),
    ("fr", "mon mari veut arrêter de vivre au-dessus du magasin"),
    ("nl", "ich suche Personal"),
    ("fr", "je veux engager quelqu'un"),
    ("fr", "Je dois engager quelqu'un"),
    ("fr", "J'aimerais engager quelqu'un"),
    ("fr", "je veux licencier quelqu'un"),
    ("fr", "mon associé veut en finir avec ce contrat"),
    ("fr", "mon mari parle de se lancer comme indépendant"),
    ("fr", "des idées sombres pour ma boutique de mode"),
    ("en", "I want to fire someone"),
    ("en", "I need to fire someone"),
    ("en", "my partner wants to end the lease"),
    ("en", "my employee hurt himself at work"),
    ("en", "he is killing himself with work, how can I lower the workload"),
    ("nl", "ik wil iemand ontslaan"),
    ("nl", "mijn vennoot wil een einde maken aan de samenwerking"),
    ("nl", "mijn vennoot wil er een einde aan maken met de samenwerking"),
    ("nl", "mijn man zegt dat er een einde aan de huur komt"),
]


@pytest.mark.parametrize(("lang", "text"), CRIES)
def test_danger_to_another_and_dark_thoughts_are_heard(lang: str, text: str) -> None:
    found = cry(text, embed_query(text), lang)
    assert found is not None and found.sure
    assert found.lang == lang


@pytest.mark.parametrize(("lang", "text"), NO_CRIES)
def test_staff_and_partners_are_no_cry(lang: str, text: str) -> None:
    found = cry(text, embed_query(text), lang)
    assert found is None or not found.sure


BEATEN = [
    ("nl", "ik kan mijn facturen niet meer betalen, ik zie het niet meer zitten."),
    ("nl", "de deurwaarder komt en ik zie het niet meer zitten"),
    ("en", "we can't pay and I can't go on"),
    ("fr", "je n'en peux plus, les factures s'empilent"),
]


@pytest.mark.parametrize(("lang", "text"), BEATEN)
def test_who_may_be_beaten_reads_who_listens_beside_the_answer(lang: str, text: str) -> None:
    assert cry(text, embed_query(text), lang) is not None
