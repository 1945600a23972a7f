from live import Caller

SOURCES = "/v1/sources"
CHAT = (
    "00:01:00\tCustomer:\tWe left our old tool because it lost two pallets a day.\n"
    "00:01:30\tAgent:\tWe will send you the plan by Friday.\n"
)


def test_a_chat_is_found_and_nothing_is_claimed_from_it(alice: Caller) -> None:
    source_id = alice.ready(alice.post(SOURCES, json={"content": CHAT}))
    source = alice.get(f"{SOURCES}/{source_id}").json()
    assert (source["format"], source["turns"]) == ("zoom-chat", 2)
    assert [one["code"] for one in source["notices"]] == ["chat-not-speech"]
    assert source["run"]["uncovered_turns"] == [0, 1]
    note = alice.get(f"{SOURCES}/{source_id}/note").json()
    assert not note["why_they_bought"] + note["what_was_promised"]
    assert set(note["absent"].values()) == {"not_read"}
    hits = alice.get("/v1/search", params={"q": "who sends the plan"}).json()["hits"]
    assert [one["type"] for one in hits] == ["passage"]
    assert "00:01:30" not in hits[0]["text"]
    assert "the plan by Friday" in hits[0]["text"]


def test_the_same_words_said_in_a_call_are_claimed(alice: Caller) -> None:
    call = CHAT.replace("00:01:00\t", "").replace("00:01:30\t", "").replace(":\t", ": ") * 2
    source_id = alice.ready(alice.post(SOURCES, json={"content": call}))
    note = alice.get(f"{SOURCES}/{source_id}/note").json()
    assert note["why_they_bought"]
    assert note["what_was_promised"]
