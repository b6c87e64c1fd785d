"""What a message is about, where it first tells at length what works: "wifi çekiyor, tablet de iyi, yalnız …".

What is fine names devices as plainly as a fault does. Where what is left without it speaks plainly, that is the matter.
"""

import re
from collections.abc import Sequence

from knowledge.text import Word, clauses, plain

_FINE = re.compile(
    r"\b(?:sorunsuz\w*|sikintisiz\w*|problemsiz\w*|calisiyor?(?:du)?|yerinde\w*|duzgun\w*|saglam|guzel(?:di)?|mukemmel"
    r"|harika|super|(?:gayet |cok )?iyi(?:ydi)?|eksiksiz|ucuyor?|jet gibi|takir takir|tuttu|piril piril|memnun\w*)\b"
)
_NOTHING_WRONG = re.compile(
    r"\b(?:sorun|ariza|sikinti|problem|laf|sikayet|dert|diyeceg)\w*+(?: \w++){0,2} (?:yok|degil)\b"
)
_WRONG = re.compile(
    r"\b(?:\w+?m[iu]yor?\w*|\w+?m[ae](?:di|z)\w*|degil|yok|bozu[kl]\w*|hata\w*|kop\w*|don(?:du|uyor)\w*|kayb\w*"
    r"|kir(?:il|ik)\w*|lazim|isti\w*|gerek\w*|rica|talep|m[iu]|nasil|ama|olsa|olur)\b"
)
"""What is no praise: a fault, a wish, a question."""


def beyond_what_works(seen: str, told: Sequence[Word]) -> list[Word] | None:
    """The words of a visible text outside the clauses that say that something is fine; None where none says so, or
    nothing else is said. `told`: those that may tell its subject."""
    spans = list(clauses(seen))
    fine = [_is_fine(plain(seen[begin:end])) for begin, end in spans]
    if not any(fine):
        return None
    others = [span for span, works in zip(spans, fine, strict=True) if not works]
    left = [word for word in told if any(begin <= word.start < end for begin, end in others)]
    return left or None


def _is_fine(said: str) -> bool:
    praise = _NOTHING_WRONG.sub(" ", said)
    return (praise != said or _FINE.search(said) is not None) and _WRONG.search(praise) is None
