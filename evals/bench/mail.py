"""Mails read beside the standard parser, and replies split beside mail-parser-reply.

Each sample is read whole: by the standard library, cut into parts alone and then with headers as
text and the body it picks; and by Baton, which also repairs charsets, tells history and signature
apart, and dates and names what is quoted.
Then replies whose new text is known are split by Baton and by mail-parser-reply in the same run.
"""

import argparse
import email
import email.policy
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from mailparser_reply import EmailReplyParser  # type: ignore[import-untyped] # it has no types

from evals.bench.figures import figure_table, machine, print_figures
from evals.formats.samples import folder_of_samples
from evals.mail.replies import Reply, replies, same
from service.errors import BatonError
from service.intake.content import Content
from service.intake.mail import message, quoted

_LANGUAGES = ["cs", "da", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "sv", "zh"]
"""All that mail-parser-reply knows."""
_ROUNDS = 3
_OURS, _THEIRS = "Baton", "mail-parser-reply"


@dataclass(frozen=True)
class Splitting:
    """One splitter over all replies."""

    seconds: float
    right: int


def main(words: Sequence[str] | None = None) -> int:
    """Print both tables."""
    asked = _parser().parse_args(words)
    folder: Path = folder_of_samples()
    mails = [each for each in _mails(folder) if _is_read(each)]
    size = sum(map(len, mails))
    read = {
        "standard library, parts alone": _best(lambda: [_parts(each) for each in mails]),
        "standard library, headers and body": _best(lambda: [_standard(each) for each in mails]),
        _OURS: _best(lambda: [message.read(Content(each)) for each in mails]),
    }
    known = replies(folder)
    split = {
        _THEIRS: _splitting(known, asked.messages, _by_library()),
        _OURS: _splitting(known, asked.messages, lambda text: quoted.split(text).new),
    }
    figures = _figures(size, read, split, asked.messages, len(known))
    print_figures(figures, _tables(figures), as_json=asked.json)
    return 0 if is_met(figures) else 1


def is_met(figures: dict[str, Any]) -> bool:
    """The aim: half as fast as the standard parser or faster; a better splitter, no slower one."""
    read, split = figures["read"], figures["split"]
    ours, theirs = split[_OURS], split[_THEIRS]
    is_better = ours["right"] >= theirs["right"] and ours["messages_s"] >= theirs["messages_s"]
    return bool(is_better and 2 * read[_OURS]["mb_s"] >= max(one["mb_s"] for one in read.values()))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.bench mail", description=__doc__)
    parser.add_argument("--messages", type=int, default=10_000, help="that are split")
    parser.add_argument("--json", action="store_true", help="for a machine")
    return parser


def _mails(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted(folder.glob("email/**/*.eml"))]


def _is_read(data: bytes) -> bool:
    try:
        message.read(Content(data))
    except BatonError:
        return False
    return True


def _parts(data: bytes) -> object:
    return email.message_from_bytes(data, policy=email.policy.default)


def _standard(data: bytes) -> str:
    found = email.message_from_bytes(data, policy=email.policy.default)
    headers = " ".join(str(value) for value in found.values())
    body = found.get_body(("plain", "html"))
    try:
        return headers + (str(body.get_content()) if body else "")
    except LookupError:  # a charset that nobody knows
        return headers


def _best(work: Callable[[], object]) -> float:
    """Seconds of the fastest round."""
    times = []
    for _ in range(_ROUNDS):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return min(times)


def _by_library() -> Callable[[str], str]:
    parser = EmailReplyParser(languages=_LANGUAGES)
    return lambda text: str(parser.parse_reply(text) or "")


def _splitting(known: Sequence[Reply], messages: int, new_text: Callable[[str], str]) -> Splitting:
    texts = [known[at % len(known)].text for at in range(messages)]
    start = perf_counter()
    for text in texts:
        new_text(text)
    seconds = perf_counter() - start
    return Splitting(seconds, sum(same(new_text(one.text), one.new) for one in known))


def _figures(
    size: int, read: dict[str, float], split: dict[str, Splitting], messages: int, known: int
) -> dict[str, Any]:
    return {
        "read": {name: {"mb_s": size / 1e6 / seconds} for name, seconds in read.items()},
        "split": {
            name: {"messages_s": messages / one.seconds, "right": one.right, "of": known}
            for name, one in split.items()
        },
        "bytes": size,
        "messages": messages,
        "machine": machine(),
    }


def _tables(figures: dict[str, Any]) -> list[Any]:
    read = figure_table("Mails read", ("by", "MB/s"), caption="every sample, the best of three")
    for name, one in figures["read"].items():
        read.add_row(name, f"{one['mb_s']:.2f}")
    title = f"{figures['messages']:,} replies split"
    split = figure_table(
        title, ("by", "messages/s", "right"), caption="the new text as it was written"
    )
    for name, one in figures["split"].items():
        split.add_row(name, f"{one['messages_s']:,.0f}", f"{one['right']} of {one['of']}")
    return [read, split]
