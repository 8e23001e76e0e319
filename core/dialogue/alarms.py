"""Safety rules as replies: alone, in front of an answer, or as a door where others look on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from core.content.library import Library
from core.content.safety import Kind, Lexicon, Message, SafetyRule, Text
from core.dialogue.answers import CITED_AT_ONCE, citation, reviewed
from core.dialogue.reply import Choice, Decision, Reply, Turn
from core.dialogue.request import Browse, ShowEntry, ShowMessage
from core.safety.guard import Alarm, Fired

LANGUAGE = "en"


class Alarms:
    """What the rules of a library say."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._lexicons = {x.language: x for x in reversed(library.lexicons)}
        self._texts = {
            (text.rule, text.message, lexicon.language): text
            for lexicon in library.lexicons
            for text in lexicon.texts
        }

    def alone(self, alarm: Alarm, told: Fired) -> Turn:
        """A message in place of any answer: for the person alone, and a door for everyone else."""
        entries = told.message.entries
        rule = alarm.first.rule.id
        decision = Decision("safety", entries[0] if entries else None, rule=rule)
        reply = self._alone(told.rule, told.message, told.language)
        return Turn(reply, self.door(_show(told)), decision)

    def unanswered(self, alarm: Alarm) -> Turn:
        """Where nothing was found: the text of the first rule that may be told, and a line of each other."""
        first, *others = alarm.told
        turn = self.alone(alarm, first)
        paragraphs = (*turn.reply.paragraphs, *self._lines(others))
        return replace(turn, reply=replace(turn.reply, paragraphs=paragraphs))

    def shown(self, show: ShowMessage) -> Reply | None:
        """The message that a button or a link leads to; None if it is gone."""
        rule = self._library.rules.get(show.rule)
        found = [one for one in rule.messages if one.id == show.message] if rule else []
        if rule is None or not found or show.language not in self._lexicons:
            return None
        return self._alone(rule, found[0], show.language)

    def door(self, show: ShowMessage) -> Reply:
        """What everyone around sees: that there is an answer in private, and what can't wait."""
        door = self._lexicons[show.language].door
        return Reply(door.title, (door.says,), choices=(Choice(door.open, show),))

    def beside(self, alarm: Alarm, turn: Turn) -> Turn:
        """An answer with the lines of the rules that hold in front of it.

        They speak of the person (their age, a pregnancy, a pain), so everyone around gets it without,
        and a button that opens the first of them.
        """
        lines = tuple(self._lines(alarm.told))
        decision = replace(turn.decision, rule=alarm.first.rule.id)
        paragraphs = (*lines, *turn.reply.paragraphs)
        reply = replace(turn.reply, paragraphs=paragraphs, private=True)
        doors = [choice for one in alarm.told[:1] for choice in self.door(_show(one)).choices]
        aloud = replace(turn.aloud, choices=(*turn.aloud.choices, *doors))
        return Turn(reply, aloud, decision)

    def _lines(self, fired: Iterable[Fired]) -> Iterator[str]:
        for one in fired:
            text, _ = self._text(one.rule.id, one.message.id, one.language)
            yield text.says[0]

    def _text(self, rule: str, message: str, language: str) -> tuple[Text, Lexicon]:
        """The text in a language, or else in our own, and the lexicon it is from."""
        spoken = language if (rule, message, language) in self._texts else LANGUAGE
        return self._texts[rule, message, spoken], self._lexicons[spoken]

    def _alone(self, rule: SafetyRule, message: Message, language: str) -> Reply:
        text, lexicon = self._text(rule.id, message.id, language)
        paragraphs = (*text.says, *numbers(self._library, message.helplines, lexicon))
        alone = Reply(text.title, paragraphs, private=True)
        if message.mode == "emergency":
            return alone
        if lexicon.language != LANGUAGE:
            unread = (lexicon.unread,) if lexicon.unread else ()
            return replace(alone, evidence=unread)
        return self._with_grounds(alone, rule, message)

    def _with_grounds(self, alone: Reply, rule: SafetyRule, message: Message) -> Reply:
        wording = self._library.wording
        entries = [self._library.entries[id] for id in message.entries]
        codes = dict.fromkeys(c for id in rule.claims for c in self._library.claims[id].sources)
        cited = list(codes)[:CITED_AT_ONCE]
        return replace(
            alone,
            evidence=(reviewed(wording, rule.review),),
            citations=tuple(citation(self._library.sources[code]) for code in cited),
            choices=(
                *(Choice(entry.label, ShowEntry(entry.id)) for entry in entries),
                Choice(wording.buttons.topics, Browse()),
            ),
            notice=wording.notice,
        )


def numbers(library: Library, kinds: Collection[Kind], lexicon: Lexicon) -> Iterator[str]:
    """The numbers of each country in turn, with the day each was last seen."""
    for place, name in lexicon.places.items():
        for one in library.helplines:
            if one.place == place and one.kind in kinds:
                line = lexicon.named_helpline if one.name else lexicon.helpline
                yield line.format(
                    place=name, number=one.number, name=one.name, on=one.checked.isoformat()
                )


def _show(told: Fired) -> ShowMessage:
    return ShowMessage(told.rule.id, told.message.id, told.language)
