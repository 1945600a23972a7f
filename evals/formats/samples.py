"""The folder of samples: each file with the format and the kind that its list states."""

import json
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

_DEFAULT = Path(__file__).resolve().parents[2].parent / "shared"
_INVENTED = frozenset(("documented-shape", "constructed"))
_BESIDE = frozenset(("truth", "expected", "signature-vectors", "vexa-webhook-headers"))
"""What describes samples and is none itself."""
_TOGETHER = (
    ("gong-joined", "gong_calls_transcript.json", "gong_calls_extensive.json"),
    ("googlemeet-joined", "googlemeet_transcript_entries.json", "googlemeet_participants.json"),
)
"""Two answers of one tool, of which each lacks what the other has: uploaded as one list."""


@dataclass(frozen=True)
class Sample:
    """One file: its path below the folder, what it is, and where it comes from."""

    path: str
    format: str
    kind: str
    data: bytes

    @property
    def family(self) -> str:
        """The folder it lies in; all that senders post are one."""
        parts = self.path.split("/")
        return parts[0] if parts[0] == "webhooks" else parts[1]

    @property
    def is_mail(self) -> bool:
        """Whether it was sent from one mailbox to another."""
        return self.path.startswith("email/")

    @property
    def holds_the_call(self) -> bool:
        """Whether it tells the invented call, whose truth is known."""
        return self.kind in _INVENTED and not self.is_mail


def folder_of_samples() -> Path:
    """Where they lie: `BATON_SHARED`, else the folder beside the project."""
    return Path(os.environ.get("BATON_SHARED", _DEFAULT)) / "samples"


def samples(folder: Path) -> list[Sample]:
    """Every file of the list that is sent by somebody, and what is sent as one."""
    listed = json.loads((folder / "MANIFEST.json").read_text(encoding="utf-8"))["files"]
    found = [
        Sample(one["file"], one["format"], one["kind"], (folder / one["file"]).read_bytes())
        for one in listed
        if one["format"] not in _BESIDE
    ]
    return [*found, *(_joined(folder, *names) for names in _TOGETHER)]


def _joined(folder: Path, format_name: str, *names: str) -> Sample:
    place = folder / "transcripts" / "json"
    both = [json.loads((place / name).read_text(encoding="utf-8")) for name in names]
    path = f"transcripts/json/{' + '.join(name.removesuffix('.json') for name in names)}"
    return Sample(path, format_name, "constructed", json.dumps(both).encode())


def true_turns(folder: Path) -> list[dict[str, Any]]:
    """What was said in the invented call, with the moment of each turn."""
    truth = json.loads((folder / "truth" / "call.json").read_text(encoding="utf-8"))
    began = datetime.fromisoformat(truth["start"])
    return [one | {"moment": began + timedelta(seconds=one["start"])} for one in truth["turns"]]
