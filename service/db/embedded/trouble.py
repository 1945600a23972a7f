"""Why the server did not start, in one line that says what to mend."""

from service.errors import NotSetUp

_LAST_LINES = 6
_MENDS = {
    "No space left on device": "The disk is full: make room.",
    "Disk quota exceeded": "The disk quota is used up: make room.",
    "could not map anonymous shared memory": "Too little memory: 256 MB should be free.",
    "Cannot allocate memory": "Too little memory: 256 MB should be free.",
    "wrong ownership": "The data folder belongs to another account: chown -R it back.",
    "invalid permissions": "The data folder must have mode 0700.",
    "incompatible with server": "The cluster was made by another major version of PostgreSQL.",
    "could not look up effective user ID": "Give this user a name: add it to /etc/passwd.",
    "Permission denied": "The account that runs PostgreSQL may not write there: chown -R it back.",
    "Read-only file system": "BATON_DATA_DIR must be on a disk that can be written to.",
    "invalid locale": "The system lacks the locale C.UTF-8: install it, or use PostgreSQL 18.",
}


def trouble(what: str, said: str) -> NotSetUp:
    """The last lines of what the server said, and the mend where the cause is a known one."""
    mend = next((mend for sign, mend in _MENDS.items() if sign in said), "")
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return NotSetUp(f"{what}. {mend} It said: {' | '.join(lines[-_LAST_LINES:])}")
