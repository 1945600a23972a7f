"""A mail thread is one source, however its messages come."""

from datetime import UTC, datetime, timedelta

import pytest
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


def test_another_text_under_a_known_id_is_said(alice: Caller) -> None:
    _, thread = post(alice, FIRST)
    footer = FIRST.replace(b"by Friday.", b"by Friday.\r\n\r\nSent to the list.")
    post(alice, footer)
    assert alice.get(f"/v1/sources/{thread}").json()["notices"] == []
    assert post(alice, FIRST.replace(b"the contract by Friday", b"nothing at all")) == (200, thread)
    found = alice.get(f"/v1/sources/{thread}").json()
    assert [one["code"] for one in found["notices"]] == ["message-id-repeated"]
    assert texts(alice, thread) == ["We will send you the contract by Friday."]


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


def loose(
    day: int, sender: str, to: str, text: str, *, subject: str = "Re: Pilot", mail_id: str = ""
) -> bytes:
    """A message that names no other one."""
    sent = (START + timedelta(days=day)).strftime("%a, %d %b %Y %H:%M:%S +0000")
    named = mail_id or f"{day}-{abs(hash((sender, text)))}@loose.example"
    head = [f"From: {sender}", f"To: {to}", f"Subject: {subject}", f"Date: {sent}"]
    return "\r\n".join([*head, f"Message-ID: <{named}>", "", text, ""]).encode()


KIM, DANA = "Kim <kim@kim.example>", "Dana <dana@wayfold.example>"
OPENING = loose(0, DANA, KIM, "We will send you the contract by Friday.", subject="Pilot")


@pytest.mark.parametrize(
    ("further", "joins"),
    [
        (loose(3, KIM, DANA, "That suits us well."), True),
        (loose(3, KIM, DANA, "That suits us well.", subject="AW: RE: pilot"), True),
        (loose(-3, KIM, DANA, "Could we try it?", subject="Pilot"), True),
        (loose(15, KIM, DANA, "That suits us well."), False),
        (loose(3, KIM, DANA, "Another pilot.", subject="Pilot"), False),
        (loose(3, KIM, DANA, "That suits us well.", subject="Re: Price"), False),
        (loose(3, "Lee <lee@lee.example>", DANA, "That suits us well."), False),
        (loose(3, DANA, f"{KIM}, Lee <lee@lee.example>", "Hello both."), False),
        (loose(3, DANA, "Wei <wei@wayfold.example>", "Just for us."), False),
    ],
)
def test_without_ids_subject_people_and_time_decide(
    alice: Caller, further: bytes, *, joins: bool
) -> None:
    _, thread = post(alice, OPENING)
    assert (post(alice, further)[1] == thread) is joins
    codes = {one["code"] for one in alice.get(f"/v1/sources/{thread}").json()["notices"]}
    assert ("joined-by-subject" in codes) is joins


def test_an_original_that_comes_late_takes_the_claims_of_its_quote(alice: Caller) -> None:
    _, thread = post(alice, SECOND)
    promised = alice.get(f"/v1/sources/{thread}/note").json()["what_was_promised"]
    assert [one["evidence"][0]["turn"] for one in promised] == [0]
    post(alice, FIRST)
    turns = {one["turn"]: one for one in alice.get(f"/v1/sources/{thread}/turns").json()["items"]}
    assert [turns[n]["duplicate_of"] for n in range(3)] == [2, None, None]
    assert [turns[n]["is_quoted"] for n in range(3)] == [True, False, False]
    after = alice.get(f"/v1/sources/{thread}/note").json()["what_was_promised"]
    states = {one["evidence"][0]["turn"]: one["state"] for one in after}
    assert states == {0: "retracted", 2: "active"}
    found = alice.get("/v1/search", params={"q": "contract by Friday"}).json()["hits"]
    quotes = [each["quote"] for one in found for each in one["evidence"]]
    assert sum("contract by Friday" in quote for quote in quotes) == 1


def test_what_a_person_corrected_moves_to_the_message(alice: Caller) -> None:
    _, thread = post(alice, SECOND)
    (promise,) = alice.get(f"/v1/sources/{thread}/note").json()["what_was_promised"]
    url = f"/v1/claims/{promise['id']}"
    said = {"version": 1, "statement": "The contract comes by Friday."}
    assert alice.patch(url, json=said).status_code == 200
    post(alice, FIRST)
    standing = [
        (one["id"], one["statement"], one["evidence"][0]["turn"])
        for one in alice.get(f"/v1/sources/{thread}/note").json()["what_was_promised"]
        if one["state"] != "retracted"
    ]
    assert standing == [(promise["id"], said["statement"], 2)]


def test_a_message_that_answers_two_threads_joins_the_older_one(alice: Caller) -> None:
    other = loose(1, KIM, DANA, "We want a test.", subject="Test", mail_id="other@mail.example")
    _, older = post(alice, FIRST)
    _, newer = post(alice, other)
    both = mail(5, "Dana <dana@wayfold.example>", "I will see to both.", answers=1).replace(
        b"<m0@mail.example>", b"<m0@mail.example> <other@mail.example>"
    )
    assert post(alice, both)[1] == older
    notices = alice.get(f"/v1/sources/{older}").json()["notices"]
    assert any(one["code"] == "joins-threads" and newer in one["detail"] for one in notices)


def test_a_reply_to_threads_of_two_customers_joins_none_unless_told(alice: Caller) -> None:
    one = alice.post("/v1/sources", files={"file": ("a.eml", FIRST)}, data={"customer": "one"})
    two = alice.post("/v1/sources", files={"file": ("a.eml", SECOND)}, data={"customer": "two"})
    known = {alice.ready(one), alice.ready(two)}
    assert len(known) == 2
    _, open_one = post(alice, THIRD)
    assert open_one not in known
    codes = {each["code"] for each in alice.get(f"/v1/sources/{open_one}").json()["notices"]}
    assert "thread-ambiguous" in codes


def test_a_thread_of_nobody_becomes_that_of_the_customer_who_is_named(alice: Caller) -> None:
    _, thread = post(alice, FIRST)
    told = alice.post("/v1/sources", files={"file": ("b.eml", SECOND)}, data={"customer": "kim"})
    assert alice.ready(told) == thread
    assert alice.get(f"/v1/sources/{thread}").json()["customer"] == "kim"


def test_what_was_cut_of_each_mail_is_shown(alice: Caller) -> None:
    signed = SECOND.replace(b"sign.\r\n", b"sign.\r\n\r\n-- \r\nKim\r\nOperations\r\n", 1)
    _, thread = post(alice, FIRST, signed)
    url = f"/v1/sources/{thread}/cuts"
    first, second = alice.get(url).json()["items"]
    assert (first["cuts"], second["file"]) == ([], 1)
    found = {one["kind"]: (one["author"], one["text"]) for one in second["cuts"]}
    assert found == {
        "history": ("Dana", "We will send you the contract by Friday."),
        "signature": ("Kim", "--\nKim\nOperations"),
    }
    page = alice.get(url, params={"limit": 1}).json()
    rest = alice.get(url, params={"limit": 1, "cursor": page["next_cursor"]}).json()
    assert [*page["items"], *rest["items"]] == [first, second]
    assert rest["next_cursor"] is None
