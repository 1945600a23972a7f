"""Each provider's API, as scripted on loopback: what is asked, and what every answer means."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network

import pytest
from scripted_providers import KEY, SAID, SECRET, TOKEN, Recorder, Reply, recorder

from service.fetch.providers import FETCHERS, WAITS_S, wait_s
from service.fetch.wanted import Credentials, GivenUp, NotYet, Wanted
from service.intake.read import read
from service.outgoing.client import Outgoing
from service.outgoing.guard import Allowed, GuardedBackend

NOW = datetime(2026, 3, 3, 16, 0, tzinfo=UTC)
IDS = {"fathom": "42", "fireflies": "m-1", "gong": "77", "granola": "n-1", "recall": "t-1"}
LOOPBACK = Allowed(networks=(ip_network("127.0.0.0/8"),))


@pytest.fixture(params=sorted(FETCHERS))
def provider(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def script(provider: str) -> Iterator[Recorder]:
    with recorder(provider) as found:
        yield found


def _fetch(
    provider: str, script: Recorder, *, key: str = KEY, token: str | None = TOKEN, id_: str = ""
) -> bytes:
    link = f"{script.url}/rec/download/{id_ or 1}" if provider == "zoom" else None
    wanted = Wanted(id_ or IDS.get(provider, "1"), link=link, token=token)
    return _send(provider, wanted, Credentials(key, SECRET, script.url), LOOPBACK)


def _send(provider: str, wanted: Wanted, credentials: Credentials, allowed: Allowed) -> bytes:
    async def fetch() -> bytes:
        async with Outgoing(GuardedBackend(allowed)) as outgoing:
            return await FETCHERS[provider](outgoing, wanted, credentials, now=NOW)

    return asyncio.run(fetch())


def test_what_is_fetched_is_read_as_an_upload(provider: str, script: Recorder) -> None:
    parsed = read(_fetch(provider, script))
    assert [one.text for one in parsed.utterances] == list(SAID)
    assert parsed.format.startswith(provider if provider != "zoom" else "webvtt")


def test_a_wrong_key_is_a_persons_to_mend(provider: str, script: Recorder) -> None:
    with pytest.raises(GivenUp) as ended:
        _fetch(provider, script, key="other", token="other")
    assert ended.value.mend


def test_a_transcript_that_is_not_there_is_asked_for_again(provider: str, script: Recorder) -> None:
    with pytest.raises(NotYet):
        _fetch(provider, script, id_="unknown")


@pytest.mark.parametrize(
    ("reply", "after_s"),
    [
        (Reply(429, headers=(("retry-after", "3600"),)), 3600),
        (Reply(503, headers=(("retry-after", "Tue, 03 Mar 2026 16:02:00 GMT"),)), 120),
        (Reply(500), None),
        (Reply(404), None),
        (Reply(429, headers=(("retry-after", "9" * 40),)), 86_400),
        (Reply(429, headers=(("retry-after", "soon"),)), None),
        (Reply(429, headers=(("retry-after", f"Mon, 2 Mar {10**20} 10:00:00 GMT"),)), None),
    ],
)
@pytest.mark.parametrize("provider", ["fathom"], indirect=True)
def test_it_may_be_there_later(
    provider: str, script: Recorder, reply: Reply, after_s: int | None
) -> None:
    script.first.append(reply)
    with pytest.raises(NotYet) as ended:
        _fetch(provider, script)
    assert ended.value.retry_after_s == after_s
    assert len(script.asked) == 1


@pytest.mark.parametrize(
    "reply",
    [
        Reply(302, headers=(("location", "http://127.0.0.1:1/"),)),
        Reply(403),
        Reply(410),
        Reply(400),
        Reply(200, b"x" * (25 * 1024 * 1024 + 1)),
    ],
)
@pytest.mark.parametrize("provider", ["fathom"], indirect=True)
def test_trying_again_changes_nothing(provider: str, script: Recorder, reply: Reply) -> None:
    script.first.append(reply)
    with pytest.raises(GivenUp):
        _fetch(provider, script)
    assert len(script.asked) == 1


@pytest.mark.parametrize("body", [b"<html>Down for repairs</html>", b"[]", b"{}", b"[" * 9_999])
@pytest.mark.parametrize("provider", ["fireflies", "gong", "zoom"], indirect=True)
def test_an_error_page_with_status_200(provider: str, script: Recorder, body: bytes) -> None:
    """It is no transcript, and asked for again."""
    script.first.append(Reply(200, body))
    with pytest.raises(NotYet):
        _fetch(provider, script)


def test_a_page_behind_the_link_of_a_file() -> None:
    with recorder("recall") as script:
        link = {"status": {"code": "done"}, "data": {"download_url": f"{script.url}/signed/1"}}
        script.first += [Reply.json(link), Reply(200, b"<html>Forbidden</html>")]
        with pytest.raises(NotYet):
            _fetch("recall", script)


def test_what_is_no_text_is_for_the_reader_to_name() -> None:
    with recorder("zoom") as script:
        script.first.append(Reply(200, b"\x89PNG\r\n\x1a\n\x00"))
        assert _fetch("zoom", script).startswith(b"\x89PNG")


ODD = {"status": "done", "data": [7], "records": 7, "callTranscripts": {"a": 1}, "errors": [7]}


@pytest.mark.parametrize("provider", ["fireflies", "gong", "recall"], indirect=True)
def test_an_answer_of_another_shape_is_asked_for_again(provider: str, script: Recorder) -> None:
    script.first.append(Reply.json(ODD))
    with pytest.raises(NotYet):
        _fetch(provider, script)


def test_a_link_into_the_house_is_not_opened() -> None:
    with recorder("zoom") as script:
        wanted = Wanted("1", link=f"{script.url}/rec/download/1", token=TOKEN)
        with pytest.raises(GivenUp):
            _send("zoom", wanted, Credentials(), Allowed())
    assert script.asked == []


def test_the_next_try_waits_as_long_as_it_is_asked_to() -> None:
    assert wait_s(NotYet("x"), 1) == WAITS_S[0]
    assert wait_s(NotYet("x", retry_after_s=3600), 1) == 3600
    assert wait_s(NotYet("x", retry_after_s=3600), len(WAITS_S) + 1) is None
    assert timedelta(hours=7) < timedelta(seconds=sum(WAITS_S)) < timedelta(hours=9)
