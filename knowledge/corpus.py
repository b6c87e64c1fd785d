"""What there is to learn from: titles, notes and symptoms of a house, and the sentences collected for it."""

import hashlib
import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowledge.article import Article
from knowledge.catalogue import Catalogue
from knowledge.errors import KnowledgeError
from knowledge.reading import Intent
from knowledge.yaml_nodes import read_text

AROUND = Path(__file__).parent / "training" / "around"
_WRAPPED = 0.7
"""How often something stands before, and how often after what is wrapped."""
NOT_OURS = "kapsam-disi"
"""The label of a message that is none of the directorate's business."""

INTENT_PREFIX = "intent:"


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence and what it is: a category, `NOT_OURS`, or an intent ("intent:thanks").

    `article`: whose title or symptom it is. `learned`: it came from the house's own tickets.
    """

    text: str
    label: str
    article: str | None = None
    learned: bool = False


def from_house(catalogue: Catalogue, articles: Mapping[str, Article]) -> list[Example]:
    """What every house has: the titles and notes of its catalogue, the titles and symptoms of its articles."""
    examples = []
    for category in catalogue.categories.values():
        examples.append(Example(category.title, category.id))
        examples += [Example(part, category.id) for part in _parts(category.covers)]
    for article in articles.values():
        for text in (article.title, *article.symptoms):
            examples.append(Example(text, article.category, article.id))
    return examples


def _parts(covers: str) -> list[str]:
    """The noun phrases of a note, without the sentence that says what does not belong ("Kâğıt sıkışması ayrı.")."""
    kept = [s for s in covers.split(".") if s.strip() and not s.strip().endswith("ayrı")]
    return [part.strip() for sentence in kept for part in sentence.split(",") if part.strip()]


def from_training(folder: Path, catalogue: Catalogue) -> list[Example]:
    """Collected sentences: `<category>.txt` and `kapsam-disi.txt`, here and in `second/` and `third/` (other writers'),
    `intents/<intent>.txt`, and labelled messages in `*.jsonl`.

    Raises:
        KnowledgeError: a file is named for no category or intent, or a labelled line does not hold together.
    """
    examples: list[Example] = []
    if not folder.is_dir():
        return examples
    for file in sorted(file for place in (".", "second", "third") for file in folder.glob(f"{place}/*.txt")):
        if file.stem != NOT_OURS and file.stem not in catalogue.categories:
            raise KnowledgeError(file, None, f"the unknown category '{file.stem}'", "a category's id as file name")
        examples += [Example(line, file.stem) for line in _lines(file)]
    for file in sorted((folder / "intents").glob("*.txt")):
        if file.stem not in Intent.__members__:
            expected = "one of " + ", ".join(Intent.__members__)
            raise KnowledgeError(file, None, f"the unknown intent '{file.stem}'", expected)
        examples += [Example(line, INTENT_PREFIX + file.stem) for line in _lines(file)]
    for file in sorted(folder.glob("*.jsonl")):
        examples += labelled_messages(file, catalogue)
    return examples


def _lines(file: Path) -> list[str]:
    return [line.strip() for line in read_text(file).splitlines() if line.strip()]


def labelled_messages(file: Path, catalogue: Catalogue) -> list[Example]:
    """Messages with their category, one JSON object a line: `{"text": …, "category": …}`.

    Raises:
        KnowledgeError: a line is no such object, or names a category that is not of the catalogue.
    """
    examples = []
    known = {NOT_OURS, *catalogue.categories}
    for number, line in enumerate(read_text(file).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise KnowledgeError(file, number, f"no JSON ({error.msg})", "one JSON object a line") from error
        if not isinstance(row, dict):
            raise KnowledgeError(file, number, f"the JSON value {line.strip()[:40]}", "a JSON object")
        for key in ("text", "category"):
            if not isinstance(row.get(key), str):
                raise KnowledgeError(file, number, f"'{key}' is {json.dumps(row.get(key))}", "a text")
        if row["category"] not in known:
            near = catalogue.categories_like(row["category"])
            perhaps = f" (did you mean {near[0]}?)" if near else ""
            expected = f"a category of the catalogue or '{NOT_OURS}'{perhaps}"
            raise KnowledgeError(file, number, f"the unknown category '{row['category']}'", expected)
        examples.append(Example(row["text"], row["category"]))
    return examples


def of_house(catalogue: Catalogue, articles: Mapping[str, Article], training: Path) -> list[Example]:
    """All that a house with collected sentences learns from, in a fixed order, each sentence once a label."""
    examples = [*from_house(catalogue, articles), *from_training(training, catalogue)]
    known: dict[tuple[str, str], Example] = {}
    for example in examples:
        known.setdefault((example.label, example.text), example)
    return sorted(known.values(), key=lambda e: (e.label, e.article or "", e.text))


@dataclass(frozen=True, slots=True)
class Around:
    """What people write before and after what they report: a message is the same with it and without."""

    before: tuple[str, ...]
    after: tuple[str, ...]

    def wrap(self, text: str, chance: random.Random) -> str:
        before = chance.choice(self.before) if chance.random() < _WRAPPED else ""
        after = chance.choice(self.after) if chance.random() < _WRAPPED else ""
        return f"{before} {text} {after}".strip()


@cache
def around() -> Around:
    return Around(tuple(_lines(AROUND / "before.txt")), tuple(_lines(AROUND / "after.txt")))


def digest(examples: Sequence[Example]) -> str:
    """A fingerprint of what a model was trained on, whatever the order."""
    lines = sorted(f"{e.label}\t{e.article or ''}\t{e.text}" for e in examples)
    lines += [*around().before, *around().after]
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()
