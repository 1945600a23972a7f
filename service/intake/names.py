"""What a display name says: a literal role, an organisation, several people, or nobody."""

import re

from schemas.source import Side

_CUSTOMER_WORDS = """
customer client prospect buyer kunde kundin interessent interessentin cliente acheteur acheteuse
klant klient
"""
_VENDOR_WORDS = """
agent|rep|sales|sales rep|sales representative|sales agent|salesperson|seller|vendor
representative|account executive|account manager|support agent|support rep|service agent
customer success manager|call center agent|advisor|adviser|verk\u00e4ufer|verk\u00e4uferin|vertrieb
berater|beraterin|kundenberater|kundenberaterin|vendedor|vendeur|vendeuse|conseiller
conseill\u00e8re
"""
_CUSTOMER = frozenset(_CUSTOMER_WORDS.split())
_VENDOR = frozenset(_VENDOR_WORDS.strip().replace("\n", "|").split("|"))
_IN_SUFFIX = _VENDOR - {"sales", "account manager", "vertrieb", "advisor", "adviser"}
"""After a name the other words are a job, which both sides have."""

_GENERIC = re.compile(
    r"(?:speaker|spk|sprecher|sprecherin|participant|teilnehmer|unknown|unbekannt|guest|gast|caller"
    r"|user|host|person|channel|microphone|phone|iphone|ipad|android"
    r"|anonymous)(?: speaker)?[ _#-]{0,3}"
    r"(?:[0-9]{1,4}|[a-z])?"
)
_ROOM = re.compile(
    r"\b(?:conference|meeting|board|war|huddle|besprechungs?)[ -]?(?:room|raum|zimmer)\b"
    r"|\b(?:boardroom|meetingraum|besprechungsraum|konferenzraum|sitzungszimmer|room|raum|rm)\b"
    r"|\b(?:salle|sala) (?:de |di )?(?:r\u00e9union|juntas|reuni\u00f3n|reuniones|riunioni)\b"
    r"|\bhuddle [0-9]|\bmeeting owl\b|\b(?:multiple|several|various|all) (?:speakers|people)\b"
    r"|^(?:audience|everyone|everybody|publikum|alle)$"
)
_SEVERAL = re.compile(r" (?:and|und|et|y|&|\+) |[&/]| with ")
_NUMBER = re.compile(r"[ _#-]{0,3}[0-9]{1,4}")
_SUFFIX = re.compile(r"(?P<name>[^|()]{1,200})\((?P<org>[^()]{1,100})\)")
_NO_ORGANISATION = re.compile(
    r"\b(?:she|her|he|him|they|them|host|co-host|guest|external|internal|extern|intern|me|you"
    r"|presenter|organizer|iphone|ipad|android|mobile|phone|notetaker|bot|recorder|ai|ceo|cto|cfo|coo"
    r"|cio|ciso|cro|vp|svp|evp|head|director|manager|lead|engineer|engineering|sales|marketing"
    r"|finance|legal|support|success|product|developer|architect|analyst|consultant|intern|hr|it|ops"
    r"|operations|security|procurement|team|founder|president|partner|owner|emea|apac|us|uk|eu)\b"
)
_LEGAL_FORM_WORDS = """
inc ltd llc gmbh ag co corp corporation company limited plc sa sas sarl bv nv ab oy kg se pty
"""
_LEGAL_FORMS = frozenset(_LEGAL_FORM_WORDS.split())


def label_side(name: str) -> Side | None:
    """The side of a literal label: `Customer`, `Agent 2`, `Agent (Ben)`, `Sarah (Customer)`."""
    found = _SUFFIX.fullmatch(name)
    main, suffix = (found["name"], found["org"]) if found else (name, "")
    if not found and " - " in name:
        main, _, suffix = name.partition(" - ")
    sides = {_word_side(main, _VENDOR), _word_side(suffix, _IN_SUFFIX)} - {None}
    return sides.pop() if len(sides) == 1 else None


def _word_side(text: str, vendor: frozenset[str]) -> Side | None:
    word = " ".join(text.casefold().replace("_", " ").split())
    bare = word[: len(word) - len(_trailing_number(word))].strip()
    if bare in _CUSTOMER:
        return Side.CUSTOMER
    return Side.VENDOR if bare in vendor else None


def _trailing_number(word: str) -> str:
    tail = word[len(word.rstrip("0123456789")) :]
    return tail if _NUMBER.fullmatch(tail) else ""


def is_shared(name: str) -> bool:
    """Nobody in particular, or several people: `Speaker 1`, `Conference Room`, `Anna and Ben`."""
    plain = " ".join(name.casefold().split())
    return bool(
        _GENERIC.fullmatch(plain) or _ROOM.search(plain) or _SEVERAL.search(_without_suffix(plain))
    )


def _without_suffix(name: str) -> str:
    return name.partition("(")[0].partition("|")[0]


def organisations(name: str) -> tuple[str, ...]:
    """Parts of `Name | Org`, `Name (Org)`, `Org - Name` that may be the organisation."""
    if "|" in name:
        return tuple(part.strip() for part in name.split("|")[1:] if part.strip())
    if found := _SUFFIX.fullmatch(name):
        return (found["org"].strip(),)
    if " - " in name:
        return tuple(part.strip() for part in name.split(" - ") if part.strip())
    return ()


def is_vendor(organisation: str, vendor_names: tuple[str, ...]) -> bool:
    """The same words, but for the legal form: `Northwind GmbH` is `northwind`."""
    words = _words(organisation)
    return bool(words) and any(words == _words(name) for name in vendor_names)


def is_other(organisation: str, vendor_names: tuple[str, ...]) -> bool:
    """Reads as an organisation and shares no word with the vendor: no pronoun, job or handle."""
    words = _words(organisation)
    shares = any(set(words) & set(_words(name)) for name in vendor_names)
    written_as_name = organisation[:1].isupper() or organisation[:1].isdecimal()
    return (
        bool(words)
        and not shares
        and written_as_name
        and not _NO_ORGANISATION.search(organisation.casefold())
    )


def _words(text: str) -> tuple[str, ...]:
    words = re.findall(r"\w{1,60}", text.casefold())
    return tuple(word for word in words if word not in _LEGAL_FORMS)
