"""Phrases that tell a cry for help, and what a firm says in like words, in three languages."""

from __future__ import annotations

import pytest

from baken.landscape.catalogue import load_catalogue
from baken.match.distress import KINDS, LIFE, cry, listeners
from baken.match.helplines import calls, number_of
from baken.match.search import embed_query
from tests.match.asked import ask

LANGS = ("nl", "en", "fr")
CRIES = {
    "nl": [
        "kspring van de brug as de bank niet betaalt",
        "kga mij verdrinken als da faillissement komt",
        "ik heb gisteren een touw gekocht, de zaak is op",
        "mijn leven heeft geen zin meer nu de winkel dicht is",
        "mijn leven is niets meer waard zonder mijn zaak",
        "k ga van het dak springen, 't is gedaan",
        "ik ga onder de trein springen als ze mijn huis verkopen",
        "ik spring als de bank nee zegt",
        "ik verdrink mezelf, de schulden zijn te groot",
        "kga mijn eigen verhangen in den atelier",
        "kgoa men eigen verzuipen int kanaal",
        "het touw hangt klaar in de schuur",
        "ik heb genoeg pillen klaarliggen thuis",
        "ik heb geen zin meer om te leven sinds het faillissement",
        "ik hang mij op, de deurwaarder heeft alles",
        "ik wil dood, mijn verkoop daalt",
        "ik kan de facturen niet meer betalen en ik wil dood",
        "kan mijn facturen niet meer betalen en wil dood",
        "ik wou dat ik dood was, de omzet daalt elke maand",
        "kwil sterven, mijn winkel is leeg",
        "ik heb zwarte gedachten, mijn verkoop daalt",
        "alles is zwart voor mij sinds de winkel dicht is",
        # the speaker stands before, and not beside the words
        "de deurwaarder komt, ik zie het niet meer zitten en wil er een eind aan maken",
        "mijn zaak gaat failliet, ik kan niet meer en wil er een eind aan maken",
        "de schulden stapelen zich op, ik slaap niet meer en wil er een einde aan maken",
        "ik zie het echt helemaal niet meer zitten met mijn winkel en wil er een eind aan maken",
        "ik kan de bank niet betalen, ik zie het niet meer zitten en wil er een eind aan maken",
        "als ze mijn machines verkopen maak ik er een einde aan",
    ],
    "en": [
        "I will jump if the bank says no",
        "better off dead, my bakery is gone",
        "I am thinking of ending it all",
        "I'll throw myself under a train if they take the farm",
        "I'm going to jump off a bridge, the shop is lost",
        "I want to drown myself, I owe everybody",
        "I bought a rope yesterday, the firm is finished",
        "my life is worthless since the bankruptcy",
        "my life has no meaning without the restaurant",
        "I have enough sleeping pills at home, nobody will miss the shop",
        "I am going to hang myself in the workshop",
        "I don't want to live any more, my energy costs are too high",
        "I don't want to live any more because of my debts",
        "I no longer want to live, sales are falling",
        "I wish I was dead, my shop is empty",
        "I have dark thoughts, my energy bill is too high",
        "I can't pay the bank, I can't see a way out and want to end it all",
        "I have written goodbye letters to my children, the shop is lost",
        "I wrote goodbye notes to my wife and kids. The company is finished.",
        "I see no way to go on living with these debts",
        "I might hurt myself, the bailiff comes tomorrow",
        "my shop is going under, I am exhausted and don't want to live anymore",
    ],
    "fr": [
        "je vais sauter du pont si la banque refuse",
        "ma vie ne vaut plus rien depuis la faillite",
        "je vais sauter si l'huissier revient",
        "je vais me jeter sous le train, j'ai tout perdu",
        "je veux me noyer dans le canal",
        "j'ai acheté une corde hier, c'est fini",
        "ma vie n'a plus de sens sans mon atelier",
        "ma vie est finie, la banque a tout pris",
        "je serais mieux mort que ruiné",
        "je vais avaler toute la boîte de somnifères",
        "je pense à me pendre dans la grange",
        "je ne veux plus vivre, mes ventes baissent",
        "je ne peux plus payer mes factures et je ne veux plus vivre",
        "je ne veux plus vivre à cause de mes dettes",
        "j'ai des idées noires",
        "j'ai des pensées noires, mes ventes baissent",
        "j'aimerais mourir, mon magasin est vide",
        "si la banque refuse je me tue",
        "je veux me tuer, la faillite est là",
        "si on saisit mes machines j'en finis avec la vie",
        "je vais me faire du mal si l'huissier revient",
        "je n'arrive plus à payer mes employés, je suis au bout et ne veux plus vivre",
    ],
}
ORDINARY = [
    "ik werd met verstomming geslagen door de energiefactuur",
    "ik word om de oren geslagen met regels",
    "ik werd uit het lood geslagen toen de bank nee zei",
    "ik wil op de trein van artificiële intelligentie springen",
    "ik spring als de prijs goed is",
    "ik wil er een einde aan maken met die leverancier",
    "ik heb een geschil met mijn verhuurder en wil er een eind aan maken",
    "ik heb een slecht contract met mijn leverancier en wil er een einde aan maken",
    "we verspillen te veel energie en willen er een eind aan maken",
    "ik heb een winkel en wil stoppen",
    "je veux en finir avec la paperasse",
    "je me tue à la tâche pour mes clients",
    "ce concurrent va me tuer avec ses prix",
    "wij drukken afscheidsbrieven en rouwkaarten",
    "we print goodbye letters and cards",
    "I hurt myself at the saw yesterday",
    "I will jump if the price is right",
    "je vais sauter si le prix est bon",
    "ma vie est terminée comme salarié, je veux entreprendre",
    "de omzet sprong naar een miljoen",
    "eindelijk zwarte cijfers na een slecht jaar",
    "ik verkoop zwarte schoenen",
    "wij lakken zwarte deuren",
    "we werken in het zwart",
    "ik wil niet meer in het zwart werken",
    "nous fabriquons du savon noir",
    "we are back in the black",
    "de prijs springt omhoog",
    "ik spring van de ene klant naar de andere",
    "ik ga springen op die nieuwe markt",
    "ik spring als eerste op nieuwe techniek",
    "wij laten klanten met een bungee van de brug springen",
    "ik wil van het dak een terras maken",
    "ik heb touw gekocht voor de winkel",
    "ik heb een touw gekocht voor de boot van een klant",
    "het touw ligt klaar voor de levering",
    "ik heb een koord gekocht om de stand af te sluiten",
    "ik verdrink in papierwerk",
    "ik laat me niet verdrinken in de administratie",
    "ik wil mij niet ophangen aan één klant",
    "onze apotheek heeft de pillen klaar voor de bewoners",
    "ik heb geen zin meer in beurzen",
    "het leven van onze machines heeft een einde",
    "het leven van die batterij heeft geen waarde meer voor ons",
    "deze voorraad is niets meer waard",
    "ik sla mijn vrouw over in de planning van het weekend",
    "ik sla mijn voorraad op in een loods",
    "ik word afgeperst door hackers, mijn bestanden zijn op slot",
    "ik kan men eigen niet verzuipen in papieren",
    "jump to the next level",
    "I will jump on the market for electric bikes",
    "I will jump in when my daughter is ill",
    "we want to jump from paper to digital",
    "we offer bungee jumping off a bridge",
    "I bought a rope shop in Ghent",
    "I bought the rope for the climbing wall",
    "I am drowning in paperwork",
    "I am killing myself working for this shop",
    "I want to end it, the lease of the van",
    "taking my life savings out to start a bakery",
    "that old product line is better off gone",
    "je veux sauter sur l'occasion",
    "je vais sauter le pas et m'installer",
    "je vais sauter une étape du dossier",
    "les prix sautent chaque mois",
    "je vais me noyer dans les factures",
    "je me noie dans la paperasse",
    "j'ai acheté une corde pour le bateau",
    "j'ai acheté une corderie à Liège",
    "la vie de nos batteries n'est plus assez longue",
    "mon stock ne vaut plus rien",
    "je suis menacé d'une amende",
    "mijn product is dood",
    "ik wil dood gewicht uit mijn magazijn",
    "als ik dood ben, wie neemt mijn zaak over",
    "ik ben dood moe van de administratie",
    "we willen niet meer leven van subsidies",
    "wij willen niet langer leven van één klant",
    "I don't want to live off subsidies any more",
    "I don't want to live over the shop any more",
    "I want to die-cast parts in aluminium",
    "my product is dead",
    "je ne veux plus vivre de subsides",
    "je ne veux plus vivre dans mon atelier",
    "mon commerce va mourir",
    "j'ai des idées noires et blanches pour mon logo",
    "onze ontwerper zoekt idées noires",
]


@pytest.mark.parametrize(("lang", "need"), [(k, text) for k in LANGS for text in CRIES[k]])
def test_a_life_that_is_too_much_is_heard_in_the_language_it_is_said_in(
    lang: str, need: str
) -> None:
    found = cry(need, embed_query(need))
    assert found is not None and (found.sure, found.lang, found.kind) == (True, lang, LIFE)


@pytest.mark.parametrize("need", ORDINARY)
def test_what_a_firm_says_in_like_words_is_no_cry(need: str) -> None:
    found = cry(need, embed_query(need))
    assert found is None or not found.sure


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", LANGS)
def test_each_line_has_a_number_and_who_listens_is_in_the_catalogue(kind: str, lang: str) -> None:
    assert "112" in [call.number for call in calls(kind, lang)]
    assert listeners(lang, kind) and listeners(lang, kind) <= set(load_catalogue().by_key)
    lines = {i for of_type, i in listeners(lang) if of_type == "organisation"}
    assert all(number_of(record_id) for record_id in lines) and not number_of("unizo")


@pytest.mark.parametrize(
    "need", ["ksla mijn vrouw en drink te veel", "I am thinking of ending it all"]
)
def test_who_cries_for_help_is_asked_no_question(need: str) -> None:
    assert ask(need, facts={"municipality": "Gent", "headcount": 1}).next_question is None


@pytest.mark.parametrize(
    ("need", "door"),
    [
        ("better off dead, my bakery is gone", "zelfmoordlijn"),
        ("ma vie ne vaut plus rien depuis la faillite", "tele-accueil"),
    ],
)
def test_who_listens_goes_before_an_association_of_owners(need: str, door: str) -> None:
    answer = ask(need, lang="fr", facts={"headcount": 1})
    assert door in answer.route.doors and "107" in [call.number for call in answer.calls]
    assert not answer.no_need and answer.notices[0] == answer.urgent


BESIDE = [
    ("nl", "ik wil dood, mijn verkoop daalt"),
    ("fr", "je ne peux plus payer mes factures et je ne veux plus vivre"),
    ("en", "I don't want to live any more, my energy costs are too high"),
]


@pytest.mark.parametrize(("lang", "need"), BESIDE)
def test_who_also_names_what_is_wrong_with_the_firm_is_first_told_whom_to_call(
    lang: str, need: str
) -> None:
    answer = ask(need, lang=lang, facts={"municipality": "Gent" if lang != "fr" else "Liège"})
    assert answer.urgent and answer.notices[0] == answer.urgent and answer.calls
    listening = {i for of_type, i in listeners(lang) if of_type == "organisation"}
    assert answer.route.doors[0] in listening
    assert [o for o in answer.offers if (o.type, o.id) not in listeners(lang)], "what helps after"


def test_what_may_be_a_cry_and_is_no_need_of_a_firm_goes_to_who_listens() -> None:
    answer = ask("I feel so empty inside, nobody would notice me")
    assert not answer.no_need and answer.urgent
    assert not ask("ik wil groeien").calls


SUICIDE_LINES = ["zelfmoordlijn", "centre-de-prevention-du-suicide"]


@pytest.mark.parametrize(
    ("need", "where", "called", "doors"),
    [
        ("I want to kill myself", "", ["1813", "0800 32 123", "112"], SUICIDE_LINES),
        ("I want to kill myself", "Gent", ["1813", "0800 32 123", "112"], SUICIDE_LINES),
        ("I want to die", "Liège", ["0800 32 123", "1813", "112"], SUICIDE_LINES[::-1]),
        (
            "I am bankrupt and I don't want to live anymore",
            "Gent",
            ["1813", "0800 32 123", "112"],
            SUICIDE_LINES,
        ),
    ],
)
def test_who_cries_in_english_calls_the_lines_for_suicide_first_those_near_before_the_others(
    need: str, where: str, called: list[str], doors: list[str]
) -> None:
    answer = ask(need, lang="en", facts={"municipality": where} if where else {})
    assert [call.number for call in answer.calls] == called
    assert list(answer.route.doors) == doors
    tongues = [call.name for call in answer.calls if call.number != "112"]
    assert all("(in Dutch)" in name or "(in French)" in name for name in tongues)


@pytest.mark.parametrize(
    ("lang", "need"),
    [
        ("nl", "ik wil er een einde aan maken"),
        ("en", "I want to kill myself"),
        ("fr", "je veux mourir"),
    ],
)
def test_where_no_word_tells_of_a_firm_only_who_listens_is_offered(lang: str, need: str) -> None:
    offers = {(o.type, o.id) for o in ask(need, lang=lang, facts={"headcount": 1}).offers}
    assert offers and offers <= listeners(lang)


def test_who_sells_firms_stands_on_no_page_that_answers_a_cry() -> None:
    asked = {"facts": {"municipality": "Gent"}, "limit": 20}
    handing_over = {"overnamemarkt"}
    assert handing_over & {o.id for o in ask("ik stop met mijn zaak", **asked).offers}
    crying = ask("ik stop met mijn zaak en ik wil niet meer leven", **asked)
    assert crying.urgent and not handing_over & {o.id for o in crying.offers}


@pytest.mark.parametrize(
    ("lang", "need"),
    [
        ("nl", "ik drink te veel"),
        ("nl", "mijn man drinkt te veel"),
        ("nl", "ik gok te veel"),
        ("nl", "ik ben aan de drank door de zorgen om mijn zaak"),
        ("en", "I drink too much since sales fell"),
        ("fr", "je bois trop"),
    ],
)
def test_who_drinks_too_much_is_told_who_listens(lang: str, need: str) -> None:
    answer = ask(need, lang=lang)
    assert answer.calls
    assert answer.needs[0].code == "N14", "no matter of energy or waste"


@pytest.mark.parametrize(("lang", "best"), [("nl", "het best"), ("en", "best"), ("fr", "le mieux")])
def test_who_may_be_crying_is_not_told_that_a_door_fits_best(lang: str, best: str) -> None:
    assert best not in ask("I feel hopeless", lang=lang).route.why
    assert best in ask("wij willen een website laten maken", lang=lang).route.why


@pytest.mark.parametrize(
    "need",
    ["mijn oven verbruikt te veel", "we verkopen te weinig drank", "onze machine drinkt veel olie"],
)
def test_what_uses_or_sells_too_much_is_no_cry(need: str) -> None:
    assert not ask(need).calls


def test_no_story_of_another_firm_stands_beside_a_cry() -> None:
    assert not ask("mijn man slaat mij en de zaak staat op zijn naam").similar_stories
    assert ask("de verkoop in mijn bakkerij daalt").similar_stories


@pytest.mark.parametrize(
    "need",
    [
        "de nis2 wet, moet ik daar iets voor doen",
        "onze loyaltykaart is niet meer van deze tijd, ik wil er een einde aan maken",
    ],
)
def test_what_is_no_cry_is_answered_as_a_question(need: str) -> None:
    answer = ask(need, facts={"municipality": "Gent"})
    assert answer.urgent is None
