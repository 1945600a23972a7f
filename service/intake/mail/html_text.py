"""An HTML body as text: one line a block, quotes behind `>`; nothing is ever fetched."""

from html.parser import HTMLParser

_DROPPED = frozenset({"script", "style", "head", "template", "title", "noscript", "svg", "object"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"}
    | {"source", "track", "wbr"}
)
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt"}
    | {"fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"}
    | {"html", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tr", "ul"}
)
_SELF_CLOSING = frozenset({"p", "li", "td", "th", "tr", "dd", "dt", "option"})
"""An open one ends where the next one begins, closing tag or not."""
_HIDING = ("display:none", "visibility:hidden", "mso-hide:all", "font-size:0;", "max-height:0")
MAX_QUOTE_DEPTH = 20
MAX_OPEN_TAGS = 50


def to_text(html: str) -> str:
    """The words a reader sees, in lines."""
    reader = _Reader()
    reader.feed(_with_closed_tags(_without_comments(html)))
    reader.close()
    return reader.text()


def _without_comments(html: str) -> str:
    """Cut by hand: the parser searches the whole rest of the text at each open comment."""
    kept, at = list[str](), 0
    while (start := html.find("<!--", at)) >= 0 and (end := html.find("-->", start)) >= 0:
        kept.append(html[at:start])
        at = end + len("-->")
    text = "".join(kept) + html[at:].replace("<!--", "")
    return text.replace("<![", "<!-[")  # the parser asserts that it knows each marked section


def _with_closed_tags(html: str) -> str:
    """Many a `<` that no `>` follows is no tag: the parser would read on to the end at each."""
    first, *pieces = html.split("<")
    if sum(">" not in piece for piece in pieces) <= MAX_OPEN_TAGS:
        return html
    return first + "".join(f"<{each}" if ">" in each else f"&lt;{each}" for each in pieces)


class _Reader(HTMLParser):
    """Collects lines; knows how deep it is in quotes and in what is not shown."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.line: list[str] = []
        self.quotes: list[bool] = []
        self.quote_depth = 0
        self.hidden_by = ""
        self.hidden_depth = 0
        self.preformatted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._is_still_hidden(tag):
            return
        given = {name: (value or "") for name, value in attrs}
        if tag not in _VOID and (tag in _DROPPED or _is_hidden(given)):
            self.hidden_by, self.hidden_depth = tag, 1
            return
        self._open(tag, given)

    def _is_still_hidden(self, tag: str) -> bool:
        """Inside what is hidden only tags of its own name count."""
        if not self.hidden_by:
            return False
        ends_itself = tag == self.hidden_by and tag in _SELF_CLOSING
        if ends_itself or (tag == "body" and self.hidden_by == "head"):
            self.hidden_by = ""
            return False
        self.hidden_depth += tag == self.hidden_by
        return True

    def _open(self, tag: str, given: dict[str, str]) -> None:
        if tag in _BLOCKS or tag in {"br", "hr"}:
            self._end_line(is_break=tag == "br")
        if tag == "p" and "msonormal" not in given.get("class", "").casefold():
            self._blank()
        if tag == "blockquote":
            self.quotes.append(not _is_indent(given))
            self.quote_depth += self.quotes[-1]
        elif tag in {"td", "th"} and self.line:
            self.line.append(" ")
        elif tag == "li":
            self.line.append("- ")
        self.preformatted += tag == "pre"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self.hidden_by:
            self.hidden_depth -= tag == self.hidden_by
            if self.hidden_depth == 0:
                self.hidden_by = ""
            return
        if tag in _BLOCKS:
            self._end_line()
        if tag == "blockquote" and self.quotes:
            self.quote_depth -= self.quotes.pop()
        self.preformatted -= tag == "pre" and self.preformatted > 0

    def handle_data(self, data: str) -> None:
        if self.hidden_by:
            return
        if self.preformatted:
            *whole, last = data.split("\n")
            for each in whole:
                self.line.append(each)
                self._end_line(is_break=True)
            self.line.append(last)
        else:
            self.line.append(data)

    def _end_line(self, *, is_break: bool = False) -> None:
        """A block ends the line it stands in; a break makes one, empty or not."""
        text = "".join(self.line)
        self.line = []
        text = text.rstrip() if self.preformatted else " ".join(text.split())
        if text or is_break:
            self.lines.append(f"{self._prefix()}{text}")

    def _blank(self) -> None:
        self.lines.append(self._prefix().rstrip())

    def _prefix(self) -> str:
        depth = min(self.quote_depth, MAX_QUOTE_DEPTH)
        return ">" * depth + " " if depth else ""

    def text(self) -> str:
        self._end_line()
        return "\n".join(self.lines).strip("\n")


def _is_hidden(given: dict[str, str]) -> bool:
    style = "".join(given.get("style", "").casefold().split()) + ";"
    return "hidden" in given or any(each in style for each in _HIDING)


def _is_indent(given: dict[str, str]) -> bool:
    """Some clients indent their own text with a blockquote; it has no border and quotes nobody."""
    style = "".join(given.get("style", "").casefold().split())
    return "type" not in given and "cite" not in given and "border:none" in style
