"""The few calls of the HTTP API that the main job needs; a refusal is raised with its mend."""

import json
from collections.abc import Mapping
from typing import Any, Self

import httpx2

from service.demo.story import Upload
from service.errors import BatonError, FieldError, Unavailable

Answer = Mapping[str, Any]
"""A JSON object as it came."""

TIMEOUT_S = 35.0
"""The server's own deadline for one request."""


class Refused(BatonError):
    """The server said no; title, status, detail and mend are its own."""

    def __init__(self, problem: Answer, *, status: int) -> None:
        super().__init__(
            str(problem.get("detail", "")),
            field=problem.get("field"),
            mend=str(problem.get("mend") or ""),
            errors=[_field_error(one) for one in problem.get("errors") or ()],
        )
        self.status = status
        self.title = str(problem.get("title") or f"The server answered {status}")


class Api:
    """One server and one key; a context manager, because it holds connections."""

    def __init__(self, base_url: str, key: str) -> None:
        self._base_url = base_url
        # Proxies of the environment are for other hosts than the one named here.
        self._client = httpx2.Client(
            base_url=base_url,
            headers={"Authorization": f"Bearer {key}"},
            timeout=TIMEOUT_S,
            trust_env=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def upload(self, upload: Upload, *, customer: str, deal: str) -> Answer:
        """POST /v1/sources as multipart; the same file sent again answers the same id."""
        file = (upload.file, upload.content(), upload.media_type)
        form = {"customer": customer, "deal": deal} | _stated(upload)
        return self._call("POST", "/v1/sources", data=form, files={"file": file})

    def source(self, source_id: str) -> Answer:
        """GET the state of a source."""
        return self._call("GET", f"/v1/sources/{source_id}")

    def note(self, source_id: str) -> Answer:
        """GET the claims of a source that is ready."""
        return self._call("GET", f"/v1/sources/{source_id}/note")

    def search(self, q: str, *, customer: str, limit: int) -> Answer:
        """GET the hits within one customer."""
        params = {"q": q, "customer": customer, "limit": str(limit)}
        return self._call("GET", "/v1/search", params=params)

    def _call(self, method: str, path: str, **parts: Any) -> Answer:  # noqa: ANN401  httpx2's own keywords
        try:
            response = self._client.request(method, path, **parts)
        except httpx2.TransportError as error:
            raise Unavailable(
                f"No answer from {self._base_url}: {error}", mend="Is the server running there?"
            ) from error
        return _answer(response)


def _answer(response: httpx2.Response) -> Answer:
    body = _object(response)
    if not response.is_success:
        raise Refused(body, status=response.status_code)
    return body


def _object(response: httpx2.Response) -> Answer:
    try:
        body = response.json()
    except ValueError as error:
        raise _unreadable(response) from error
    if not isinstance(body, dict):
        raise _unreadable(response)
    return body


def _unreadable(response: httpx2.Response) -> BatonError:
    return Unavailable(
        f"The answer {response.status_code} to {response.url.path} is no JSON object.",
        mend="Is it Baton that listens at this address?",
    )


def _stated(upload: Upload) -> dict[str, str]:
    """The optional form fields that this upload states."""
    form = {}
    if upload.title is not None:
        form["title"] = upload.title
    if upload.occurred_at is not None:
        form["occurred_at"] = upload.occurred_at.isoformat()
    if upload.participants:
        people = [one.model_dump(mode="json", exclude_none=True) for one in upload.participants]
        form["participants"] = json.dumps(people)
    return form


def _field_error(error: Answer) -> FieldError:
    return FieldError(
        field=str(error.get("field") or ""),
        detail=str(error.get("detail") or ""),
        mend=str(error.get("mend") or ""),
    )
