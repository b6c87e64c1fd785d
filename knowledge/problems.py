"""Two problems in one message: cut where each part reports another thing, as plainly as if it stood alone."""

import re
from dataclasses import dataclass
from enum import Enum

import numpy as np

from knowledge.model import Heard
from knowledge.text import Word, clauses, plain
from knowledge.verdict import Ours, Verdict

_ALSO = re.compile(
    r"(?<!\w)(?:bir de|birde|bi de|bide|ayr[ıi]ca|[üu]stelik|hem de|ek olarak|bundan ba[şs]ka|di[ğg]er yandan"
    r"|bunun (?:yan[ıi]nda|d[ıi][şs][ıi]nda)|ikinci(?:si| olarak)|di[ğg]er (?:konu|sorun|mesele)\w*"
    r"|(?<=[\s(])2[.)-])(?!\w)",
    re.IGNORECASE,
)
_AND = re.compile(r"(?<=\s)(?:ve|hem)\s", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?;\n]")
_FINE = re.compile(
    r"\b(?:sorunsuz|sikintisiz|problemsiz|calisiyor?|yerinde|duzgun|normal|saglam|guzel|mukemmel|akiyor?|aciliyor?|acildi"
    r"|acik|takili|yaniyor?|geliyor?|(?:sorun|sikinti|problem|ariza) yok)\b"
)
"""What works is told beside what does not, and is no report."""
_MAX_CUTS = 12
_BESIDE = 2
"""Letters between a clause's beginning and the word that says "also": one cut, not two."""
_BEHIND = -0.2
"""How far both may be behind a third category in the message as a whole."""


class _Cut(Enum):
    """How a second report begins, with share, score and words that each part then needs: the less the words say that
    another thing follows, the plainer must be what follows."""

    also = (0.5, -0.5, 2)
    sentence = (0.9, 0.25, 3)
    comma = (0.97, 0.45, 3)


@dataclass(frozen=True, slots=True)
class TwoProblems:
    """What each part reports, and its words."""

    first: Verdict
    second: Verdict
    parts: tuple[str, str]
    words: tuple[tuple[Word, ...], tuple[Word, ...]]


def two_problems(seen: str, heard: Heard, whole: Verdict, ours: Ours) -> TwoProblems | None:
    """The most telling cut of a visible text; None where no cut leaves two plain reports."""
    starts = [word.start for word in heard.words]
    best: tuple[float, TwoProblems] | None = None
    for cut, kind in sorted(_cuts(seen).items())[:_MAX_CUTS]:
        place = int(np.searchsorted(starts, cut))
        words = heard.words[:place], heard.words[place:]
        if min(sum(not word.plain.isdigit() for word in part) for part in words) < kind.value[2]:
            continue
        first, second = Verdict.of(heard.margins(0, place), ours), Verdict.of(heard.margins(place), ours)
        score = min(first.score, second.score)
        if (best is None or score > best[0]) and _are_two(first, second, whole, kind):
            if kind is not _Cut.also and _FINE.search(plain(seen[:cut])):
                continue
            best = score, TwoProblems(first, second, (seen[:cut].strip(" ,;-\n"), seen[cut:].strip()), words)
    return best[1] if best else None


def _are_two(first: Verdict, second: Verdict, whole: Verdict, kind: _Cut) -> bool:
    share, least, _ = kind.value
    if first.best == second.best or first.not_ours or second.not_ours:
        return False
    if min(first.share, second.share) < share or min(first.score, second.score) < least:
        return False
    third = np.delete(whole.categories, [first.best, second.best]).max(initial=-1.0)
    return float(whole.categories[[first.best, second.best]].min() - third) >= _BEHIND


def _cuts(seen: str) -> dict[int, _Cut]:
    """Where a second report may begin, and how."""
    found = {also.start(): _Cut.also for also in _ALSO.finditer(seen)}
    others = {joined.start(): _Cut.sentence for joined in _AND.finditer(seen)}
    for start, _ in clauses(seen):
        stopped = _SENTENCE.search(seen, max(0, start - 3), start)
        others[start] = _Cut.sentence if stopped else _Cut.comma
    marked = list(found)
    return found | {
        start: kind for start, kind in others.items() if start and all(abs(start - m) > _BESIDE for m in marked)
    }
