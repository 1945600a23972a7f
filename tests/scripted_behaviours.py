"""How a scripted provider behaves, by the name of the model."""

import json
from collections.abc import Callable

from scripted_talk import Asked, Talker, completion_of

DEMAND = "REPLY WITH:"
"""`obey` replies with what stands behind this, on the same line of the prompt."""

Behaviour = Callable[[Talker, Asked, int], None]
"""Takes the number of the request among those for its model."""


def good(to: Talker, asked: Asked, _: int) -> None:
    to.send_reply(asked, {"ready": True} if asked.is_probe else to.script.reply(asked))


def bad(to: Talker, asked: Asked, _: int) -> None:
    to.send_reply(asked, {"not": ["what", "was", "asked"]})


def bad_then_good(to: Talker, asked: Asked, number: int) -> None:
    (bad if number == 1 else good)(to, asked, number)


def truncjson(to: Talker, asked: Asked, _: int) -> None:
    to.send_reply(asked, '{"ready": tr')


def prose(to: Talker, asked: Asked, _: int) -> None:
    """Takes no notice of any form."""
    to.send_reply(asked, "I would rather talk.", call=False)


def length(to: Talker, asked: Asked, _: int) -> None:
    to.send_reply(asked, to.script.reply(asked), finish="length")


def content_filter(to: Talker, asked: Asked, _: int) -> None:
    to.send_reply(asked, "", finish="content_filter", call=False)


def filter_whole(to: Talker, asked: Asked, _: int) -> None:
    """What is left can still be read."""
    to.send_reply(asked, to.script.reply(asked), finish="content_filter")


def refuse(to: Talker, asked: Asked, _: int) -> None:
    to.send_reply(asked, None, call=False, message={"content": None, "refusal": "I will not."})


def no_choices(to: Talker, asked: Asked, _: int) -> None:
    to.send_reply(asked, "", choices=[])


def nousage(to: Talker, asked: Asked, _: int) -> None:
    to.send_reply(asked, to.script.reply(asked), usage=None)


def odd_usage(to: Talker, asked: Asked, _: int) -> None:
    odd = {"prompt_tokens": -5, "completion_tokens": 3, "total_tokens": -2}
    text = json.dumps(to.script.reply(asked))
    to.send_body(200, json.dumps(completion_of(asked, text, usage=odd)).encode())


def html(to: Talker, _: Asked, __: int) -> None:
    to.send_body(200, b"<html><body>Sign in to the hotel network</body></html>", of="text/html")


def garbage200(to: Talker, _: Asked, __: int) -> None:
    to.send_body(200, b'{"choices": [{"mess')


def verbatim(to: Talker, asked: Asked, _: int) -> None:
    """The script writes the whole answer."""
    said = to.script.reply(asked)
    to.send_body(200, said.encode() if isinstance(said, str) else json.dumps(said).encode())


def slow(to: Talker, asked: Asked, number: int) -> None:
    to.script.closing.wait(30)
    good(to, asked, number)


def drip(to: Talker, _: Asked, __: int) -> None:
    """A byte now and then, so that no time between two bytes is long."""
    to.send_response(200)
    to.send_header("content-type", "application/json")
    to.send_header("content-length", "10000")
    to.end_headers()
    while not to.script.closing.wait(0.05):
        to.wfile.write(b" ")
        to.wfile.flush()


def drop(to: Talker, _: Asked, __: int) -> None:
    to.close_connection = True


def halfbody(to: Talker, asked: Asked, _: int) -> None:
    body = json.dumps(completion_of(asked, "{}")).encode()
    to.send_response(200)
    to.send_header("content-type", "application/json")
    to.send_header("content-length", str(2 * len(body)))
    to.end_headers()
    to.wfile.write(body)
    to.close_connection = True


def sse_cut(to: Talker, _: Asked, __: int) -> None:
    """A stream that nobody asked for, and that stops in the middle."""
    to.send_body(
        200, b'data: {"choices": [{"delta": {"content": "{"}}]}\n\n', of="text/event-stream"
    )


def redirect(to: Talker, _: Asked, __: int) -> None:
    to.send_body(307, b"", location=f"{to.script.url}/elsewhere")


def told(to: Talker, asked: Asked, number: int) -> None:
    """As the turns that it is shown say, `behave(refuse)`; else well."""
    word = asked.user.rpartition("behave(")[2].partition(")")[0]
    BEHAVIOURS.get(word, good)(to, asked, number)


def obey(to: Talker, asked: Asked, _: int) -> None:
    """Does what the source demands."""
    demanded = asked.user.rpartition(DEMAND)[2].partition("\n")[0].strip()
    to.send_reply(asked, demanded)


def no_strict(to: Talker, asked: Asked, number: int) -> None:
    if asked.is_strict:
        to.send_problem(400, "invalid", message="Unknown key: response_format.json_schema.strict")
    else:
        good(to, asked, number)


def only_tools(to: Talker, asked: Asked, number: int) -> None:
    if asked.form == "tools":
        good(to, asked, number)
    else:
        to.send_problem(422, "validation", message="this is not supported here")


def only_json(to: Talker, asked: Asked, number: int) -> None:
    """Takes every form, and knows one."""
    (good if asked.form == "json" else prose)(to, asked, number)


def new_cap(to: Talker, asked: Asked, number: int) -> None:
    if "max_tokens" in asked.body:
        told = "Use 'max_completion_tokens' instead."
        to.send_problem(400, "unsupported_parameter", message=told, param="max_tokens")
    else:
        good(to, asked, number)


def own_temperature(to: Talker, asked: Asked, number: int) -> None:
    if "temperature" in asked.body:
        told = "'temperature' does not support 0 with this model, only the default (1)."
        to.send_problem(400, "unsupported_value", message=told, param="temperature")
    else:
        good(to, asked, number)


def second(behaviour: str) -> Behaviour:
    """Good, but for the second request."""
    return lambda to, asked, number: (BEHAVIOURS[behaviour] if number == 2 else good)(
        to, asked, number
    )


def problem(status: int, code: str, **more: str) -> Behaviour:
    """A behaviour that is always this problem."""
    return lambda to, _, __: to.send_problem(status, code, **more)


BEHAVIOURS: dict[str, Behaviour] = {
    one.__name__: one
    for one in (
        *(good, bad, bad_then_good, truncjson, prose, length, filter_whole, refuse, no_choices),
        *(nousage, odd_usage, html, garbage200, slow, drip, drop, halfbody, sse_cut, redirect),
        *(obey, told, verbatim, no_strict, only_tools, only_json, new_cap, own_temperature),
    )
} | {
    "filter": content_filter,
    "second_500": second("500"),
    "second_refuse": second("refuse"),
    "429": problem(429, "rate_limit_exceeded", retry_after="7"),
    "429_long": problem(429, "rate_limit_exceeded", retry_after="600"),
    "429_nan": problem(429, "rate_limit_exceeded", retry_after="nan"),
    "429_date": problem(429, "slow down", retry_after="Wed, 21 Oct 2099 07:28:00 GMT"),
    "quota": problem(429, "insufficient_quota"),
    "402": problem(402, "payment_required"),
    "500": problem(500, "oops"),
    "503": problem(503, "overloaded", retry_after="2"),
    "504": problem(504, "gateway"),
    "408": problem(408, "timeout"),
    "ctx": problem(400, "context_length_exceeded"),
    "ctx_local": problem(400, "invalid", message="exceeds the context window of 4096 tokens"),
    "413": problem(413, "too_large"),
    "400": problem(400, "invalid_value", message="no such thing"),
    "404": problem(404, "model_not_found"),
    "401": problem(401, "invalid_api_key"),
    "403": problem(403, "forbidden"),
}
