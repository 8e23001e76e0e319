"""Rules on safety content: complete in every language, leading somewhere, and easy to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from core.content import readability
from core.content.draft import Draft, Filed
from core.content.problem import Problem
from core.content.rules.rule import Rule, each
from core.content.safety import Lexicon, SafetyRule

HARDEST = 8.0
# What a language must have before anything is answered in it.
EVERYWHERE = ("R1", "R2", "R3", "R6")
OURS = "en"


def _rules(draft: Draft) -> dict[str, SafetyRule]:
    return {filed.record.id: filed.record for filed in draft.rules}


def _said(rules: dict[str, SafetyRule], language: str) -> set[tuple[str, str]]:
    """The messages that a language must put into words."""
    return {
        (rule.id, message.id)
        for rule in rules.values()
        if language == OURS or rule.id in EVERYWHERE
        for message in rule.messages
    }


def _unsaid(draft: Draft) -> Iterator[Problem]:
    rules = _rules(draft)
    for filed in draft.lexicons:
        said = {(text.rule, text.message) for text in filed.record.texts}
        for rule, message in sorted(_said(rules, filed.record.language) - said):
            what = f"`{filed.record.language}` has no text for {rule} `{message}`"
            yield filed.problem(("texts",), "unsaid", what, "write it, and let someone read it")
    spoken = {filed.record.language for filed in draft.lexicons}
    if draft.rules and OURS not in spoken:
        what = f"the rules say nothing in `{OURS}`"
        yield draft.rules[0].problem((), "unsaid", what, f"write safety/{OURS}.yaml")


def _unknown_message(draft: Draft) -> Iterator[Problem]:
    known = {(rule.id, message.id) for rule in _rules(draft).values() for message in rule.messages}
    for filed in draft.lexicons:
        lexicon = filed.record
        for field in ("signs", "texts", "examples"):
            for at, one in enumerate(getattr(lexicon, field)):
                if (one.rule, one.message) not in known:
                    what = f"there is no message `{one.message}` of {one.rule}"
                    yield filed.problem((field, at), "unknown-message", what, "correct one of them")


def _dangling_safety(draft: Draft) -> Iterator[Problem]:
    entries = draft.unread | {entry.record.id for entry in draft.entries}
    claims = draft.unread | {claim.record.id for claim in draft.claims}
    topics = {topic.id for topic in draft.card.record.topics}
    for filed in draft.rules:
        rule = filed.record
        gone = [f"claim `{id}`" for id in rule.claims if id not in claims]
        gone += [f"topic `{id}`" for id in rule.withholds if id not in topics]
        gone += [f"entry `{id}`" for m in rule.messages for id in m.entries if id not in entries]
        for one in gone:
            what = f"{rule.id} leads to {one}, which is not there"
            yield filed.problem(("id",), "dangling-safety", what, "write it, or lead elsewhere")


def _word_lists(draft: Draft) -> Iterator[Problem]:
    for filed in draft.lexicons:
        for at, sign in enumerate(filed.record.signs):
            groups = (*sign.all_of, sign.none_of)
            named = {p for group in groups for p in group if p.startswith("{")}
            for name in sorted(named):
                if name.strip("{}") not in filed.record.words:
                    what = f"there is no list of words {name}"
                    remedy = "add it to `words`, or write the words out"
                    yield filed.problem(("signs", at), "word-list", what, remedy)


def _unnoticed(draft: Draft) -> Iterator[Problem]:
    for filed in draft.lexicons:
        seen = {(sign.rule, sign.message) for sign in filed.record.signs}
        tried = {(one.rule, one.message) for one in filed.record.examples}
        for text in filed.record.texts:
            for kind, having in (("sign", seen), ("example", tried)):
                if (text.rule, text.message) not in having:
                    yield _without(filed, text.rule, text.message, kind)


def _without(filed: Filed[Lexicon], rule: str, message: str, kind: str) -> Problem:
    what = f"{rule} `{message}` has no {kind} in `{filed.record.language}`"
    return filed.problem((f"{kind}s",), "unnoticed", what, f"add one, or drop the text of {rule}")


def _hard_safety(draft: Draft) -> Iterator[Problem]:
    for filed in draft.lexicons:
        for at, text in enumerate(filed.record.texts):
            grade = (
                readability.grade(" ".join(text.says)) if filed.record.language == OURS else None
            )
            if grade is not None and grade > HARDEST:
                what = (
                    f"{text.rule} `{text.message}` reads at grade {grade:.1f}, above {HARDEST:.0f}"
                )
                remedy = "shorter sentences, everyday words"
                yield filed.problem(("texts", at), "hard-safety", what, remedy)


def _rule_twice(drafts: Sequence[Draft], _: date) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for draft in drafts:
        for filed in draft.rules:
            id = filed.record.id
            if id in first:
                what = f"rule `{id}` is also at {first[id]}"
                yield filed.problem(("id",), "rule-twice", what, "choose another")
            first.setdefault(id, filed.address(("id",)))


RULE_TWICE = Rule(
    "rule-twice",
    "A safety rule is named by its id alone, over all packs.",
    "other_rule: {id: R1}",
    _rule_twice,
    stops=True,
)
UNSAID = Rule(
    "unsaid",
    "A language that is answered has every emergency text; a rule without words warns nobody.",
    "rule: {messages: [{id: scald, mode: emergency}, {id: burn, mode: stop}]}",
    each(_unsaid),
    stops=True,
)
UNKNOWN_MESSAGE = Rule(
    "unknown-message",
    "Signs, texts and examples belong to a message of a rule.",
    "lexicon: {examples: [{rule: R9, message: scald, fires: [it burnt me]}]}",
    each(_unknown_message),
    stops=True,
)
DANGLING_SAFETY = Rule(
    "dangling-safety",
    "What a safety rule leads to, rests on or withholds is written somewhere.",
    "rule: {messages: [{id: scald, mode: stop, entries: [nowhere]}]}",
    each(_dangling_safety),
    stops=True,
)
WORD_LIST = Rule(
    "word-list",
    "A {name} in a sign is a list of words in the same file.",
    "lexicon: {signs: [{rule: R1, message: scald, all_of: [['{nobody}']]}]}",
    each(_word_lists),
    stops=True,
)
UNNOTICED = Rule(
    "unnoticed",
    "A text that is never shown is no help: each has a sign, and examples that try it.",
    "lexicon: {examples: []}",
    each(_unnoticed),
)
HARD_SAFETY = Rule(
    "hard-safety",
    "A warning is read in a fright: Flesch-Kincaid grade 8 at most.",
    "lexicon: {texts: [{rule: R1, message: scald, title: Help, says: [Notwithstanding considerable "
    "terminological heterogeneity immediate professional intervention remains indispensable.]}]}",
    each(_hard_safety),
)
