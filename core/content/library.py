"""All published content, looked up by id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from core.content.assessment import Assessment, Outcome
from core.content.model import Claim, Entry, Figure, Source, Topic
from core.content.pack import Pack
from core.content.safety import Helpline, Lexicon, SafetyRule
from core.content.wording import Wording


@dataclass(frozen=True)
class Library:
    """The packs of an operator and our own wording, indexed for the dialogue."""

    packs: tuple[Pack, ...]
    wording: Wording
    entries: Mapping[str, Entry]
    claims: Mapping[str, Claim]
    sources: Mapping[str, Source]
    topics: Mapping[str, Topic]
    figures: Mapping[str, Figure]
    pack_of: Mapping[str, Pack]
    assessments: Mapping[str, Assessment]
    rules: Mapping[str, SafetyRule]
    lexicons: tuple[Lexicon, ...]
    helplines: tuple[Helpline, ...]
    # What a community's moderators add to reviewed answers.
    notes: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls, packs: Iterable[Pack], wording: Wording, helplines: Iterable[Helpline] = ()
    ) -> Library:
        """Index packs whose ids the reader has found to be unique."""
        packs = tuple(packs)
        return cls(
            packs=packs,
            wording=wording,
            entries={e.id: e for p in packs for e in p.entries},
            claims={c.id: c for p in packs for c in p.claims},
            sources={s.id: s for p in packs for s in p.sources},
            topics={t.id: t for p in packs for t in p.card.topics},
            figures={f.id: f for p in packs for f in p.card.figures},
            pack_of={e.id: p for p in packs for e in p.entries},
            assessments={a.id: a for p in packs for a in p.assessments},
            rules={r.id: r for p in packs for r in p.rules},
            lexicons=tuple(x for p in packs for x in p.lexicons),
            helplines=tuple(helplines),
        )

    @property
    def covers(self) -> str:
        """What all packs together are about, in a sentence or a few."""
        return " ".join(pack.card.covers for pack in self.packs)

    @property
    def not_covered(self) -> str:
        """What lies close to the packs and is not in them."""
        return " ".join(pack.card.not_covered for pack in self.packs)

    def shelf(self, topic: str) -> tuple[Entry, ...]:
        """The entries of a topic, in the order their authors wrote them."""
        return tuple(entry for entry in self.entries.values() if entry.topic == topic)

    def sources_of(self, told: Entry | Outcome) -> tuple[Source, ...]:
        """The works that the claims of `told` cite, most important first, each once."""
        codes = dict.fromkeys(code for id in told.claims for code in self.claims[id].sources)
        return tuple(self.sources[code] for code in codes)
