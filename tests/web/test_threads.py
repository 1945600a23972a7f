"""A mail thread is one source, however its messages come."""

from datetime import UTC, datetime, timedelta

from live import Caller

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def mail(number: int, sender: str, text: str, *, answers: int | None = None) -> bytes:
    """One message of a thread; its references name the messages before it."""
    sent = (START + timedelta(days=number)).strftime("%a, %d %b %Y %H:%M:%S +0000")
    references = "".join(f" <m{n}@mail.example>" for n in range(answers or 0)).strip()
    head = [
        f"From: {sender}",
        "To: Kim <kim@kim.example>, Dana <dana@wayfold.example>",
        "Subject: Pilot",
        f"Date: {sent}",
        f"Message-ID: <m{number}@mail.example>",
    ]
    if references:
        head += [f"References: {references}", f"In-Reply-To: {references.split()[-1]}"]
    return "\r\n".join([*head, "", text, ""]).encode()


FIRST = mail(0, "Dana <dana@wayfold.example>", "We will send you the contract by Friday.")
SECOND = mail(
    1,
    "Kim <kim@kim.example>",
    "We need every door sensor tested before we sign.\r\n\r\n"
    "On Mon, 2 Mar 2026 at 09:00, Dana <dana@wayfold.example> wrote:\r\n"
    "> We will send you the contract by Friday.",
    answers=1,
)
THIRD = mail(2, "Dana <dana@wayfold.example>", "I will test them all on Tuesday.", answers=2)


def post(caller: Caller, *mails: bytes) -> "tuple[int, str]":
    files = [("file", (f"{n}.eml", content)) for n, content in enumerate(mails)]
    answer = caller.post("/v1/sources", files=files)
    return answer.status_code, caller.ready(answer)


def texts(caller: Caller, source_id: str) -> list[str]:
    items = caller.get(f"/v1/sources/{source_id}/turns").json()["items"]
    return [one["text"] for one in items]


def test_a_reply_appends_to_its_thread(alice: Caller) -> None:
    _, thread = post(alice, FIRST)
    assert post(alice, SECOND) == (202, thread)
    assert texts(alice, thread) == [
        "We will send you the contract by Friday.",
        "We need every door sensor tested before we sign.",
    ]
    assert alice.get(f"/v1/sources/{thread}/note").json()["version"] == 2


def test_claims_of_before_keep_their_ids(alice: Caller) -> None:
    _, thread = post(alice, FIRST)
    before = alice.get(f"/v1/sources/{thread}/note").json()["what_was_promised"]
    post(alice, THIRD)
    after = alice.get(f"/v1/sources/{thread}/note").json()["what_was_promised"]
    assert [one["id"] for one in after[: len(before)]] == [one["id"] for one in before]
    assert len(after) == len(before) + 1


def test_the_same_message_again_is_a_replay(alice: Caller) -> None:
    _, thread = post(alice, FIRST)
    post(alice, SECOND)
    again = alice.post("/v1/sources", files={"file": ("x.eml", SECOND)})
    assert (again.status_code, again.json()["id"]) == (200, thread)
    assert again.headers["Idempotency-Replayed"] == "true"


def test_all_messages_in_one_request(alice: Caller) -> None:
    status, thread = post(alice, THIRD, FIRST, SECOND)
    assert status == 202
    assert texts(alice, thread)[0] == "We will send you the contract by Friday."
    assert len(texts(alice, thread)) == 3


def test_out_of_order_is_still_one_thread(alice: Caller) -> None:
    _, thread = post(alice, THIRD)
    assert post(alice, FIRST)[1] == thread
    items = alice.get(f"/v1/sources/{thread}/turns").json()["items"]
    assert [one["turn"] for one in items] == [1, 0]
    assert [one["sent_at"] for one in items] == sorted(one["sent_at"] for one in items)


def test_pages_of_a_thread_follow_the_order_of_sending(alice: Caller) -> None:
    _, thread = post(alice, THIRD)
    post(alice, FIRST)
    post(alice, SECOND)
    url, seen, cursor = f"/v1/sources/{thread}/turns", [], None
    while True:
        page = alice.get(url, params={"limit": 1} | ({"cursor": cursor} if cursor else {})).json()
        seen += [one["sent_at"] for one in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert len(seen) == 3
    assert seen == sorted(seen)


def test_another_customer_gets_a_thread_of_its_own(alice: Caller) -> None:
    one = alice.post("/v1/sources", files={"file": ("a.eml", FIRST)}, data={"customer": "one"})
    two = alice.post("/v1/sources", files={"file": ("b.eml", SECOND)}, data={"customer": "two"})
    assert alice.ready(one) != alice.ready(two)


def test_calls_do_not_come_together(alice: Caller) -> None:
    files = [("file", ("a.txt", b"Kim: We need it.")), ("file", ("b.txt", b"Dana: We will."))]
    answer = alice.post("/v1/sources", files=files)
    assert (answer.status_code, answer.json()["field"]) == (400, "file")


def test_the_original_of_a_thread_is_an_archive(alice: Caller) -> None:
    _, thread = post(alice, FIRST, SECOND)
    answer = alice.get(f"/v1/sources/{thread}/original")
    assert answer.content.startswith(b"PK")
    _, single = post(alice, mail(7, "Kim <kim@kim.example>", "We want a letter for families."))
    original = alice.get(f"/v1/sources/{single}/original")
    assert original.content.startswith(b"From: Kim")
    assert original.headers["Content-Disposition"].startswith("attachment")
