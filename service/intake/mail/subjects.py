"""A subject without what clients put in front of it."""

PREFIXES = frozenset(
    "re fwd fw aw wg rép rep tr rv sv vb vs odp ynt antw doorst res enc i r ref pd".split()  # noqa: SIM905 - a table of words is easier to read and to extend as one text
) | {"回复", "答复", "转发", "回覆", "轉寄", "返信", "転送", "отв", "답장", "전달", "автоответ"}
MAX_PREFIX = 12
MAX_PREFIXES = 20


def bare(subject: str | None) -> str:
    """What the thread is about, case-folded; empty where there is no subject."""
    return _cut(subject or "")[0]


def is_reply(subject: str | None) -> bool:
    """Whether a client marked it as an answer or a forward."""
    return _cut(subject or "")[1]


def _cut(subject: str) -> tuple[str, bool]:
    rest, is_cut = " ".join(subject.split()).casefold(), False
    for _ in range(MAX_PREFIXES):
        head, colon, tail = rest.replace("\uff1a", ":", 1).partition(":")
        word = head.split("[", 1)[0].split("(", 1)[0].strip()
        if not colon or len(head) > MAX_PREFIX or word not in PREFIXES:
            break
        rest, is_cut = tail.strip(), True
    return rest, is_cut
