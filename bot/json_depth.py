"""JSON from outside that is nested so deeply that reading or writing it would overflow the stack, told before that."""

from __future__ import annotations

import re

DEEPEST = 100
"""No platform comes near; Python gives up somewhere below a thousand, sooner the deeper it stands itself."""
_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"?', re.DOTALL)
_STEP = {"[": 1, "{": 1, "]": -1, "}": -1}


def is_deep(text: str, deepest: int = DEEPEST) -> bool:
    """Also of what is no JSON; in time that grows with its length only."""
    depth = 0
    for letter in re.sub(r"[^\[\]{}]+", "", _STRING.sub("", text)):
        depth += _STEP[letter]
        if depth > deepest:
            return True
    return False
