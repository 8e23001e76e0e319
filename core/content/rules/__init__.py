"""The rules that content keeps beyond its shape, each a page one can read."""

from __future__ import annotations

from core.content.rules.asks import CONTRADICTION, FEW_ASKS, SHARED_ASK
from core.content.rules.assessments import (
    ASTRAY,
    FORCED,
    HARD_CHECK,
    OPEN_TABLE,
    OVERCONFIDENT,
    SAID_TWICE,
    UNPLAIN,
)
from core.content.rules.evidence import (
    GRADED_UP,
    OVERGRADED,
    STUBBORN,
    UNFOUNDED,
    UNREAD,
    UNSOURCED,
    UNTOLD,
)
from core.content.rules.references import DANGLING, DUPLICATE, ITSELF, NO_PICTURE, UNUSED
from core.content.rules.reviews import OVERDUE, REVIEW
from core.content.rules.rule import Rule
from core.content.rules.safety import (
    DANGLING_SAFETY,
    HARD_SAFETY,
    RULE_TWICE,
    UNKNOWN_MESSAGE,
    UNNOTICED,
    UNSAID,
    WORD_LIST,
)
from core.content.rules.shelves import MINORS, TOPIC_SIZE
from core.content.rules.texts import BANNED, HARD, MARKUP, OWNERLESS

RULES: tuple[Rule, ...] = (
    DUPLICATE,
    DANGLING,
    UNUSED,
    ITSELF,
    NO_PICTURE,
    UNTOLD,
    UNSOURCED,
    UNFOUNDED,
    GRADED_UP,
    OVERGRADED,
    UNREAD,
    STUBBORN,
    FEW_ASKS,
    SHARED_ASK,
    CONTRADICTION,
    MARKUP,
    BANNED,
    HARD,
    OWNERLESS,
    OVERDUE,
    REVIEW,
    TOPIC_SIZE,
    MINORS,
    ASTRAY,
    SAID_TWICE,
    OPEN_TABLE,
    FORCED,
    OVERCONFIDENT,
    UNPLAIN,
    HARD_CHECK,
    RULE_TWICE,
    UNSAID,
    UNKNOWN_MESSAGE,
    DANGLING_SAFETY,
    WORD_LIST,
    UNNOTICED,
    HARD_SAFETY,
)
