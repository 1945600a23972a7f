import pytest

from schemas.source import Participant, Side, StatedParticipant, Turn, Utterance
from service.intake.sides import decide

DOMAINS = ("northwind.example",)
NAMES = ("Northwind",)


def side_of(
    name: str | None,
    *others: str,
    email: str | None = None,
    stated: tuple[StatedParticipant, ...] = (),
    named: tuple[StatedParticipant, ...] = (),
    domains: tuple[str, ...] = DOMAINS,
    names: tuple[str, ...] = NAMES,
) -> tuple[Side, str]:
    spoken = (Utterance(text="Hi.", speaker=name, email=email),)
    spoken += tuple(Utterance(text="Ho.", speaker=other) for other in others)
    _, turns = decide(
        spoken, stated=stated, named=named, vendor_domains=domains, vendor_names=names
    )
    return turns[0].side, turns[0].side_rule


def person(
    name: str | None = None, email: str | None = None, side: Side | None = None
) -> StatedParticipant:
    return StatedParticipant(name=name, email=email, side=side)


def test_the_uploader_overrules_everything() -> None:
    stated = (person("agent", side=Side.CUSTOMER),)
    assert side_of("Agent", stated=stated) == (Side.CUSTOMER, "stated")
    stated = (person(email="D@northwind.example", side=Side.CUSTOMER),)
    found = side_of("Dana", email="d@northwind.example", stated=stated)
    assert found == (Side.CUSTOMER, "stated")


def test_the_files_own_side_comes_next() -> None:
    named = (person("Dana", side=Side.VENDOR),)
    assert side_of("dana", named=named) == (Side.VENDOR, "file")


def test_an_address_of_the_file_decides_by_its_domain() -> None:
    named = (person("Dana", "d@northwind.example"),)
    assert side_of("Dana", named=named) == (Side.VENDOR, "email-domain")


@pytest.mark.parametrize(
    ("name", "side"),
    [
        ("Customer", Side.CUSTOMER),
        ("Agent 2", Side.VENDOR),
        ("SALES", Side.VENDOR),
        ("Kunde", Side.CUSTOMER),
        ("Agent (Ben)", Side.VENDOR),
        ("Ana (Customer)", Side.CUSTOMER),
        ("Customer Success", None),
        ("Ana (Sales)", None),
        ("Customer (Agent)", None),
        ("Claude Agentson", None),
    ],
)
def test_literal_labels(name: str, side: Side | None) -> None:
    expected = (side, "label") if side else (Side.UNKNOWN, "unknown")
    assert side_of(name) == expected


@pytest.mark.parametrize(
    ("email", "expected"),
    [
        ("d@northwind.example", (Side.VENDOR, "email-domain")),
        ("d@EU.Northwind.example", (Side.VENDOR, "email-domain")),
        ("m@acme.example", (Side.CUSTOMER, "email-domain")),
        ("m@notnorthwind.example", (Side.CUSTOMER, "email-domain")),
        ("m@gmail.com", (Side.UNKNOWN, "unknown")),
        (None, (Side.UNKNOWN, "unknown")),
    ],
)
def test_mail_domains(email: str | None, expected: tuple[Side, str]) -> None:
    assert side_of("Dana", email=email) == expected


def test_a_business_domain_proves_nothing_without_vendor_domains() -> None:
    assert side_of("M", email="m@acme.example", domains=()) == (Side.UNKNOWN, "unknown")


@pytest.mark.parametrize("name", ["Dana | Northwind", "Dana (Northwind GmbH)", "Northwind - Dana"])
def test_display_names_of_the_vendor(name: str) -> None:
    assert side_of(name) == (Side.VENDOR, "display-name")


def test_another_organisation_is_the_customer_only_beside_the_vendor() -> None:
    assert side_of("Marcus (Acme Freight)") == (Side.UNKNOWN, "unknown")
    found = side_of("Marcus (Acme Freight)", "Dana | Northwind")
    assert found == (Side.CUSTOMER, "display-name")
    assert side_of("Marcus (Acme)", "Dana | Northwind", names=()) == (Side.UNKNOWN, "unknown")


@pytest.mark.parametrize(
    "name",
    [
        "Marcus (she/her)",
        "Marcus (Host)",
        "Marcus (mlee)",
        "Marcus (VP of Sales)",
        "Dana (Northwind Sales)",
        "Speaker 1",
        "Speaker A",
        "SPEAKER_00",
        "microphone",
        "Conf. Rm 2 (Acme)",
        "Salle de r\u00e9union (Acme)",
        "Multiple speakers (Acme)",
        "Conference Room (Acme)",
        "Anna and Ben (Acme)",
        None,
    ],
)
def test_no_organisation_and_nobody_in_particular_stay_unknown(name: str | None) -> None:
    assert side_of(name, "Dana | Northwind") == (Side.UNKNOWN, "unknown")


FILE = person("Dana", "d@own.example", Side.VENDOR).model_copy(update={"side_hint": "gong:x"})


def test_the_field_of_the_file_is_the_rule() -> None:
    assert side_of("Dana", named=(FILE,)) == (Side.VENDOR, "gong:x")
    spoken = Utterance(text="Hi.", stated_side=Side.CUSTOMER, side_hint="gong:x")
    _, turns = decide(
        (spoken,), stated=(), named=(), vendor_domains=("a.example",), vendor_names=()
    )
    assert (turns[0].side, turns[0].side_rule) == (Side.CUSTOMER, "gong:x")


def test_a_company_whose_people_are_the_vendors_is_the_vendor() -> None:
    known = {"named": (FILE,), "domains": ()}
    expected = {
        "b@own.example": (Side.VENDOR, "email-domain"),
        "m@acme.example": (Side.CUSTOMER, "email-domain"),
        "m@gmail.com": (Side.UNKNOWN, "unknown"),
    }
    for email, verdict in expected.items():
        assert side_of("Marcus", email=email, **known) == verdict
    free = FILE.model_copy(update={"email": "d@gmail.com"})
    assert side_of("M", email="m@acme.example", named=(free,), domains=()) == (
        Side.UNKNOWN,
        "unknown",
    )


@pytest.mark.parametrize(
    ("recorded_by", "domains", "expected"),
    [
        ("d@own.example", ("own.example",), (Side.VENDOR, "gong:x")),
        ("d@eu.own.example", ("own.example",), (Side.VENDOR, "gong:x")),
        ("d@own.example", (), (Side.VENDOR, "gong:x")),
        ("d@gmail.com", ("northwind.example",), (Side.VENDOR, "gong:x")),
        ("d@own.example", ("northwind.example",), (Side.CUSTOMER, "email-domain")),
    ],
)
def test_whom_a_stranger_calls_internal_is_not_the_vendors(
    recorded_by: str, domains: tuple[str, ...], expected: tuple[Side, str]
) -> None:
    spoken = Utterance(
        text="Hi.", speaker="Dana", email=FILE.email, stated_side=FILE.side, side_hint="gong:x"
    )
    _, turns = decide(
        (spoken,),
        stated=(),
        named=(FILE,),
        vendor_domains=domains,
        vendor_names=(),
        recorded_by=recorded_by,
    )
    assert (turns[0].side, turns[0].side_rule) == expected


def test_a_room_can_be_stated() -> None:
    stated = (person("conference room", side=Side.CUSTOMER),)
    assert side_of("Conference Room", stated=stated) == (Side.CUSTOMER, "stated")


def test_namesakes_on_two_sides_leave_it_open() -> None:
    stated = (person("Jo", "a@x.test", Side.CUSTOMER), person("Jo", "b@x.test", Side.VENDOR))
    assert side_of("Jo", stated=stated) == (Side.UNKNOWN, "unknown")
    found = side_of("Jo", email="b@x.test", stated=stated)
    assert found == (Side.VENDOR, "stated")


def test_everybody_is_listed_once_also_the_silent() -> None:
    spoken = (Utterance(text="Hi.", speaker="Dana"), Utterance(text="So.", speaker="Dana"))
    people, turns = decide(
        spoken,
        stated=(person("Priya", side=Side.CUSTOMER),),
        named=(person("DANA", "d@northwind.example"), person(email="x@acme.example")),
        vendor_domains=DOMAINS,
        vendor_names=(),
    )
    assert people == (
        Participant(
            name="Dana", email="d@northwind.example", side=Side.VENDOR, side_rule="email-domain"
        ),
        Participant(name="Priya", email=None, side=Side.CUSTOMER, side_rule="stated"),
        Participant(
            name=None, email="x@acme.example", side=Side.CUSTOMER, side_rule="email-domain"
        ),
    )
    assert turns[1] == Turn(
        turn=1, speaker="Dana", side=Side.VENDOR, side_rule="email-domain", text="So."
    )
