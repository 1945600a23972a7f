from live import Caller

MAIL = (
    b"From: Jo <jo@north.example>\r\nTo: Kim <kim@kim.example>\r\nSubject: Plan\r\n"
    b"Message-ID: <w1@north.example>\r\n\r\nWe will send you the plan by Friday.\r\n"
)
TALK = "Dana: We will send the plan by Friday.\nKim: We need it.\nDana: Then you get it."


def test_it_starts_empty_and_is_replaced(alice: Caller) -> None:
    found = alice.get("/v1/workspace").json()
    assert found["name"] == alice.workspace
    assert (found["vendor_domains"], found["requires_consent"]) == ([], False)
    said = {"vendor_domains": ["North.example"], "vendor_names": ["North"]}
    assert alice.put("/v1/workspace", json=said).json()["vendor_domains"] == ["north.example"]
    assert alice.put("/v1/workspace", json={}).json()["vendor_names"] == []


def test_its_domains_decide_sides(alice: Caller) -> None:
    alice.put("/v1/workspace", json={"vendor_domains": ["north.example"]})
    source_id = alice.ready(alice.post("/v1/sources", files={"file": ("a.eml", MAIL)}))
    turn = alice.get(f"/v1/sources/{source_id}/turns").json()["items"][0]
    assert (turn["side"], turn["side_rule"]) == ("vendor", "email-domain")


def test_consent_is_asked_for(alice: Caller) -> None:
    alice.put("/v1/workspace", json={"requires_consent": True})
    for said in ({}, {"consent": False}):
        answer = alice.post("/v1/sources", json={"content": TALK, **said})
        assert (answer.status_code, answer.json()["type"]) == (422, "/problems/consent-missing")
        assert answer.json()["field"] == "consent"
    assert alice.get("/v1/sources").json()["items"] == []
    assert alice.post("/v1/sources", json={"content": TALK, "consent": True}).status_code == 202


def test_bad_settings(alice: Caller) -> None:
    for said in (
        {"vendor_domains": ["x@y.example"]},
        {"vendor_domain": []},
        {"vendor_names": [""]},
    ):
        assert alice.put("/v1/workspace", json=said).status_code == 400


def test_strangers_do_not_see_it(alice: Caller, charlie: Caller) -> None:
    alice.put("/v1/workspace", json={"vendor_names": ["Secret Name"]})
    assert "Secret" not in charlie.get("/v1/workspace").text
