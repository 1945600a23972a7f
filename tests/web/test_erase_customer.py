from live import Caller, Server

from service.actions.erasing import subject_hash

CANARY = "marmalade zeppelin"
TALK = f"Dana: We will send the {CANARY} by Friday.\nKim: We need a {CANARY}.\nDana: Agreed then."


def upload(caller: Caller, **said: object) -> str:
    return caller.ready(caller.post("/v1/sources", json={"content": TALK, **said}))


def test_customer_goes_with_deals_and_sources(alice: Caller) -> None:
    upload(alice, customer="kim", deal="D-1")
    upload(alice, customer="kim", deal="D-2")
    kept = upload(alice, customer="lee")
    answer = alice.delete("/v1/customers/kim").json()
    assert answer["residue"] == 0
    assert {name: answer["removed"][name] for name in ("customer", "deal", "source", "turn")} == {
        "customer": 1,
        "deal": 2,
        "source": 2,
        "turn": 6,
    }
    assert [one["id"] for one in alice.get("/v1/sources").json()["items"]] == [kept]


def test_again_it_is_not_there(alice: Caller) -> None:
    upload(alice, customer="kim")
    assert alice.delete("/v1/customers/kim").status_code == 200
    assert alice.delete("/v1/customers/kim").status_code == 404


def test_a_stranger_finds_no_customer(alice: Caller, charlie: Caller) -> None:
    upload(alice, customer="kim")
    assert charlie.delete("/v1/customers/kim").status_code == 404
    assert len(alice.get("/v1/sources").json()["items"]) == 1


def test_the_ledger_knows_that_but_not_whom(server: Server, alice: Caller) -> None:
    upload(alice, customer="kim")
    alice.delete("/v1/customers/kim")
    with server.database.connect() as connection:
        rows = connection.execute(
            "SELECT kind, subject_hash, by, done_at IS NOT NULL, removed, e::text"
            " FROM app.erasure e WHERE workspace_id = %s",
            [alice.workspace_id],
        ).fetchall()
    assert [(row[0], row[3]) for row in rows] == [("customer", True)]
    assert rows[0][1] == subject_hash(b"pepper of the tests", alice.workspace_id, "customer", "kim")
    assert "kim" not in str(rows[0][5])


def test_the_same_reference_may_come_again(alice: Caller) -> None:
    upload(alice, customer="kim")
    alice.delete("/v1/customers/kim")
    upload(alice, customer="kim")
    assert len(alice.get("/v1/sources", params={"customer": "kim"}).json()["items"]) == 1


def test_a_thread_leaves_nothing(alice: Caller) -> None:
    mail = (
        f"From: Kim <kim@kim.example>\r\nMessage-ID: <{CANARY.replace(' ', '.')}@x.example>\r\n"
        f"Subject: {CANARY}\r\n\r\nWe need the {CANARY}.\r\n"
    ).encode()
    head = {"Idempotency-Key": "zeppelin"}
    answer = alice.post(
        "/v1/sources", files={"file": ("m.eml", mail)}, data={"customer": "kim"}, headers=head
    )
    alice.ready(answer)
    removed = alice.delete("/v1/customers/kim").json()
    assert removed["residue"] == 0
    assert {"mention", "idempotency", "original"} <= set(removed["removed"])
