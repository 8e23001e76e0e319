"""Whether a text implies that it is about someone under 18."""

from __future__ import annotations

import re
import unicodedata

_TEENS = "(?:1[0-7]|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)"
_YEARS = f"(?:{_TEENS}|[5-9])"
# What makes a number something other than an age.
_NOT_YEARS = (
    r"(?!\s*(?:%|percent|kgs?|kilos?|lbs?|pounds?|stone|w(?:ee)?ks?|mos?\b|months?|days?|hours?"
    r"|min(?:ute)?s?|foot|feet|ft|cm|mm|inch(?:es)?|reps?|sets?|squats?|times|people|years\s+ago|to\s+\d"
    r"|[-–/.,'’+]\d))"
)
# "at 9 pm", but not "at 15 pm me" or "at 15 am i too young".
_NO_HOUR = r"(?!\s*(?:p\.?m\b(?!\s+me\b)|a\.?m\b(?!\s+i\b)))"
_PARENT = "(?:mum|mom|mam|mummy|mommy|dad|daddy|parents?|mother|father)"

_SOMEBODY = (
    "(?:son|daughter|boy|girls?|lad|lass|niece|nephew|cousin|brother|bro|sister|sis|kid|child|twins"
    "|friend|mate)"
)

# Safe rather than clever: a false alarm shows the entry for young people, a miss shows procedures.
_AGES = [
    # "I'm only 15", "im like 15", "im15", "she is 16", "turning 17"
    (
        r"\b(?:i\s*am|im|i['’]m|she\s+is|he\s+is|(?:daughter|son|sister|brother|friend|kid|child)\s+is"
        r"|they\s+are|was|turn(?:ed|ing)?|just|aged?|he['’]?s|she['’]?s|they['’]?re)"
        r"\s*(?:(?:only|just|almost|nearly|turning|about|like|still)\s+)*"
        rf"{_YEARS}\b{_NOT_YEARS}"
    ),
    # "my lad is 14", "son, 16", "a girl of 15", "my friend are both 12"
    (
        rf"\b(?:grand|step|god)?{_SOMEBODY}(?:['’]s)?\s*[,(]?\s*(?:(?:is|are|who['’]?s?|of|both|like)\s+)*"
        rf"{_TEENS}\b{_NOT_YEARS}(?!\s+(?:of|years?(?!\s+old\b)|yrs)\b)"
    ),
    # "i have 14 years", as many languages say it
    rf"\b(?:have|has)\s+{_TEENS}\s+years?\b(?!\s+(?:of|experience|left|together|here|in)\b)",
    # "im 16yrs", "15 yo", "sixteen year old", "16-year-old", "sixteen years of age"
    (
        rf"(?:\b{_YEARS}\s*-?\s*(?:y\s*/?\s*o|(?:yrs?|years?)[\s-]*olds?|years\s+of\s+age)"
        # "for 10 yrs" is how long, "10 yrs" may be an age.
        rf"|(?<!\bfor )(?<!\bover )(?<!\blast )(?<!\bpast )\b{_YEARS}\s*-?\s*yrs?)\b"
        r"(?!\s+(?:ago|after|together|experience|later|since)\b)"
    ),
    # "15f", "m16", "15 male", "14 here"
    r"(?<![-−])\b1[0-7]\s?(?:f|m(?<!\bthe \d\dm)|male|female|girl|boy|guy|here)\b",
    rf"(?<!['’])\b[fm]\s?1[0-7]\b{_NOT_YEARS}",
    # "at 15", as an age at which something may be done
    (
        r"\b(?:get|have|do|allowed|legal|done|possible|op|surgery|it)\b"
        rf"[^.?!]{{0,30}}\bat\s+{_YEARS}\b{_NOT_YEARS}{_NO_HOUR}"
    ),
    r"\b(?:under|below|younger\s+than|not(?:\s+yet)?|almost|nearly|turn(?:ing)?)\s*-?\s*(?:18|eighteen)\b",
    r"\b(?:a|am|are|im|i['’]m|can|for|still|as)\s+(?:a\s+)?minors?\b(?!\s+(?:\w+\s+)?(?:surgery|op|side|risk|thing))",
]
# What is also said of old films and of long ago.
_HINTS = [
    r"\bunder\s*-?\s*aged?\b|\b(?:pre-?teens?|teen(?:s|aged?|agers?)?|tweens?)\b",
    r"\b(?:middle|junior\s+high|high|secondary|primary|elementary)\s*-?\s*school(?:er|ers)?\b",
    r"\b(?:[6-9]|1[0-2])th\s*-?\s*grade(?:r|rs)?\b|\bgrade\s+(?:[6-9]|1[0-2])\b|\byear\s+(?:[7-9]|1[0-3])\b(?!\s+of)",
    r"\b(?:sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)\s*-?\s*grade(?:r|rs)?\b",
    (
        rf"\bmy\s+{_PARENT}\s+(?:says?|said|wo\s?n['’]?t|would\s?n['’]?t|does\s?n['’]?t|do\s?n['’]?t"
        r"|will\s+not|has\s+to|have\s+to|must|let|lets)\b"
    ),
]
# What makes keys of digits: 1️⃣5️⃣.
_KEYCAPS = re.compile("[\ufe0f\u20e3]")
_AGE, _HINT = (
    re.compile("|".join(f"(?:{one})" for one in s), re.IGNORECASE) for s in (_AGES, _HINTS)
)
_ADULT_AGE = r"(?:1[89]|[2-6]\d|twenty|thirty|forty|fifty)"
# A grown-up may speak of the past: "when i was 15 they showed up, now im 33".
_GROWN = re.compile(
    rf"\b(?:i\s*am|im|i['’]m|now|turned|aged?)\s+(?:now\s+)?{_ADULT_AGE}\b{_NOT_YEARS}"
    rf"|\b{_ADULT_AGE}\s?(?:f|m|yo|years?\s+old|now|today)\b|\b[fm]{_ADULT_AGE}\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    rf"\b(?:when|since|as|until|till)\s+(?:i\s+was\s+)?(?:a\s+|an?\s+|about\s+|around\s+)?"
    rf"(?:{_YEARS}|teen\w*|(?:high|middle|primary)\s*school|minor)\b"
    r"|\b(?:in\s+my\s+(?:(?:early|mid|late)\s+)?teens|my\s+teen(?:age)?\s+years)\b"
    rf"|\b(?:got|had|noticed|have\s+had)\s+(?:them|it|mine)\s+(?:at|since)\s+(?:{_YEARS}|high\s*school)\b"
    r"|\bnot\s+a\s+(?:minor|teen\w*|kid)\b",
    re.IGNORECASE,
)

# "explain it like i'm 5", what is said not to be so, music, the age of things, and a teacher's place of work.
_NOT_SO = re.compile(
    r"\blike\s+(?:i['’]?m|i\s+am)\s+(?:5|five)\b"
    r"|\bnot\s+(?:even\s+|really\s+)?(?:under|below|younger\s+than)\s*-?\s*(?:18|eighteen)\b"
    r"|\ba\s+minor\b(?=[^.?!]{0,30}\b(?:chords?|scales?|key|songs?)\b)"
    r"|\b(?:(?:piercings?|tattoos?|tats?|ink|stamp|scars?|dogs?|cats?|cars?|phone|laptop|bike|house|flat|sofa"
    r"|mattress|jeans|shoes)(?:\s+(?:there|here|of\s+mine|on\s+(?:my|the)\s+(?:lower\s+)?\w+))?"
    r"(?:\s+(?:is|are|was|now|about|almost|over|for))+|healed|(?:whisk(?:e)?y|wine)\s*,?(?:\s+is)?)"
    rf"\s+{_YEARS}\s+(?:years?|yrs?)(?:\s+old)?\b"
    r"|\b(?:teach|work)(?:es|s|ing)?\s+(?:(?:at|in)\s+)?(?:an?\s+|the\s+|our\s+)?"
    r"(?:middle|junior\s+high|high|secondary|primary|elementary)\s*-?\s*school\b",
    re.IGNORECASE,
)


def implies_minor(text: str) -> bool:
    """Whether `text` says or suggests that the person asking or asked about is under 18."""
    said = _of_today(text)
    return bool(_AGE.search(said) or _HINT.search(said))


def gives_minor_age(text: str) -> bool:
    """Whether `text` says so with an age, and not by a word like "school" alone."""
    return _AGE.search(_of_today(text)) is not None


def _of_today(text: str) -> str:
    said = _NOT_SO.sub(" ", unicodedata.normalize("NFKC", _KEYCAPS.sub("", text)))
    return _PAST.sub(" ", said) if _GROWN.search(said) else said
