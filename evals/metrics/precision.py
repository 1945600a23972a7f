"""Of what was found, how much is right."""

from evals.metrics.tally import Tally


def precision(tally: Tally) -> float:
    """Right / (right + wrong); 0 where nothing was found.

    Source: van Rijsbergen, Information Retrieval (1979), chapter 7.
    """
    return tally.right / max(1, tally.right + tally.wrong)
