from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from tokenizers import Tokenizer

from evals.extraction import cases, documents
from prompts.render import load_prompt
from prompts.tokens import estimate
from schemas.source import Turn
from service.embed import minilm
from service.embed.pinned import package_folder
from service.embed.tiny import PACKAGE

Count = Callable[[str], int]
LEAST, MOST = 0.80, 1.45
"""Estimate over real count, for English talk and mail."""
FILES = {
    PACKAGE: "tokenizers/l2_supercat_tokenizer_config.json",
    minilm.PACKAGE: "tokenizer.json",
}


@pytest.fixture(params=FILES)
def count(request: pytest.FixtureRequest) -> Count:
    folder = package_folder(request.param)
    if folder is None:
        pytest.skip(f"{request.param} is not installed")
    file = next(folder.rglob(Path(FILES[request.param]).name))
    tokenizer = Tokenizer.from_file(str(file))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return lambda text: len(tokenizer.encode(text, add_special_tokens=False).ids)


def talk(turns: Sequence[Turn]) -> str:
    return "\n".join(f"{turn.speaker}: {turn.text}" for turn in turns)


def test_invented_talks_are_within_the_band(count: Count) -> None:
    texts = [talk(case.turns) for case in cases.read()]
    shares = [estimate(text) / count(text) for text in texts]
    assert min(shares) >= LEAST
    assert max(shares) <= MOST


def test_real_talks_and_mails_are_within_the_band(count: Count, shared: Path) -> None:
    texts = [talk(each.turns) for each in documents.read(shared / "evaldata" / "calls")]
    shares = [estimate(text) / count(text) for text in texts]
    assert min(shares) >= LEAST
    assert max(shares) <= MOST


@pytest.mark.parametrize(
    "text",
    [
        "Wir werden Ihnen die Unterlagen bis Ende März vollständig zuschicken.",
        "Nous vous enverrons le contrat signé d'ici vendredi, sans frais.",
        "我们会在星期五之前把合同发给你们",
        "Мы отправим договор до пятницы",
        "12,500.00 EUR on 2026-03-04",
    ],
)
def test_other_scripts_are_not_far_below(count: Count, text: str) -> None:
    assert estimate(text) >= 0.7 * count(text)


def test_a_prompt_costs_a_quarter_more_than_its_talk_and_1500_tokens(count: Count) -> None:
    prompt = load_prompt()
    for case in cases.read():
        whole = count(prompt.system) + count(prompt.user(case.turns, "0123456789abcdef"))
        assert whole <= 1.25 * count(talk(case.turns)) + 1_500


def test_nothing_costs_nothing_and_more_text_never_less() -> None:
    text = "We ship it on Friday, 3 of 4. Да 👍 好"
    assert estimate("") == 0
    assert all(estimate(text[:at]) <= estimate(text[: at + 1]) for at in range(len(text)))
