"""Replies of the samples whose new text is known: by hand, as lines of the sample."""

import json
import quopri
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from schemas.source import QUESTION
from service.intake.content import Content
from service.intake.mail import body, html_text, message

_LAST_LINES: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {
        "begins_with_signature": (4, 8),
        "caution2": (5, 12),
        "email_1_1": (5, 7, 13),
        "email_1_4": (1,),
        "email_1_6": (1, 3),
        "email_2_2": (1,),
        "email_3_1": (3,),
        "email_danish_1": (3, 6),
        "email_danish_3": (3,),
        "email_danish_5": (3, 6),
        "email_headers_no_delimiter": (1,),
        "email_ja_1_2": (5, 8),
        "email_nl_1_2": (1,),
        "email_partial_quote_header": (6,),
        "email_sent_from_BlackBerry": (1, 3),
        "email_sent_from_multi_word_mobile_device": (1, 3),
        "email_sig_delimiter_in_middle_of_line": (7,),
        "email_swedish_1": (5, 8),
        "forward": (5, 6),
        "multi_header": (1,),
        "multiline_on_de": (1,),
        "pathological": (2,),
    }
)
"""The new text is everything down to one of these lines: without, and with its signature."""
_BETWEEN_QUOTES: Mapping[str, tuple[int, ...]] = MappingProxyType({"email_1_8": (13, 19)})
_BY_CLIENTS = "Hello"
"""What the list of samples says of the replies of each client."""
_IN_HTML = "Hi. I am fine. Thanks, Alex"
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Reply:
    """The text of a mail, and the new text in it: each way in which it may be told."""

    name: str
    text: str
    new: tuple[str, ...]


def replies(folder: Path) -> list[Reply]:
    """Every sample whose new text is known."""
    mail = folder / "email"
    return [
        *(
            _of_lines(path)
            for path in sorted((mail / "replies_text").glob("*.txt"))
            if _known(path)
        ),
        *(_of_client(path) for path in sorted((mail / "replies_eml").glob("*.eml"))),
        *(_of_html(path) for path in sorted((mail / "replies_html").glob("*.html"))),
        *_of_thread(mail / "thread"),
    ]


def same(found: str, new: tuple[str, ...]) -> bool:
    """Whether it is one of the ways: by words, without lines that only quote."""
    return _words(found) in {tuple(_words(each)) for each in new}


def _words(text: str) -> tuple[str, ...]:
    kept = (line for line in text.split("\n") if not line.startswith((">", QUESTION)))
    return tuple(_WORD.findall("\n".join(kept).casefold()))


def _known(path: Path) -> bool:
    return path.stem in _LAST_LINES or path.stem in _BETWEEN_QUOTES


def _of_lines(path: Path) -> Reply:
    data = path.read_bytes()
    text = (quopri.decodestring(data) if b"=E2=80" in data else data).decode().replace("\r", "")
    lines = text.split("\n")
    if at := _BETWEEN_QUOTES.get(path.stem):
        return Reply(path.stem, text, ("\n".join(lines[number - 1] for number in at),))
    ways = tuple("\n".join(lines[:last]) for last in _LAST_LINES[path.stem])
    return Reply(path.stem, text, ways)


def _of_client(path: Path) -> Reply:
    mail = message.parse(path.read_bytes())
    text = body.read(mail.message).text
    return Reply(path.stem, text, (_BY_CLIENTS, _above_quote(text)))


def _of_html(path: Path) -> Reply:
    text = html_text.to_text(path.read_bytes().decode("utf-8", "replace"))
    return Reply(f"{path.stem}.html", text, ("Reply" if "OLK" in path.name else _IN_HTML,))


def _of_thread(folder: Path) -> Iterator[Reply]:
    for one in json.loads((folder / "expected.json").read_text(encoding="utf-8")):
        content = Content((folder / one["file"]).read_bytes())
        text = body.read(message.parse(content.data).message).text
        yield Reply(f"thread/{one['file']}", text, (one["new_text"], _above_quote(text)))


def _above_quote(text: str) -> str:
    """With the signature: everything above the line that announces the quote."""
    return text.partition("\nOn ")[0].partition("\n-----")[0]
