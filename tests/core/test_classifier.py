"""What is learnt of a pack's training texts: by a network, kept in a file, and known to be stale."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.settings import Settings
from bots.training import train
from core.content.draft import Draft
from core.content.problem import ContentError
from core.content.reader import read, read_training
from core.matching.encoder import Encoded, MiniLM
from core.safety.classifier import Classifier, learnt, load, save
from core.safety.learning import convolution
from core.safety.learning.descent import Vector
from core.safety.learning.ensemble import assembled, trained_together
from core.safety.learning.features import WIDTH, features
from core.safety.learning.mixup import mixture
from core.safety.learning.network import Network, trained
from core.safety.signs import Noticed
from core.safety.training import ENGLISH, digest, files, kept, known, mistakes, problems
from tests.builders import lexicon, rule, write_pack

SCALDS = [
    "i scalded my arm",
    "boiling water went over my hand",
    "the water burnt my leg badly",
    "hot tea all over my foot and it blisters",
    "my son pulled the kettle down and his skin is red",
    "steam got my wrist, it hurts a lot",
]
STEAM = [
    "is the steam bad for the wall",
    "so much steam in the kitchen",
    "steam everywhere, what now",
    "does steam harm the cupboard",
    "the steam never stops",
    "too much steam comes out",
]
HARMLESS = [
    "why does it whistle",
    "my tea is cold",
    "which fuse do i need",
    "the water tastes odd",
    "what colour is the kettle",
    "how often do i descale it",
    "can i boil milk in it",
    "how much water does it hold",
]
LABELS: list[Noticed | None] = [
    *[("R1", "scald")] * len(SCALDS),
    *[("R2", "steam")] * len(STEAM),
    *[None] * len(HARMLESS),
]


def learn(encoder: MiniLM, texts: Sequence[str] = (*SCALDS, *STEAM, *HARMLESS)) -> Classifier:
    """The classifier of a few texts about kettles, each said in three ways."""
    said = [f"{text}{end}" for end in ("", " pls", " ??") for text in texts]
    return learnt(said, LABELS * 3, [encoder.encoded(text) for text in said], encoder.name, "today")


@pytest.fixture(scope="module")
def classifier(encoder: MiniLM) -> Classifier:
    """The classifier about kettles."""
    return learn(encoder)


# Features


@given(st.text(st.characters(exclude_categories=()), max_size=300))
def test_any_text_has_features_of_one_shape(text: str) -> None:
    vector = features(text)

    assert vector.shape == (WIDTH,)
    assert np.isfinite(vector).all()


def test_texts_that_share_words_share_features() -> None:
    near = features("numb between my legs") @ features("numb between the legs")
    far = features("numb between my legs") @ features("which fuse do i need")

    assert near > 0.4 > far


# The network


def test_a_network_learns_what_no_line_can_part() -> None:
    corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], np.float32)
    points = np.concatenate([corners] * 200)
    labels = np.array([0, 1, 1, 0] * 200, np.intp)

    shares = trained(points, labels, 2).shares(corners)

    assert shares.argmax(axis=1).tolist() == [0, 1, 1, 0]
    assert shares.sum(axis=1) == pytest.approx(np.ones(4), abs=1e-5)


def test_the_same_texts_make_the_same_network() -> None:
    points, labels = np.eye(6, dtype=np.float32), np.array([0, 1, 2] * 2, np.intp)

    first, second = trained(points, labels, 3), trained(points, labels, 3)

    assert np.array_equal(first.shares(points), second.shares(points))


def test_slopes_go_back_the_way_the_rows_came() -> None:
    chance = np.random.default_rng(1)
    mixed = mixture(6, chance)
    rows, slopes = chance.standard_normal((2, 6, 3)).astype(np.float32)

    assert (mixed.of(rows) * slopes).sum() == pytest.approx((rows * mixed.back(slopes)).sum(), 1e-4)
    assert mixed.of(np.ones((6, 3), np.float32)) == pytest.approx(np.ones((6, 3)))


def test_networks_together_say_the_mean_and_start_apart() -> None:
    points, labels = np.eye(6, dtype=np.float32), np.array([0, 1, 2] * 2, np.intp)
    together = trained_together(lambda seed: trained(points, labels, 3, seed), 3)
    each = [network.shares(points) for network in together.members]

    assert not np.array_equal(each[0], each[1])
    assert together.shares(points) == pytest.approx(np.mean(each, axis=0))
    assert np.array_equal(
        assembled(Network, together.parts()).shares(points), together.shares(points)
    )


# The network that hears tokens


def said(order: Sequence[int], length: int = 9) -> Vector:
    """A text of tokens like any other, in which three that all texts have stand in this order."""
    chance = np.random.default_rng(sum(at * 10**place for place, at in enumerate(order)) + length)
    known = np.random.default_rng(0).standard_normal((3, 24))
    tokens = chance.standard_normal((length, 24))
    start = int(chance.integers(0, length - 2))
    tokens[start : start + 3] = 3 * known[list(order)]
    return tokens.astype(np.float32)


def test_it_hears_which_token_stands_beside_which() -> None:
    """What no mean of the tokens can tell, for all texts have the same."""
    orders = [(0, 1, 2), (2, 1, 0)]
    texts = [said(order, length) for length in range(4, 60) for order in orders]
    listener = convolution.trained(texts * 8, np.array([0, 1] * (len(texts) * 4), np.intp), 2)

    new = [said(order, length) for length in range(60, 90) for order in orders]
    assert listener.shares(new).argmax(axis=1).tolist() == [0, 1] * 30


def test_a_text_says_the_same_in_any_company() -> None:
    texts = [said((0, 1, 2), length) for length in (3, 40, 12)]
    listener = convolution.trained(texts, np.array([0, 1, 1], np.intp), 2)
    alone = [listener.shares([text])[0] for text in texts]

    assert listener.shares(texts) == pytest.approx(np.stack(alone), abs=1e-5)
    assert listener.shares(texts).sum(axis=1) == pytest.approx(np.ones(3), abs=1e-5)


def test_an_encoder_that_tells_no_tokens_is_read_without_it(encoder: MiniLM) -> None:
    said = [*SCALDS, *STEAM, *HARMLESS]
    whole = [Encoded(encoder.encode(text), np.zeros((0, 384), np.float32)) for text in said]
    classifier = learnt(said, LABELS, whole, "whole", "today")

    assert classifier.listeners is None
    assert classifier.chances("hot water on my arm", lambda _: whole[0])


# The classifier


def test_it_knows_what_it_has_not_read(classifier: Classifier, encoder: MiniLM) -> None:
    scald = classifier.chances("hot water spilled all over my foot", encoder.encoded)
    plain = classifier.chances("why is the water cold", encoder.encoded)

    assert max(scald, key=scald.__getitem__) == ("R1", "scald")
    assert scald["R1", "scald"] > plain["R1", "scald"]


def test_it_reads_a_long_text_whole(classifier: Classifier, encoder: MiniLM) -> None:
    story = "the kettle is old and green and stands by the window. " * 20
    told = classifier.chances(f"{story} boiling water went over my hand", encoder.encoded)

    assert told["R1", "scald"] > classifier.chances(story, encoder.encoded)["R1", "scald"]


def test_nothing_is_made_of_no_text(classifier: Classifier, encoder: MiniLM) -> None:
    assert classifier.chances(" \n", encoder.encoded) == {}


def test_what_is_kept_says_the_same(
    classifier: Classifier, encoder: MiniLM, tmp_path: Path
) -> None:
    save(classifier, tmp_path / "en.npz")
    again = load(tmp_path / "en.npz", encoder.name)

    assert again
    assert (again.messages, again.digest) == (classifier.messages, "today")
    assert again.listeners
    said = classifier.chances("hot water on my arm", encoder.encoded)
    assert again.chances("hot water on my arm", encoder.encoded) == pytest.approx(said, abs=0.01)


def test_what_another_encoder_was_used_for_is_not_read(
    classifier: Classifier, tmp_path: Path
) -> None:
    save(classifier, tmp_path / "en.npz")

    assert load(tmp_path / "en.npz", "another") is None
    assert load(tmp_path / "none.npz", classifier.encoder) is None


# Training texts

TAUGHT = """
- rule: R1
  message: scald
  texts: [i scalded my arm]
  harmless: [no scald just curious]
- harmless: [my tea is cold, i scalded my arm]
"""


def pack(folder: Path, taught: str | None) -> Draft:
    """A pack about kettles with training texts, as it was read."""
    content = write_pack(folder, rules=rule(), lexicons={"en": lexicon()})
    file = content / "packs" / "kettles" / "safety" / "training" / "en.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    if taught is not None:
        file.write_text(taught, encoding="utf-8")
    (draft,) = read(content).drafts
    return draft


def test_a_text_has_one_label_and_the_later_one_counts(tmp_path: Path) -> None:
    filed, wrong = read_training(pack(tmp_path, TAUGHT).home)

    assert wrong == []
    assert known(filed) == [
        ("i scalded my arm", None),
        ("no scald just curious", None),
        ("my tea is cold", None),
    ]


def test_texts_that_were_not_learnt_are_named(
    tmp_path: Path, classifier: Classifier, encoder: MiniLM
) -> None:
    draft = pack(tmp_path, TAUGHT)
    encoders = {ENGLISH: encoder.name}
    assert [problem.rule for problem in problems(draft, encoders)] == ["untrained"]

    both = [encoder.encoded("a"), encoder.encoded("b")]
    now, file = digest(files(draft.home, ENGLISH)), kept(draft.home, ENGLISH)
    save(learnt(["a", "b"], [("R1", "scald"), None], both, encoder.name, now), file)
    assert problems(draft, encoders) == []

    draft = pack(tmp_path, TAUGHT + "- harmless: [another]\n")
    assert [problem.rule for problem in problems(draft, encoders)] == ["untrained"]


def test_a_mistake_in_training_texts_has_its_line(tmp_path: Path) -> None:
    found = mistakes(pack(tmp_path, "- rule: one\n  texts: [a]\n"))

    assert [(problem.line, problem.remedy != "") for problem in found] == [(1, True)]


def test_a_message_that_no_rule_has_can_not_be_taught(tmp_path: Path) -> None:
    """It would be noticed one day, with nothing to say."""
    found = mistakes(pack(tmp_path, TAUGHT + "- rule: R1\n  message: scold\n  texts: [a]\n"))

    assert [(problem.rule, problem.line) for problem in found] == [("unknown-message", 8)]


def test_a_pack_may_do_without(tmp_path: Path, encoder: MiniLM) -> None:
    assert problems(pack(tmp_path, None), {ENGLISH: encoder.name}) == []


def test_training_writes_what_a_guard_reads(tmp_path: Path, encoder: MiniLM) -> None:
    draft = pack(tmp_path / "content", TAUGHT)
    using = Settings(content=tmp_path / "content", cache=tmp_path / "cache")

    said = [*train(using)]

    assert f"{kept(draft.home, ENGLISH)}: 3 texts, 0 messages." in said
    assert load(kept(draft.home, ENGLISH), encoder.name)


def test_nothing_is_learnt_from_texts_with_a_mistake(tmp_path: Path) -> None:
    pack(tmp_path / "content", "- rule: R1\n  message: scold\n  texts: [a]\n")

    with pytest.raises(ContentError, match="no message `scold` of R1"):
        list(train(Settings(content=tmp_path / "content", cache=tmp_path / "cache")))


def test_training_says_that_there_is_nothing_to_learn(tmp_path: Path) -> None:
    pack(tmp_path / "content", None)

    said = [*train(Settings(content=tmp_path / "content", cache=tmp_path / "cache"))]

    assert any("no training texts for en.npz" in line for line in said)
