"""What a run looks like: each plot answers one question."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from evals.metrics.calibration import Judged, bins
from evals.metrics.curve import curve
from evals.metrics.f1 import f1
from evals.suite.record import Read
from evals.suite.scoring import FieldScore, judged
from service.errors import NotSetUp

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.typing import RcKeyType

COLOURS: Final = (
    *("#1f5f99", "#d1722e", "#3c8c5a", "#8b5fa8"),
    *("#7fb0d9", "#eab38a", "#93c7a5", "#c3a9d6"),
)
TITLES: Final = {
    "why_they_bought": "why they bought",
    "what_was_promised": "what was promised",
    "success_in_their_words": "success, in their words",
    "customer_commitments": "customer's commitments",
}
INK: Final = "#39424e"
LOOK: Final[dict["RcKeyType", Any]] = {
    "font.size": 9,
    "font.family": "sans-serif",
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": "#b8c0c9",
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": True,
    "grid.color": "#e6eaee",
    "legend.frameon": False,
}
WIDTH: Final = 4.8
"""Of every plot, in inches: letters of all are of one size."""


def require() -> None:
    """Say what is missing before anything is made. Raises NotSetUp."""
    try:
        import matplotlib as mpl  # noqa: F401, PLC0415  only reports need it
    except ImportError as error:
        raise NotSetUp(
            "A report has plots, and matplotlib is not installed: `make test`"
        ) from error


def _drawn(draw: Callable[["Axes"], None], height: float = 3.1) -> "Figure":
    import matplotlib as mpl  # noqa: PLC0415  only reports need it
    from matplotlib.figure import Figure  # noqa: PLC0415  the same

    with mpl.rc_context(LOOK):
        figure = Figure(figsize=(WIDTH, height), layout="constrained")
        draw(figure.add_subplot())
        return figure


def bars(groups: Mapping[str, Mapping[str, FieldScore]]) -> "Figure":
    """F1 of each field for each group, with its interval."""
    fields = [field for field in TITLES if any(field in group for group in groups.values())]
    thick = 0.8 / max(1, len(groups))

    def draw(axes: "Axes") -> None:
        for at, (name, scores) in enumerate(groups.items()):
            rows = [(row, scores[field]) for row, field in enumerate(fields) if field in scores]
            places = [row + at * thick for row, _ in rows]
            values = [f1(score.tally) for _, score in rows]
            axes.barh(places, values, thick * 0.86, color=COLOURS[at % len(COLOURS)], label=name)
            for place, (_, score) in zip(places, rows, strict=True):
                axes.plot(score.interval, [place, place], color=INK, linewidth=0.9)
        middle = (len(groups) - 1) * thick / 2
        ticks = [row + middle for row in range(len(fields))]
        axes.set_yticks(ticks, [TITLES[field] for field in fields])
        axes.grid(visible=False, axis="y")
        axes.invert_yaxis()
        axes.set_xlim(0, 1)
        axes.set_xlabel("F1; the line is its 95 % interval over documents")
        axes.figure.legend(loc="outside lower center", ncols=2)

    return _drawn(draw, 1.0 + 0.13 * len(fields) * (len(groups) + 2))


def precision_recall(reads: Sequence[Read], fields: Iterable[str]) -> "Figure":
    """What a threshold on confidence buys, field by field."""

    def draw(axes: "Axes") -> None:
        for colour, field in zip(COLOURS, fields, strict=False):
            points = curve(*judged(reads, field))
            across, up = [one.recall for one in points], [one.precision for one in points]
            axes.plot(across, up, marker="o", markersize=3, color=colour, label=TITLES[field])
        axes.set_xlim(0, 1.02)
        axes.set_ylim(0, 1.04)
        axes.set_xlabel("recall")
        axes.set_ylabel("precision")
        axes.legend(loc="lower left")

    return _drawn(draw)


def reliability(groups: Mapping[str, Sequence[Judged]]) -> "Figure":
    """How often claims of a confidence are right: on the line, confidence means what it says."""

    def draw(axes: "Axes") -> None:
        axes.plot([0, 1], [0, 1], color="#b8c0c9", linestyle="--")
        for colour, (name, pairs) in zip(COLOURS, groups.items(), strict=False):
            found = bins(pairs)
            across, up = [one.confidence for one in found], [one.precision for one in found]
            axes.plot(across, up, color=colour, marker="o", label=f"{name} ({len(pairs)} claims)")
            for one in found:
                axes.annotate(
                    str(one.claims),
                    (one.confidence, one.precision),
                    textcoords="offset points",
                    xytext=(0, -13),
                    ha="center",
                    color=colour,
                )
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 1.04)
        axes.set_xlabel("confidence, and the number of claims at each point")
        axes.set_ylabel("share that is right")
        axes.figure.legend(loc="outside lower center", ncols=2)

    return _drawn(draw)
