"""The questions are asked in other words than the answers."""

import re
from typing import Any

import pytest

from service.demo import story

STOP_WORDS = """
    a all and are as at be before but by can did do does for from he him his how i i'll if in is
    it its me my of on or our she that the their them they this to was were what when which
    who will with without you your
"""
STOP = frozenset(STOP_WORDS.split())


def content_words(text: str) -> set[str]:
    """Words that carry meaning, cut to five letters so that word forms count as the same."""
    words = re.findall(r"[a-z0-9']+", text.casefold())
    return {word[:5] for word in words if word not in STOP}


@pytest.mark.parametrize("question", story.QUESTIONS, ids=lambda one: one.q[:24])
def test_question_and_answer_share_at_most_one_word(question: story.Question) -> None:
    asked, said = content_words(question.q), content_words(question.answer)
    assert len(asked) >= 5
    assert len(asked & said) <= 1


@pytest.mark.parametrize("question", story.QUESTIONS[:2], ids=lambda one: one.q[:24])
def test_the_answer_stands_in_one_cue_of_its_speaker(question: story.Question, cues: Any) -> None:
    holders = [cue.speaker for cue in cues if question.answer in cue.text]
    assert question.file == story.CALL.file
    assert holders == [question.speaker]


def test_the_third_answer_stands_in_the_new_text_of_the_mail(mail: Any, mail_text: str) -> None:
    question = story.QUESTIONS[2]
    new = mail_text.partition("\n-- \n")[0]
    assert question.file == story.MAIL.file
    assert question.answer in new
    assert mail["from"].addresses[0].display_name == question.speaker
