"""Whether a text implies that it is about someone under 18."""

from __future__ import annotations

import re

_YEARS = "(?:1[0-7]|[5-9]|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)"
# What makes a number something other than an age.
_NOT_YEARS = (
    r"(?!\s*(?:%|percent|kgs?|kilos?|lbs?|pounds?|stone|weeks?|months?|days?|hours?|min(?:ute)?s?"
    r"|cm|mm|inch(?:es)?|reps?|sets?|times|people|years\s+ago|to\s+\d|[-–/.,'’]\d))"
)

# Safe rather than clever: a false alarm shows the entry for young people, a miss shows procedures.
_SIGNS = [
    # "I'm only 15", "she is 16", "turning 17"
    (
        r"\b(?:i\s*am|im|i['’]m|is|are|was|turn(?:ed|ing)?|only|just|aged?|he['’]?s|she['’]?s|they['’]?re)"
        rf"\s+(?:only\s+|just\s+|almost\s+|nearly\s+|turning\s+|about\s+)*{_YEARS}\b{_NOT_YEARS}"
    ),
    # "15 yo", "sixteen year old", "16-year-old"
    rf"\b{_YEARS}\s*-?\s*(?:y\s*/?\s*o|yrs?[\s-]*old|years?[\s-]*olds?)\b",
    # "15f", "m16"
    r"\b1[0-7]\s?[fm]\b",
    r"\b[fm]\s?1[0-7]\b(?!\s*%)",
    r"\b(?:under\s*-?\s*(?:18|age[d]?)|minors?|pre-?teens?|teen(?:s|aged?|agers?)?|tweens?)\b",
    r"\bnot\s+(?:yet\s+)?(?:18|eighteen)\b",
    r"\b(?:middle|junior\s+high|high|secondary|primary|elementary)\s*-?\s*school\b",
    r"\b(?:[6-9]|1[0-2])th\s+grade\b|\bgrade\s+(?:[6-9]|1[0-2])\b|\byear\s+(?:[7-9]|1[0-3])\b",
    (
        r"\bmy\s+(?:mum|mom|mam|mummy|mommy|dad|daddy|parents?|mother|father)\s+(?:says?|said|won['’]?t"
        r"|does\s?n['’]?t|do\s?n['’]?t|will|has\s+to|have\s+to|must|let|lets)\b"
    ),
]
_SIGN = re.compile("|".join(f"(?:{sign})" for sign in _SIGNS), re.IGNORECASE)


def implies_minor(text: str) -> bool:
    """Whether `text` says or suggests that the person asking or asked about is under 18."""
    return _SIGN.search(text) is not None
