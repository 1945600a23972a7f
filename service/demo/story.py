"""What the demo uploads, what is asked six months later, and where the answers stand.

Tamarack Valley Schools (61 buses) buys child check-in and tracking from Wayfold. Both are invented.
"""

from datetime import UTC, datetime
from importlib.resources import files

from schemas.model import Model
from schemas.source import Side, StatedParticipant

CUSTOMER = "tamarack-valley-schools"
CUSTOMER_NAME = "Tamarack Valley Schools"
DEAL = "tamarack-2026-buses"

VENDOR_DOMAINS = ("wayfold.example",)
VENDOR_NAMES = ("Wayfold",)
"""The server of the demo must be started with these two: they decide who the vendor is."""


class Upload(Model):
    """One file of the demo as it is sent."""

    file: str
    media_type: str
    title: str | None = None
    occurred_at: datetime | None = None
    participants: tuple[StatedParticipant, ...] = ()

    def content(self) -> bytes:
        """The bytes that lie beside this module."""
        return files("service.demo").joinpath(self.file).read_bytes()


class Question(Model):
    """What a support agent asks, and the sentence that answers it."""

    q: str
    file: str
    speaker: str
    answer: str
    """Word for word, as it stands in the file."""
    why: str


CALL = Upload(
    file="call.vtt",
    media_type="text/vtt",
    title="Wayfold and Tamarack Valley Schools: sales call",
    occurred_at=datetime(2026, 1, 13, 16, 18, tzinfo=UTC),
    participants=(
        StatedParticipant(
            name="Denise Pruitt", email="denise.pruitt@tamarackschools.example", side=Side.CUSTOMER
        ),
        StatedParticipant(
            name="Anita Bhatt", email="anita.bhatt@tamarackschools.example", side=Side.CUSTOMER
        ),
        # Ray dials in from the garage: no address is known for his label.
        StatedParticipant(name="Ray Castellano (Bus Garage)", side=Side.CUSTOMER),
    ),
)
"""The two of the vendor are known by the company in their display names."""

MAIL = Upload(file="follow_up.eml", media_type="message/rfc822")
"""Title, date and people stand in its own headers; sides follow from the mail domains."""

UPLOADS = (CALL, MAIL)

QUESTIONS = (
    Question(
        q="Which accident with a child set this purchase in motion?",
        file=CALL.file,
        speaker="Denise Pruitt",
        answer=(
            "In November a six-year-old fell asleep on bus 12 and nobody noticed "
            "he was still in his seat."
        ),
        why="The reason behind the sale, told about three minutes in.",
    ),
    Question(
        q="Did someone offer them free backup hardware off the books?",
        file=CALL.file,
        speaker="Mara Lindqvist | Wayfold",
        answer="But I will put six spare tablets in the first shipment, no charge.",
        why="A promise that was deliberately kept out of the order form.",
    ),
    Question(
        q="What must a relief driver manage alone for them to be satisfied?",
        file=MAIL.file,
        speaker="Denise Pruitt",
        answer=(
            "If a substitute driver can finish a whole route on the first morning "
            "without phoning Ray, I'll call this done."
        ),
        why="A success criterion that only the follow-up mail has.",
    ),
)
