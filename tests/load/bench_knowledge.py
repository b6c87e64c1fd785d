"""How well and how fast messages are read and phrases found, beside what one would otherwise take. Asserts nothing.

`python -m tests.load.bench_knowledge [SIZE …]`; sizes are numbers of phrases, 1,000, 10,000 and 100,000 unless told.
"""

import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

import bm25s
from rapidfuzz import fuzz, process

from knowledge import Knowledge
from knowledge.corpus import NOT_OURS, Example
from knowledge.evaluation import evaluate
from knowledge.features import features
from knowledge.matcher import read_bundle
from knowledge.noise import mistyped
from knowledge.phrases import index_phrases
from knowledge.text import plain
from tests.knowledge.sets import labelled, wrapped
from tests.knowledge.wrappings import WRAPPINGS
from tests.load.figures import Sheet
from tests.load.linear_svc import LinearSvcBaseline

SIZES = (1_000, 10_000, 100_000)
QUERIES = 200
BEST = 5


def made_up(count: int, chance: random.Random) -> list[str]:
    """Distinct phrases: the shipped sentences first, then one's beginning with another's end and a place."""
    known = [example.text for example in read_bundle().examples]
    chance.shuffle(known)
    phrases = dict.fromkeys(known)
    places = ("mali hizmetler", "fen işleri", "zabıta", "imar", "nikâh salonu", "vezne", "kütüphane", "garaj")
    while len(phrases) < count:
        one, other = chance.choice(known).split(), chance.choice(known).split()
        begun, ended = one[: max(2, len(one) // 2)], other[len(other) // 2 :]
        phrases[" ".join([*begun, *ended, chance.choice(places), f"oda {chance.randrange(100, 999)}"])] = None
    return list(phrases)[:count]


def timed(search: Callable[[str], Sequence[int]], queries: Sequence[tuple[str, int]]) -> tuple[float, float]:
    """Median milliseconds a query, and the share of queries whose phrase is among the best five."""
    took, found = [], 0
    for text, wanted in queries:
        begun = time.perf_counter()
        best = search(text)
        took.append((time.perf_counter() - begun) * 1e3)
        found += wanted in best
    return statistics.median(took), found / len(queries)


def grams(text: str) -> list[str]:
    return [text[i : i + 3] for i in range(max(1, len(text) - 2))]


def retrieval(sizes: Sequence[int]) -> None:
    sheet = Sheet(
        bench="bench_knowledge",
        name="phrases",
        title="Finding the nearest phrase",
        columns=("phrases", "ours ms", "found", "token_set_ratio ms", "found", "bm25s trigrams ms", "found"),
        note="Found: among the best five, for a noised copy of a phrase.",
    )
    for size in sizes:
        chance = random.Random(size)
        phrases = made_up(size, chance)
        chosen = chance.sample(range(size), QUERIES)
        queries = [(mistyped(phrases[place], chance), place) for place in chosen]
        index = index_phrases(phrases)
        folded = [plain(phrase) for phrase in phrases]
        ranker = bm25s.BM25()
        ranker.index([grams(phrase) for phrase in folded], show_progress=False)

        def ours(text: str, index=index) -> list[int]:  # type: ignore[no-untyped-def]
            return [place for place, _ in index.nearest(features(text), BEST)]

        def token_set(text: str, folded=folded) -> list[int]:  # type: ignore[no-untyped-def]
            return [hit[2] for hit in process.extract(plain(text), folded, scorer=fuzz.token_set_ratio, limit=BEST)]

        def bm25(text: str, ranker=ranker) -> list[int]:  # type: ignore[no-untyped-def]
            return [int(p) for p in ranker.retrieve([grams(plain(text))], k=BEST, show_progress=False)[0][0]]

        few = queries if size <= 10_000 else queries[:20]
        for search in (ours, bm25):
            timed(search, queries[:20])
        own, own_recall = timed(ours, queries)
        fuzzy, fuzzy_recall = timed(token_set, few)
        bm, bm_recall = timed(bm25, queries)
        sheet.add(size, own, own_recall, fuzzy, fuzzy_recall, bm, bm_recall)
    sheet.publish()


def reading() -> None:
    begun = time.perf_counter()
    knowledge = Knowledge.load()
    loaded = time.perf_counter() - begun
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    chance = random.Random(1)
    messages = [mistyped(example.text, chance) for example in chance.sample(list(read_bundle().examples), 1_000)]
    took = []
    for message in messages:
        begun = time.perf_counter()
        knowledge.read(message)
        took.append((time.perf_counter() - begun) * 1e3)
    took.sort()
    sheet = Sheet(bench="bench_knowledge", name="reading", title="Reading messages", columns=("", ""))
    sheet.add("loading, s", loaded)
    sheet.add("memory of the process, MB", used)
    sheet.add(f"a message, median of {len(took):,}, ms", took[len(took) // 2])
    sheet.add("… p99, ms", took[len(took) * 99 // 100])
    long = (" ".join(messages))[:4096], "a" * 4096, "z̷̢a̴" * 820, "1 " * 2048, "ama " * 1024, "_a" * 2048
    for text in long:
        begun = time.perf_counter()
        knowledge.read(text)
        sheet.add(f"{len(text):,} characters like {text[:12]!r}, ms", (time.perf_counter() - begun) * 1e3)
    lines = "\n".join(message.replace("\n", " ") for message in messages)
    begun = time.perf_counter()
    command = [sys.executable, "-m", "bot", "kb", "match", "--json"]
    subprocess.run(command, input=lines.encode(), stdout=subprocess.DEVNULL, check=True)
    sheet.add("`masa kb match`, 1,000 lines with its start, s", time.perf_counter() - begun)
    sheet.publish()


def accuracy() -> None:
    """The desk beside the baseline, on messages that neither was trained on."""
    knowledge = Knowledge.load()
    baseline = LinearSvcBaseline(read_bundle().examples, list(knowledge.catalogue.categories))
    sheet = Sheet(
        bench="bench_knowledge",
        name="accuracy",
        title="Reading messages of writers whom nobody trained on",
        columns=("", "top-1", "top-3", "unit", "known", "refused", "SVC top-1", "top-3", "known", "refused"),
        note="Known: not ours and refused; refused: ours, which is then wrong in top-1, top-3 and unit.",
    )
    for name, examples in labelled().items():
        for wrapping, wrap in WRAPPINGS.items():
            typed = [Example(wrap(example.text), example.label) for example in examples]
            found = evaluate(knowledge, typed)
            ours = found.top1, found.top3, found.unit, found.refused_rightly, found.refused_wrongly
            sheet.add(f"{name}, {wrapping}", *ours, *of_baseline(baseline, typed))
    found = evaluate(knowledge, wrapped())
    ours = found.top1, found.top3, found.unit, found.refused_rightly, found.refused_wrongly
    sheet.add("wrapped by others", *ours, *of_baseline(baseline, wrapped()))
    sheet.publish()


def of_baseline(baseline: LinearSvcBaseline, examples: Sequence[Example]) -> tuple[float | None, ...]:
    """Right first, among three, not ours known, ours refused."""
    ranked = list(zip(baseline.ranked([e.text for e in examples]), (e.label for e in examples), strict=True))
    ours = [(best, label) for best, label in ranked if label != NOT_OURS]
    others = [best for best, label in ranked if label == NOT_OURS]
    answered = [([one for one in best if one != NOT_OURS], label) for best, label in ours if best[0] != NOT_OURS]
    return (
        sum(best[0] == label for best, label in answered) / len(ours),
        sum(label in best[:3] for best, label in answered) / len(ours),
        sum(best[0] == NOT_OURS for best in others) / len(others) if others else None,
        1 - len(answered) / len(ours),
    )


def main() -> None:
    accuracy()
    reading()
    retrieval([int(size) for size in sys.argv[1:]] or SIZES)


if __name__ == "__main__":
    main()
