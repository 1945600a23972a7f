from collections.abc import Iterator, Sequence


def batches(lengths: Sequence[int], *, budget: int) -> Iterator[list[int]]:
    """Group positions by like length, so that rows times the longest stays within the budget.

    A single text longer than the budget is a batch of its own.
    """
    batch: list[int] = []
    for position in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (len(batch) + 1) * lengths[position] > budget:
            yield batch
            batch = []
        batch.append(position)
    if batch:
        yield batch
