# ruff: noqa: RUF001 - letters of other scripts are what is tested

import unicodedata

import pytest

from schemas.claim import WHAT_WAS_PROMISED, Admission, Draft, Reason
from schemas.source import Side, Turn
from service.extract.gate import admit

SCRIPTS = {
    "latin": ("Ja 👍🏽 – wir liefern die Daten im März. Gut.", "wir liefern die Daten im März"),
    "cyrillic": ("Да 🎉: мы пришлём отчёт в пятницу.", "мы пришлём отчёт"),
    "greek": ("Ναι, θα στείλουμε την αναφορά αύριο.", "θα στείλουμε την αναφορά"),
    "hebrew": ("כן! אנחנו נשלח את הדוח מחר.", "אנחנו נשלח את הדוח"),
    "arabic": ("نعم، سنرسل التقرير يوم الاثنين.", "سنرسل التقرير يوم الاثنين"),
    "devanagari": ("हाँ 🙂, हम रिपोर्ट सोमवार को भेजेंगे।", "हम रिपोर्ट सोमवार को भेजेंगे"),
    "tamil": ("சரி, நாங்கள் அறிக்கையை நாளை அனுப்புவோம்.", "நாங்கள் அறிக்கையை நாளை"),
    "han": ("好的👌我们三月底之前完成迁移。谢谢", "我们三月底之前完成迁移"),
    "kana": ("はい、データは来月までに移行します。", "データは来月までに移行します"),
    "thai": ("ค่ะ เราจะส่งรายงานวันจันทร์ นะคะ", "เราจะส่งรายงานวันจันทร์"),
    "hangul": ("네 🙏 다음 주에 보고서를 보내겠습니다.", "다음 주에 보고서를 보내겠습니다"),
    "khmer": ("បាទ យើងនឹងផ្ញើរបាយការណ៍", "យើងនឹងផ្ញើរបាយការណ៍"),
}


def judge(text: str, quote: str) -> Admission:
    turn = Turn(turn=0, speaker=None, side=Side.VENDOR, side_rule="stated", text=text)
    draft = Draft(field=WHAT_WAS_PROMISED, turn=0, quote=quote, statement="")
    return admit([draft], [turn])


@pytest.mark.parametrize("script", SCRIPTS)
def test_offsets_are_code_points_of_the_stored_text(script: str) -> None:
    text, quote = SCRIPTS[script]
    (span,) = judge(text, quote).claims[0].spans
    assert (span.start, span.end) == (text.index(quote), text.index(quote) + len(quote))


@pytest.mark.parametrize("script", SCRIPTS)
def test_offsets_hold_where_quote_and_source_are_composed_differently(script: str) -> None:
    text, quote = (unicodedata.normalize("NFD", part) for part in SCRIPTS[script])
    (span,) = judge(text, unicodedata.normalize("NFC", quote)).claims[0].spans
    assert text[span.start : span.end] == quote


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_quote_with_its_middle_left_out_is_refused(script: str) -> None:
    text, quote = SCRIPTS[script]
    pieces = quote.split() if " " in quote else list(unicodedata.normalize("NFC", quote))
    del pieces[len(pieces) // 2]
    joint = " " if " " in quote else ""
    assert judge(text, joint.join(pieces)).claims == ()


@pytest.mark.parametrize(("quote", "is_kept"), [("三月底之前", False), ("三月底之前完", True)])
def test_six_letters_are_the_least_in_an_unspaced_script(quote: str, *, is_kept: bool) -> None:
    admission = judge("我们三月底之前完成迁移", quote)
    assert bool(admission.claims) is is_kept
    assert is_kept or admission.rejected[0].reason is Reason.TOO_SHORT
