"""The main job from one upload to one search, printed as it happens."""

from rich.console import Console
from rich.text import Text

from service.demo import render, story
from service.demo.api import Api
from service.demo.wait import PATIENCE, Patience, until_ready
from service.errors import BatonError

HITS = 3

GO_ON = """\
make serve                      starts the server and prints its address and how to get a key
.venv/bin/baton keys create --workspace NAME --scopes ingest,read,write,admin --json
curl -H "Authorization: Bearer $KEY" -F file=@call.vtt -F customer=REF $URL/v1/sources
curl -H "Authorization: Bearer $KEY" "$URL/v1/search?q=why+did+they+buy&customer=REF"
README.md has the whole curl transcript; docs/ has formats, search and settings."""


def run(base_url: str, key: str, *, console: Console, patience: Patience = PATIENCE) -> int:
    """Upload, wait, show the notes, ask the questions: 0, or 1 with the reason printed."""
    try:
        with Api(base_url, key) as api:
            ids = _upload(api, console)
            _read(api, ids, console=console, patience=patience)
            _ask(api, console)
    except BatonError as error:
        console.print(render.problem(error))
        return 1
    console.print(render.heading("How to go on"), Text(GO_ON), sep="\n", soft_wrap=True)
    return 0


def _upload(api: Api, console: Console) -> dict[str, str]:
    """Send both files; the ids that the server gave them, with a name for each."""
    console.print(render.heading(f"Uploading for {story.CUSTOMER_NAME}"))
    ids = {}
    for upload in story.UPLOADS:
        answer = api.upload(upload, customer=story.CUSTOMER, deal=story.DEAL)
        ids[str(answer["id"])] = upload.file
    return ids


def _read(api: Api, ids: dict[str, str], *, console: Console, patience: Patience) -> None:
    for source_id, source in until_ready(api, ids, console=console, patience=patience).items():
        console.print(render.source(source))
        console.print(render.note(api.note(source_id)))


def _ask(api: Api, console: Console) -> None:
    """The questions of a support agent who was not there."""
    console.print(render.heading("Six months later, in other words than theirs"))
    for question in story.QUESTIONS:
        console.print(render.search(api.search(question.q, customer=story.CUSTOMER, limit=HITS)))
