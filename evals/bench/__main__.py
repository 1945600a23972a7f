"""Benchmarks by name: `python -m evals.bench NAME [options]`, `python -m evals.bench --list`."""

import sys
from importlib import import_module

BENCHMARKS = {
    "formats": "MB a second of every family of formats; WebVTT beside webvtt-py",
    "hooks": "how long a provider waits for its answer, against /healthz",
    "mail": "mails read beside the standard parser; replies split beside mail-parser-reply",
    "merging": "600 claims of a deal merged, against one pass over their vectors",
    "pipeline": "a one-hour call from upload to searchable, against its parts alone",
    "prompt": "tokens of what a model is asked, and of its reply, against those of the talk",
    "quotes": "the gate: ten scripts, harmless and altering changes, speed; beside two peers",
    "recovery": "from the kill of a worker in mid-job to the job's restart",
    "search": "a search over HTTP, against the statement that it runs",
    "search_wall": "search under the workspace wall: recall, hits and time, small to large",
    "uploads": "uploads a second and their times, while the worker is busy",
}
"""Each is a module of this package with `main(arguments) -> exit code`."""


def main(words: list[str]) -> int:
    """Run the benchmark that is named."""
    if words == ["--list"]:
        sys.stdout.writelines(f"{name:<14}{what}\n" for name, what in BENCHMARKS.items())
        return 0
    if not words or words[0] not in BENCHMARKS:
        sys.stderr.write(f"usage: python -m evals.bench {{{','.join(BENCHMARKS)}}} | --list\n")
        return 2
    code: int = import_module(f"evals.bench.{words[0]}").main(words[1:])
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
