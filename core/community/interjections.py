"""What is said unasked: an offer, an answer, a neutral line, or word for the moderators."""

from __future__ import annotations

from dataclasses import replace

from core.community.protocol.outcome import Logged
from core.community.protocol.overheard import Interjection
from core.content.library import Library
from core.content.speaking import Mode
from core.dialogue.reply import Choice, Citation, Reply, Turn
from core.dialogue.request import Dismiss, Quiet, ShowEntry


def subject(turn: Turn, library: Library, mode: Mode) -> str | None:
    """The entry that may be spoken of where everybody reads it, or the rule of an emergency.

    None: rather nothing is said. What is for one person's eyes, or has to do with a safety rule other
    than an emergency, is nobody's business here.
    """
    decision = turn.decision
    if decision.kind == "safety":
        rule = library.rules.get(decision.rule or "")
        return decision.rule if rule and rule.urgent and mode != Mode.SUGGEST else None
    if decision.rule or turn.reply.private:
        return None
    if decision.kind == "clarify" and mode == Mode.SUGGEST:
        return _open(library, decision.candidates[0].entry)
    return decision.entry if decision.kind == "answer" else None


def _open(library: Library, id: str) -> str | None:
    entry = library.entries[id]
    return id if entry.audience == "anyone" and entry.sensitivity != "private" else None


class Interjections:
    """The replies to one message, whose writer goes by the code `asked`."""

    def __init__(self, library: Library, asked: str) -> None:
        self._library, self._said = library, library.wording.speaking
        self._ends = (
            Choice(self._said.dismiss, Dismiss(asked)),
            Choice(self._said.quiet, Quiet()),
        )

    def urgent(self, turn: Turn) -> Interjection:
        """The neutral line, which quotes nothing."""
        aloud = turn.aloud
        shown = replace(aloud, choices=(*aloud.choices, self._ends[0]))
        return Interjection(shown, urgent=True)

    def offer(self, entry: str) -> Interjection:
        """One line; the answer is read in private."""
        said = self._said.offer
        text = said.text.format(said=self._library.entries[entry].question)
        read = Choice(self._said.read, ShowEntry(entry))
        return Interjection(Reply(said.title, (text,), choices=(read, *self._ends)))

    def answer(self, turn: Turn, entry: str) -> Interjection:
        """The answer, and why it is given."""
        question = self._library.entries[entry].question
        because = self._said.because.format(said=question)
        aloud = turn.aloud
        paragraphs, choices = (because, *aloud.paragraphs), (*aloud.choices, *self._ends)
        return Interjection(replace(aloud, paragraphs=paragraphs, choices=choices))

    def suggestion(self, entry: str, channel: str, link: str | None) -> Interjection:
        """Word for the moderators: the reviewed question, and where to look; never what was written."""
        said = self._said.suggested
        text = said.text.format(said=self._library.entries[entry].question)
        where = (Citation("→", self._said.message, link),) if link else ()
        read = Choice(self._said.read, ShowEntry(entry))
        reply = Reply(said.title, (text,), citations=where, choices=(read,))
        return Interjection(logged=Logged(channel, reply))
