"""Being told to stop: what is begun is finished."""

import asyncio
import signal

import typer


def stop_by_signal(said: str = "Finishing the files in hand") -> asyncio.Event:
    """The first Ctrl-C lets what is begun end; the second ends at once, which loses no file."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()

    def told() -> None:
        stop.set()
        loop.remove_signal_handler(signal.SIGINT)
        typer.echo(f"\n{said}; Ctrl-C again ends at once.", err=True)

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, told)
    return stop
