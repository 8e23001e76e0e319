"""Texts at which a safety rule plainly speaks, what it says to them, and what a database keeps."""

from sqlalchemy import select

from core.community.store.database import Database
from core.community.store.schema import CountRow, QuestionRow
from core.content.library import Library
from core.content.safety import Lexicon, Text

EMERGENCY = "i suddenly can't feel between my legs and can't pee"
SPANISH = "de repente no siento nada entre las piernas y no puedo orinar"
WOUND = "my back piercing is hot swollen and leaking pus"
PAIN = "my back has hurt at the dimple for months, every night"
YOUNG = [
    "i'm 15, what are the risks of back dimple surgery",
    "im 14 can i get liposuction for dimples",
]


def quoted(text: str, shown: object) -> list[str]:
    """The telling words of a text that stand in what is shown, or in what lies behind it."""
    seen = str(shown).lower()
    return [word for word in text.split() if len(word) > 5 and word in seen]


def lexicon(library: Library, language: str = "en") -> Lexicon:
    """One language's half of the rules."""
    return next(one for one in library.lexicons if one.language == language)


def told(library: Library, rule: str, message: str, language: str = "en") -> Text:
    """What a rule says."""
    texts = lexicon(library, language).texts
    return next(text for text in texts if (text.rule, text.message) == (rule, message))


def adult_labels(library: Library) -> set[str]:
    """What is written on the buttons to all that is withheld from someone under 18."""
    kept = {topic for rule in library.rules.values() if rule.under_18 for topic in rule.withholds}
    entries = library.entries.values()
    closed = {e.label for e in entries if e.audience == "adults" or e.topic in kept}
    return closed | {library.topics[topic].label for topic in kept}


async def kept(database: Database) -> list[tuple[object, ...]]:
    """All that was counted, and every question that was kept."""
    async with database.reading() as session:
        counts = await session.execute(select(CountRow.what, CountRow.entry, CountRow.number))
        questions = await session.execute(select(QuestionRow.text, QuestionRow.day))
        return sorted((tuple(row) for row in (*counts, *questions)), key=str)
