"""Of what is there, how much was found."""

from evals.metrics.tally import Tally


def recall(tally: Tally) -> float:
    """Right / (right + missed); 0 where nothing is there.

    Source: van Rijsbergen, Information Retrieval (1979), chapter 7.
    """
    return tally.right / max(1, tally.right + tally.missed)
