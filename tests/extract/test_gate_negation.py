import pytest

from schemas.claim import WHAT_WAS_PROMISED, Draft, Reason
from schemas.source import Side, Turn
from service.extract.gate import admit


def reason(text: str, quote: str) -> Reason | None:
    turn = Turn(turn=0, speaker="Ben", side=Side.VENDOR, side_rule="stated", text=text)
    draft = Draft(field=WHAT_WAS_PROMISED, turn=0, quote=quote, statement="")
    rejected = admit([draft], [turn]).rejected
    return rejected[0].reason if rejected else None


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("We will not bill you longer than 30 days", "bill you longer than 30 days"),
        ("We won\u2019t bill you longer than 30 days", "bill you longer than 30 days"),
        ("We wont bill you longer than 30 days", "bill you longer than 30 days"),
        ("I don't think we can do that", "we can do that"),
        ("I don't think, honestly, we can do that", "we can do that"),
        ("We will not, under any circumstances, bill you twice", "bill you twice"),
        ("We do not, as I said before, offer refunds in May", "offer refunds in May"),
        ("We will never, ever bill you twice", "bill you twice"),
        ("We will not... bill you twice", "bill you twice"),
        ("We will not\nbill you twice", "bill you twice"),
        ("I can't promise you, John, that we will ship in March", "we will ship in March"),
        ("We will not bill you or charge you after May", "charge you after May"),
        ("We offer no refunds, credits, or billing after May", "billing after May"),
        ("We won't ask Mr. Smith to bill you again", "Smith to bill you again"),
        ("We will not:\n- bill you for storage\n- charge you for seats", "charge you for seats"),
        ("We take care of nothing after launch", "We take care"),
        ("It is non-refundable within 30 days", "refundable within 30 days"),
        ("Nobody on our side will call you back", "will call you back"),
        ("We are unable to ship it in May", "to ship it in May"),
        ("We will do our best not to bill you more", "We will do our best … to bill you more"),
        ("Wir werden Ihnen nicht länger als 30 Tage berechnen", "länger als 30 Tage berechnen"),
        ("Ich glaube nicht, dass wir das im März schaffen", "wir das im März schaffen"),
        ("Wir liefern im März nicht", "Wir liefern im März"),
        ("Nous ne facturons pas plus de 30 jours", "plus de 30 jours"),
        ("Ce n\u2019est pas inclus dans le prix", "inclus dans le prix"),
        ("No lo vamos a cobrar dos veces", "vamos a cobrar dos veces"),
        ("Non vi addebiteremo mai più di 30 giorni", "più di 30 giorni"),
        ("Não vamos cobrar mais de 30 dias", "cobrar mais de 30 dias"),
        ("Wij sturen u geen factuur na 30 dagen", "factuur na 30 dagen"),
    ],
)
def test_a_negation_of_the_clause_may_not_be_cut_off(text: str, quote: str) -> None:
    assert reason(text, quote) is Reason.CUT_NEGATION


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("We will not bill you longer than 30 days", "not bill you longer than 30 days"),
        ("No, we will ship it on Monday", "we will ship it on Monday"),
        ("No we will ship it on Monday", "we will ship it on Monday"),
        ("No, June works for us", "June works for us"),
        ("No problem, June works for us", "June works for us"),
        ("I don't think so. We can do that", "We can do that"),
        ("We can't do March, but we will do June", "we will do June"),
        ("We can't do March and we will do June", "we will do June"),
        ("We do not ship by air but by sea in June", "by sea in June"),
        ("You will ship it on Monday, won't you?", "You will ship it on Monday"),
        ("You will ship it on Monday won't you?", "You will ship it on Monday"),
        ("We will not only migrate your data but train you", "migrate your data"),
        ("We will ship it on Monday if you don't mind", "We will ship it on Monday"),
        ("If you don't sign by May, we will raise the price", "we will raise the price"),
        ("We will bill you, not them", "We will bill you"),
        ("Terms:\n- no setup fee\n- your data moved by us", "your data moved by us"),
        ("Nein, wir liefern das im März", "wir liefern das im März"),
        ("Wir liefern nicht im Mai, sondern im Juni oder Juli", "im Juni oder Juli"),
        ("Wir liefern die Daten im Mai aus", "Wir liefern die Daten"),
        ("Ce n'est pas mars, mais nous livrons en juin", "nous livrons en juin"),
        ("No próximo mês entregamos o projeto para vocês", "entregamos o projeto"),
    ],
)
def test_a_negation_of_another_clause_is_left_alone(text: str, quote: str) -> None:
    assert reason(text, quote) is None
