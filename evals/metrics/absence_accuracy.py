"""Whether an empty field is empty, and for the right reason."""

from collections.abc import Mapping


def absence_accuracy(
    labelled: Mapping[tuple[str, str], str], answered: Mapping[tuple[str, str], str]
) -> float | None:
    """Right reasons / labelled absences; unknown where nothing is labelled.

    Keys are document and field. A field for which something was claimed has no answer here, and is
    wrong where an absence is labelled.
    """
    right = sum(answered.get(place) == reason for place, reason in labelled.items())
    return right / len(labelled) if labelled else None
