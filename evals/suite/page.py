"""Elements of a page: text is escaped by the writer, and nothing is fetched."""

import base64
import hashlib
from collections.abc import Iterable
from xml.etree import ElementTree as ET

CSS = """
:root {
  color-scheme: light; --ink: #1d242c; --soft: #5c6773; --line: #e2e6eb;
  --missed: #d9a441; --wrong: #b3362b;
}
* { box-sizing: border-box; }
body {
  font: 15px/1.5 system-ui, sans-serif; color: var(--ink);
  max-width: 70rem; margin: 0 auto; padding: 2rem 1.25rem 5rem;
}
h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
h2 { font-size: 1.1rem; margin: 2.5rem 0 .5rem; }
p { max-width: 48rem; margin: .35rem 0; }
.soft { color: var(--soft); font-size: .9rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .9rem; }
th, td {
  text-align: left; vertical-align: top; padding: .35rem 1rem .35rem 0;
  border-bottom: 1px solid var(--line); white-space: nowrap;
}
th { font-weight: 600; }
thead th { color: var(--soft); font-weight: 500; }
td b { font-size: 1.05rem; }
.plots {
  display: grid; grid-template-columns: repeat(auto-fit, minmax(22rem, 1fr));
  gap: 1.5rem 2rem; margin-top: 1.25rem;
}
figure { margin: 0; }
figcaption { font-weight: 600; font-size: .95rem; }
svg { width: 100%; height: auto; }
details { border-bottom: 1px solid var(--line); }
summary { cursor: pointer; padding: .5rem 0; }
summary span { color: var(--soft); font-size: .9rem; margin-left: .5rem; }
ul { list-style: none; margin: 0 0 1rem; padding: 0; }
li { padding: .5rem 0 .5rem 1rem; border-left: 3px solid var(--line); margin: .4rem 0; }
li.missed { border-color: var(--missed); }
li.wrong, li.trapped { border-color: var(--wrong); }
.what { font-size: .8rem; color: var(--soft); }
mark { background: #fbeec2; color: inherit; }
.wrong mark, .trapped mark { background: #f8dcd8; }
blockquote { margin: .15rem 0 0; white-space: pre-line; overflow-wrap: anywhere; }
"""


def node(tag: str, *inside: "ET.Element | str", **attributes: str) -> ET.Element:
    """One element; `class_` is the attribute `class`."""
    made = ET.Element(tag, {key.rstrip("_"): value for key, value in attributes.items()})
    last: ET.Element | None = None
    for part in inside:
        if isinstance(part, ET.Element):
            made.append(part)
            last = part
        elif last is None:
            made.text = (made.text or "") + part
        else:
            last.tail = (last.tail or "") + part
    return made


def table(
    head: Iterable[str], rows: Iterable[tuple[str, Iterable["ET.Element | str"]]]
) -> ET.Element:
    """A head, and rows of a name and its cells."""
    heads = node("thead", node("tr", *(node("th", cell) for cell in head)))
    lines = (
        node("tr", node("th", name), *(node("td", cell) for cell in cells)) for name, cells in rows
    )
    return node("div", node("table", heads, node("tbody", *lines)), class_="wide")


def whole(title: str, *parts: ET.Element) -> str:
    """The page; its policy allows its own style sheet and nothing else."""
    digest = base64.b64encode(hashlib.sha256(CSS.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'"
    head = node(
        "head",
        node("meta", charset="utf-8"),
        node("meta", **{"http-equiv": "Content-Security-Policy", "content": policy}),
        node("meta", name="viewport", content="width=device-width"),
        node("title", title),
        node("style", CSS),
    )
    page = node("html", head, node("body", *parts), lang="en")
    return "<!doctype html>\n" + ET.tostring(page, encoding="unicode", method="html") + "\n"
