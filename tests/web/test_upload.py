from live import Caller

CALL = {
    "participants": [{"name": "Dana", "side": "vendor"}, {"name": "Kim", "side": "customer"}],
    "turns": [
        {"speaker": "Dana", "text": "Why did you start looking?"},
        {"speaker": "Kim", "text": "Our old tool lost two shipments in March and nobody noticed."},
        {"speaker": "Dana", "text": "We will send you the migration plan by Friday."},
    ],
}


def test_upload_becomes_a_note(alice: Caller) -> None:
    answer = alice.post("/v1/sources", json={"content": CALL, "customer": "kim-inc"})
    assert answer.status_code == 202
    note = alice.get(f"/v1/sources/{alice.ready(answer)}/note").json()
    assert note["customer"] == "kim-inc"
    assert note["what_was_promised"][0]["evidence"][0]["speaker"] == "Dana"
