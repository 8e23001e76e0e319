"""Which edition of a check a button belongs to."""

from __future__ import annotations

import base64
import hashlib
import json

from core.content.assessment import Assessment

BYTES = 3  # four characters of a token


def edition(assessment: Assessment) -> str:
    """Four characters over all that gives an answer its meaning: what was asked, and what follows.

    A comma put right in an outcome breaks no button; a word changed in a question does, because
    nobody has answered the new one.
    """
    asked = [question.model_dump(exclude={"why"}) for question in assessment.questions]
    table = [row.model_dump() for row in assessment.table]
    ends = [outcome.id for outcome in assessment.outcomes if outcome.at_once]
    content = json.dumps([asked, table, ends], sort_keys=True).encode()
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()[:BYTES]).decode()
