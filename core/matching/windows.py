"""Long texts in pieces that the encoder can read whole."""

from __future__ import annotations

# About 128 tokens, in words where there are spaces and in characters where there are none.
WORDS, SHARED, CHARACTERS = 70, 20, 400
MOST = 8


def windows(text: str) -> list[str]:
    """`text` in at most MOST overlapping pieces, spread over all of it; a short one is one piece."""
    words = [part for word in text.split() for part in _cut(word)]
    if len(words) <= WORDS and len(text) <= CHARACTERS * 2:
        return [text]
    starts = range(0, max(1, len(words) - SHARED), WORDS - SHARED)
    pieces = [" ".join(words[at : at + WORDS])[: CHARACTERS * 2] for at in starts]
    return _spread(pieces)


def _cut(word: str) -> list[str]:
    """A run without spaces, such as a Japanese sentence, cut to what is surely read."""
    return [word[at : at + CHARACTERS // 4] for at in range(0, len(word), CHARACTERS // 4)]


def _spread(pieces: list[str]) -> list[str]:
    if len(pieces) <= MOST:
        return pieces
    return [pieces[at * (len(pieces) - 1) // (MOST - 1)] for at in range(MOST)]
