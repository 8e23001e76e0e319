"""What the bot would say to a text, for moderators, who may judge it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from core.community.own.settings import CommunitySettings
from core.community.protocol.command import Try
from core.community.protocol.curation import Judge
from core.community.protocol.outcome import Outcome
from core.community.protocol.permissions import Facts, may
from core.community.screens.boards import Boards
from core.community.serving.answering import Answering
from core.community.serving.engines import Built
from core.community.store import records, verdicts
from core.community.store.database import Database
from core.dialogue.place import Place
from core.dialogue.reply import Decision, Reply
from core.dialogue.request import Ask

NOBODY = "nobody00"


class Trials(Boards):
    """The screen of a question that was tried."""

    def tried(
        self,
        decision: Decision,
        questions: Mapping[str, str],
        rules: Mapping[str, str],
        judged: tuple[Judge, Judge] | None = None,
    ) -> Reply:
        """What was decided about a question, and what else was near; both name ids in words."""
        said = self._said
        lines = [
            said.candidate.format(
                question=questions.get(one.entry, one.entry),
                score=f"{one.score:.0%}",
                nearest=one.ask,
            )
            for one in decision.candidates
        ]
        rule = decision.rule and said.rule.format(said=rules.get(decision.rule, decision.rule))
        paragraphs = (said.decided[decision.kind], *([rule] if rule else []), "\n".join(lines))
        words = self._wording.curating.buttons
        labels = (words.first_right, words.first_wrong)
        judging = map(self._choice, labels, judged or ())
        told = self._screen(said.screens.tried, *judging, self._list)
        return replace(told, paragraphs=(*told.paragraphs, *(one for one in paragraphs if one)))


class Trying:
    """Asks a community's engine on trial; an engine may have to be built, so no transaction waits."""

    def __init__(
        self, database: Database, answering: Answering, base: Built, clock: Callable[[], datetime]
    ) -> None:
        self._database, self._answering = database, answering
        self._base, self._clock = base, clock

    async def tried(self, command: Try, place: Place, facts: Facts) -> Outcome:
        """What would be said, and the buttons to judge it; of the text nothing is kept."""
        async with self._database.reading() as session:
            community = await records.community_at(session, place)
            tag = community.tag if community else NOBODY
            chosen = CommunitySettings.model_validate(community.settings if community else {})
        boards = Trials(self._base.engine.library.wording, tag)
        if not may(facts, chosen, command):
            return Outcome(boards.refused())
        built = await self._answering.at(Ask(command.text), place) or self._base
        library = built.engine.library
        decision = built.engine.reply(Ask(command.text)).decision
        questions = {entry.id: entry.question for entry in library.entries.values()}
        rules = {rule.id: rule.name for rule in library.rules.values()}
        judged = await self._judged(command.text, decision, built, place)
        return Outcome(boards.tried(decision, questions, rules, judged))

    async def _judged(
        self, text: str, decision: Decision, built: Built, place: Place
    ) -> tuple[Judge, Judge] | None:
        """The two verdicts on what the matcher made of a text; none where a rule spoke."""
        if decision.rule or decision.kind not in ("answer", "clarify", "none"):
            return None
        match = built.matcher.match(text)
        async with self._database.writing() as session:
            community = await records.community_at(session, place)
            if community is None:
                return None
            library, now = built.engine.library, self._clock()
            number = await verdicts.waiting(session, community, match, library, now)
        return (Judge(number, 1), Judge(number, 0)) if number else None
