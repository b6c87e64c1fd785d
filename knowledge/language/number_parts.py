"""Serial and inventory numbers are found by any part of them: "4C82" finds "PF4C8271X".

What is looked up finds words by how they begin, so the rest of such a word from each of its letters on is indexed
beside it, behind a sign that nobody types: words without a figure find nothing more than before.
"""

from __future__ import annotations

import re

SHORTEST = 3
"""Letters of a part."""
LONGEST = 40
"""Letters of a number; what is longer is none, and would have as many ends again."""
SIGN = "ʘ"
"""A letter to both databases."""
_TERM = re.compile(r"[^\W_]+")
_FIGURE = re.compile(r"\d")


def is_part(term: str) -> bool:
    """Whether it is looked for within words, too."""
    return len(term) >= SHORTEST and _FIGURE.search(term) is not None


def ends(folded: str) -> str:
    """Of all the numbers in a folded text, as they are indexed beside it."""
    return " ".join(
        SIGN + word[place:]
        for word in _TERM.findall(folded)
        if SHORTEST < len(word) <= LONGEST
        for place in range(1, len(word) - SHORTEST + 1)
        if is_part(word[place:])
    )
