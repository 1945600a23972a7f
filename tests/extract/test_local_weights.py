import json

import pytest

from evals.training import __main__ as training
from evals.training.fitting import SIDE_OF, cross_validated, fit
from evals.training.sentences import Example, documents, examples
from schemas.claim import SUCCESS_IN_THEIR_WORDS, WHAT_WAS_PROMISED, WHY_THEY_BOUGHT
from schemas.source import Side
from service.extract.local.act import Act
from service.extract.local.choosing import choose
from service.extract.local.fields import Context
from service.extract.local.weighing import WEIGHTS, likelihood


def test_the_weights_are_those_of_the_talks() -> None:
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    assert stored["talks_sha256"] == training.talks_sha256()
    assert set(stored["weights"]) == set(SIDE_OF)


def test_every_weight_is_of_a_feature_that_exists() -> None:
    names = {
        name for weights in json.loads(WEIGHTS.read_text())["weights"].values() for name in weights
    }
    seen = {name for document in documents() for one in examples(document) for name in one.features}
    assert names - {""} <= seen


def test_a_pain_makes_a_reason_likelier_and_a_need_a_success() -> None:
    pain, need = frozenset({Act.PAIN, Act.FULL}), frozenset({Act.NEED, Act.FULL})
    assert likelihood(WHY_THEY_BOUGHT, pain) > likelihood(WHY_THEY_BOUGHT, need)
    assert likelihood(SUCCESS_IN_THEIR_WORDS, need) > likelihood(SUCCESS_IN_THEIR_WORDS, pain)


TOLD = frozenset({Act.PAST, Act.TIMED, Act.FULL, Act.OURS, Act.ABSOLUTE, Act.CONTRAST})
ASKED = Context(asked=frozenset({WHY_THEY_BOUGHT}), is_early=True)


def test_the_weights_propose_what_no_rule_knows() -> None:
    assert choose(TOLD, side=Side.CUSTOMER, context=ASKED).field == WHY_THEY_BOUGHT  # type: ignore[union-attr] # None fails as well


@pytest.mark.parametrize(
    ("acts", "context", "reason"),
    [
        (TOLD | {Act.QUESTION}, ASKED, "a question"),
        (TOLD | {Act.META}, ASKED, "talk about the talk"),
        (TOLD, ASKED._replace(is_service_call=True), "a complaint to a hotline"),
        (TOLD, ASKED._replace(is_after_sale=True), "a complaint about what was bought"),
        (frozenset({Act.LONG, Act.FULL, Act.OURS}), ASKED, "nothing but its place"),
    ],
)
def test_the_weights_do_not_propose(acts: frozenset[Act], context: Context, reason: str) -> None:
    assert choose(acts, side=Side.CUSTOMER, context=context) is None, reason


def test_confidence_is_the_share_that_the_weights_expect() -> None:
    said = frozenset({Act.UNDERTAKING, Act.TIMED, Act.FULL})
    proposal = choose(said, side=Side.VENDOR, context=Context())
    assert proposal is not None
    assert proposal.field == WHAT_WAS_PROMISED
    assert 0.5 < proposal.confidence < 1


def _example(document: str, *names: str, is_item: bool) -> Example:
    fields = frozenset({WHY_THEY_BOUGHT} if is_item else ())
    return Example(document, Side.CUSTOMER, frozenset(names), fields, frozenset())


def test_a_talk_is_judged_by_weights_that_never_saw_it() -> None:
    pytest.importorskip("sklearn")
    told = [_example(talk, "pain", is_item=True) for talk in "abc"]
    said = [_example(talk, "plan", is_item=False) for talk in "abc"]
    only_here = [_example("d", "odd", is_item=True)]
    judged = cross_validated([*told, *said, *only_here], WHY_THEY_BOUGHT)
    assert all(one.likelihood > 0.5 for one in judged if one.is_item and one.document != "d")
    assert fit([*told, *said], WHY_THEY_BOUGHT)["pain"] > 0
