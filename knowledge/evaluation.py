"""How well messages are read: labelled ones against what the desk would do with them."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from knowledge.corpus import NOT_OURS, Example
from knowledge.matcher import Knowledge
from knowledge.reading import Decision


@dataclass(frozen=True, slots=True)
class Confusion:
    """`count` messages of `wanted` were read as `read` (a category, or `kapsam-disi` where refused)."""

    wanted: str
    read: str
    count: int
    example: str


@dataclass(frozen=True, slots=True)
class Score:
    """One category: how many messages, how many with it first, how many among the first three."""

    category: str
    messages: int
    first: int
    among_three: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Shares from 0 to 1, None where no message could show it.

    top1, top3, unit: of our messages, those with their category first or among the first three, and those sent to their
    unit; one that was refused is wrong in all three.
    refused_rightly: of those not ours; refused_wrongly: of ours. suggested: of ours.
    suggested_right: of all that were suggested; asked_right: of ours that were asked, with theirs among three.
    """

    messages: int
    ours: int
    top1: float | None
    top3: float | None
    unit: float | None
    refused_rightly: float | None
    refused_wrongly: float | None
    suggested: float | None
    suggested_right: float | None
    asked_right: float | None
    categories: tuple[Score, ...]
    confusions: tuple[Confusion, ...]


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def evaluate(
    knowledge: Knowledge, examples: Sequence[Example], progress: Callable[[int], None] | None = None
) -> Evaluation:
    """Read every message and compare. `progress` is told how many are done."""
    catalogue = knowledge.catalogue.categories
    counts: Counter[str] = Counter()
    by_category: dict[str, list[int]] = {}
    confused: Counter[tuple[str, str]] = Counter()
    shown: dict[tuple[str, str], str] = {}
    for done, example in enumerate(examples, start=1):
        reading = knowledge.read(example.text)
        refused = reading.decision is Decision.reject
        ranked = [candidate.category for candidate in reading.candidates]
        first = ranked[0] if ranked else None
        suggested = reading.decision is Decision.suggest
        counts["suggested"] += suggested
        counts["suggested_right"] += suggested and first == example.label
        if example.label == NOT_OURS:
            counts["elsewhere"] += 1
            counts["refused_rightly"] += refused
            read_as = None if refused else first or reading.unit
        else:
            is_first = not refused and first == example.label
            in_three = not refused and example.label in ranked[:3]
            counts["ours"] += 1
            counts["top1"] += is_first
            counts["top3"] += in_three
            counts["unit"] += not refused and reading.unit == catalogue[example.label].unit
            counts["refused_wrongly"] += refused
            counts["suggested_ours"] += suggested
            counts["asked"] += reading.decision is Decision.ask
            counts["asked_right"] += reading.decision is Decision.ask and in_three
            row = by_category.setdefault(example.label, [0, 0, 0])
            row[0] += 1
            row[1] += is_first
            row[2] += in_three
            read_as = NOT_OURS if refused else (first if first != example.label else None)
        if read_as is not None:
            confused[example.label, read_as] += 1
            shown.setdefault((example.label, read_as), example.text)
        if progress is not None:
            progress(done)
    ours = counts["ours"]
    worst = sorted(confused.items(), key=lambda item: (-item[1], item[0]))
    return Evaluation(
        messages=len(examples),
        ours=ours,
        top1=_share(counts["top1"], ours),
        top3=_share(counts["top3"], ours),
        unit=_share(counts["unit"], ours),
        refused_rightly=_share(counts["refused_rightly"], counts["elsewhere"]),
        refused_wrongly=_share(counts["refused_wrongly"], ours),
        suggested=_share(counts["suggested_ours"], ours),
        suggested_right=_share(counts["suggested_right"], counts["suggested"]),
        asked_right=_share(counts["asked_right"], counts["asked"]),
        categories=tuple(Score(c, *by_category[c]) for c in sorted(by_category)),
        confusions=tuple(Confusion(w, r, n, shown[w, r]) for (w, r), n in worst),
    )
