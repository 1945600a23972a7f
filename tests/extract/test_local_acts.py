from collections.abc import Callable

import pytest

from schemas.claim import (
    CUSTOMER_COMMITMENTS,
    SUCCESS_IN_THEIR_WORDS,
    WHAT_WAS_PROMISED,
    WHY_THEY_BOUGHT,
    Draft,
)
from schemas.source import Side, Turn
from service.extract.local.extract import extract

Says = Callable[[Side, str], tuple[Draft, ...]]

PROMISED = [
    ("I'll send the security packet tonight.", "first person, future, an act"),
    ("We will migrate your old tickets for you.", "the company undertakes"),
    ("I'm going to put the sandbox up for you.", "going to"),
    ("We're going to assign a second engineer.", "going to, plural"),
    ("I'm sending the revised order form now.", "present for what is under way"),
    ("My team will import the backlog on Monday.", "the speaker's team"),
    ("I promise the export keeps its headers.", "performative verb"),
    ("We guarantee a reply within four hours.", "guarantee"),
    ("Priya will lead the kick-off workshop.", "a named colleague"),
    ("Looping in Tomas, who will own the rollout.", "a colleague brought in"),
    ("Let me check with legal and come back to you.", "leave that is meant as an undertaking"),
    ("Let me get you a named contact for that.", "let me get you"),
    ("You'll get a dedicated channel with our engineers.", "what the listener will have"),
    ("You can cancel at any time in the first quarter.", "a right of this customer"),
    ("There are no extra fees for the second region.", "a term"),
    ("If we miss that, it is a full refund.", "a term with its condition"),
    ("Training is included for all forty seats.", "what is included"),
    ("Your data stays in Frankfurt, encrypted.", "a term about data"),
    ("Implementation takes three weeks from signature.", "a delivery time"),
    ("We're rolling out the audit view in March.", "a roadmap statement"),
    ("The connector will be available next quarter.", "a roadmap date"),
    ("If you send us the schema, we can map it for you.", "a conditional undertaking"),
    ("Once legal signs, we can enable the tenant the same day.", "conditional on a third party"),
    ("So i'll i'll talk to the data team about that", "raw speech without marks"),
    ("Yeah - I'll - I'll take a closer look at the logs.", "a stutter is read once"),
    ("We'll make sure you get the credit on the next invoice.", "an adverb before the act"),
]

NOT_PROMISED = [
    ("If I drop off, Nils will take over.", "about the line, not the deal"),
    ("Oh sure. I'll wash the windows as well.", "said in jest"),
    ("Let me talk to, um … you are breaking up.", "broken off"),
    ("I'll be quick.", "talk about the talk"),
    ("Let me share my screen.", "talk about the talk"),
    ("We'll start with a short introduction.", "talk about the talk"),
    ("We'll see how it goes.", "an idiom binds nobody"),
    ("I'll be away tomorrow.", "a fact about the calendar"),
    ("We can't commit to a date for that.", "a refusal"),
    ("I won't be able to match that price.", "a refusal"),
    ("I can't promise that it ships this year.", "a refusal with a promising verb"),
    ("We have no plans to support that browser.", "a refusal"),
    ("I've already sent you the invoice.", "done"),
    ("As promised, attached is the deck.", "done in the same message"),
    ("We're always here for you.", "courtesy"),
    ("Have a great weekend, we will too.", "courtesy"),
    ("So you need single sign-on and an export.", "the other side's words said back"),
    ("What I'm hearing is that you will need two regions.", "a summary"),
    ("Most of our customers see a return in a quarter.", "what others got"),
    ("One of our clients cut handling time by half.", "what others got"),
    ("The dashboard shows every open ticket by team.", "the product in general"),
    ("Will you be at the conference?", "a question"),
    ("Yeah right, we will surely get that budget.", "sarcasm"),
    ("I could build a custom export for you.", "an offer that nobody takes up"),
    ("If we're going to talk about scope, that needs time.", "the future inside a condition"),
]

WHY = [
    ("Our reps spend ten hours a week copying notes by hand.", "a cost in time"),
    ("We keep losing deals because nobody follows up.", "a cost in money"),
    ("That's why we started looking.", "the stated reason"),
    ("The reason we called is the audit finding in May.", "the stated reason"),
    ("We tried a shared spreadsheet but it fell apart in a month.", "tried, and why it failed"),
    ("The last vendor couldn't import our history.", "why another one was not good enough"),
    ("Our renewals slip through the cracks.", "a problem now"),
    ("We don't have any visibility into what sales agreed.", "a lack that hurts"),
    ("It takes us three days to prepare one handoff.", "a cost in time"),
    ("We went with you because support answers within the hour.", "the reason for choosing"),
    ("The new routing has been a game-changer for us.", "the reason for staying"),
    ("It is all manual and it breaks every Friday.", "a problem now"),
    ("Two outages last month made us rethink the whole setup.", "an event that made them look"),
]

SUCCESS = [
    ("We need audit logs that we can export.", "a need"),
    ("It has to work with our single sign-on.", "a must"),
    ("For us success is a first reply under one hour.", "what good looks like"),
    ("Our goal is to cut onboarding from six weeks to two.", "a goal with its numbers"),
    ("A win would be no escalations in the first month.", "what good looks like"),
    ("If you can't guarantee residency, it's a no.", "a condition of acceptance"),
    ("EU-only hosting is a must for us.", "a limit"),
    ("We want the pilot live by June 9.", "a date they have to meet"),
    ("We don't want our data used for training.", "a limit, negated"),
    ("SAML is required.", "a requirement in three words"),
    ("We can't have customer names in the logs.", "a limit"),
    ("Our target is 99.9% on the booking flow.", "a threshold"),
    ("The most important requirement for us is response time.", "a priority"),
]

SUCCESS += [
    ("If a new hire can run it alone, I'll call this done.", "an acceptance condition"),
    ("If they go back to paper, it's a failure.", "what failure looks like"),
    ("Somebody has to see it within two minutes.", "an obligation with a limit"),
    ("I'd call it a success if we get under forty calls.", "what good looks like"),
]

NOT_THEIRS = [
    ("I'll just tell you right away.", "talk about the talk"),
    ("Okay, I'll write that down.", "a thing done while talking"),
    ("I'll take forty-eight hundred.", "a price accepted in jest"),
    ("So let's start and I'll fill her in later.", "talk about the talk"),
    ("But then I need the data agreement.", "a request for a document"),
    ("They are not worried about that.", "a pain word that is denied"),
    ("We don't need the mobile app.", "a need that is denied"),
    ("That's super helpful.", "praise of a demo"),
    ("Can you send me the price list?", "a request"),
    ("No problem, that works for me.", "a pain word that is denied"),
    ("There were no issues with the import.", "a pain word that is denied"),
    ("What does success look like for others?", "a question"),
    ("Sounds good, talk soon.", "courtesy"),
    ("If you could promise that, maybe.", "hypothetical"),
    ("Oh great, another login, just what we needed.", "sarcasm"),
    ("We are twelve people in the Lisbon office.", "a plain fact"),
]

COMMITTED = [
    ("We're also going to write to the parents.", "an adverb inside"),
    ("I'll send you our network diagram by Thursday.", "a customer's undertaking"),
    ("We'll share a list of test users tomorrow.", "plural"),
    ("I'm going to introduce you to our security lead.", "going to"),
]


@pytest.fixture
def says() -> Says:
    def drafts(side: Side, text: str) -> tuple[Draft, ...]:
        return extract([Turn(turn=0, speaker="Kim", side=side, side_rule="stated", text=text)])

    return drafts


@pytest.mark.parametrize(("text", "reason"), PROMISED)
def test_vendor_promises(says: Says, text: str, reason: str) -> None:
    assert [draft.field for draft in says(Side.VENDOR, text)] == [WHAT_WAS_PROMISED], reason


@pytest.mark.parametrize(("text", "reason"), NOT_PROMISED)
def test_vendor_does_not_promise(says: Says, text: str, reason: str) -> None:
    assert says(Side.VENDOR, text) == (), reason


@pytest.mark.parametrize(("text", "reason"), WHY)
def test_customer_says_why(says: Says, text: str, reason: str) -> None:
    assert [draft.field for draft in says(Side.CUSTOMER, text)] == [WHY_THEY_BOUGHT], reason


@pytest.mark.parametrize(("text", "reason"), SUCCESS)
def test_customer_says_what_success_is(says: Says, text: str, reason: str) -> None:
    fields = [draft.field for draft in says(Side.CUSTOMER, text)]
    assert fields == [SUCCESS_IN_THEIR_WORDS], reason


@pytest.mark.parametrize(("text", "reason"), NOT_THEIRS)
def test_customer_says_nothing_to_keep(says: Says, text: str, reason: str) -> None:
    assert says(Side.CUSTOMER, text) == (), reason


@pytest.mark.parametrize(("text", "reason"), COMMITTED)
def test_customer_commits(says: Says, text: str, reason: str) -> None:
    assert [draft.field for draft in says(Side.CUSTOMER, text)] == [CUSTOMER_COMMITMENTS], reason


@pytest.mark.parametrize("text", [PROMISED[0][0], SUCCESS[0][0], WHY[2][0]])
def test_unknown_side_proposes_clear_acts_with_less_confidence(says: Says, text: str) -> None:
    (draft,) = says(Side.UNKNOWN, text)
    known = [*says(Side.VENDOR, text), *says(Side.CUSTOMER, text)]
    assert draft.confidence < min(each.confidence for each in known)


def test_unknown_side_proposes_nothing_where_the_act_is_not_clear(says: Says) -> None:
    assert says(Side.UNKNOWN, "Training is included for all forty seats.") == ()
    assert says(Side.UNKNOWN, "It is all manual and it breaks often.") == ()
