"""A plot as a part of a page: words stay words, and no style but that of the page."""

import io
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SVG: Final = "{http://www.w3.org/2000/svg}"
LINK: Final = "{http://www.w3.org/1999/xlink}href"
DROPPED: Final = frozenset({"metadata", "style"})


def as_svg(figure: "Figure", *, name: str) -> ET.Element:
    """The figure as an element; a browser that allows no inline style still draws all of it."""
    import matplotlib as mpl  # noqa: PLC0415  only reports need it

    written = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": name}):
        figure.savefig(written, format="svg", metadata={"Date": None}, transparent=True)
    root = ET.fromstring(written.getvalue())  # noqa: S314  written by matplotlib, one line above
    return _plain(root, name)


def _plain(node: ET.Element, name: str) -> ET.Element:
    """Without namespaces, styles as attributes, and ids that no other plot of the page has."""
    made = ET.Element(node.tag.removeprefix(SVG))
    for key, value in node.attrib.items():
        made.attrib.update(_attributes(key, value, name))
    made.text, made.tail = node.text, node.tail
    children = (child for child in node if child.tag.removeprefix(SVG) not in DROPPED)
    made.extend(_plain(child, name) for child in children)
    return made


def _attributes(key: str, value: str, name: str) -> dict[str, str]:
    if key == "style":
        return _styles(value, name)
    if key == "id":
        return {"id": f"{name}-{value}"}
    if key == LINK:
        return {"href": value.replace("#", f"#{name}-")}
    return {key: value.replace("url(#", f"url(#{name}-")}


def _styles(style: str, name: str) -> dict[str, str]:
    """Each declaration as the attribute of the same name; `font` in its parts."""
    pairs = dict(part.strip().split(": ", 1) for part in style.split(";") if part.strip())
    size, _, family = pairs.pop("font", "").partition(" ")
    if size:
        pairs |= {"font-size": size, "font-family": family}
    return {key: value.replace("url(#", f"url(#{name}-") for key, value in pairs.items()}
