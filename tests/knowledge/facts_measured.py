"""How well facts are read: precision and recall of each on labelled sentences, and the time of one reading.

`python -m tests.knowledge.facts_measured [FILE.jsonl]`. A line's `facts` are all that it says, folded; what is found
beside them is wrong. Of a duration, a deadline and a number of people the label may be a part of what was found.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from dataclasses import fields
from pathlib import Path

from knowledge.facts import facts
from knowledge.language.folding import folded
from knowledge.reading import Facts

LABELLED = Path(__file__).with_name("facts.jsonl")
NAMES = tuple(field.name for field in fields(Facts) if field.name != "soon")
_IN_MORE_WORDS = frozenset({"since", "people", "deadline"})
_ROUNDS = 20


def labelled(file: Path = LABELLED) -> list[tuple[str, dict[str, str]]]:
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    return [(line["text"], {name: value for name, value in line["facts"].items() if value}) for line in lines]


def found(text: str) -> dict[str, str]:
    read = facts(text)
    return {name: value for name in NAMES if (value := getattr(read, name))}


def is_right(name: str, label: str, value: str) -> bool:
    plain = folded(value)
    return label in plain if name in _IN_MORE_WORDS else label == plain


def wrong(file: Path = LABELLED) -> list[tuple[str, str, str, str]]:
    """(text, fact, label, what was found) of each that is not as labelled."""
    return [
        (text, name, label.get(name, ""), read.get(name, ""))
        for text, label in labelled(file)
        for read in [found(text)]
        for name in NAMES
        if name in label or name in read
        if not (name in label and name in read and is_right(name, label[name], read[name]))
    ]


def main() -> None:
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else LABELLED
    lines, mistakes = labelled(file), wrong(file)
    labels = Counter(name for _, label in lines for name in label)
    values = Counter(name for text, _ in lines for name in found(text))
    missed = Counter(name for _, name, label, _ in mistakes if label)
    for text, name, label, value in mistakes:
        print(f"{name:10} {label or '–':30} {value or '–':30} {text}")
    for name in NAMES:
        right = labels[name] - missed[name]
        print(f"{name:10} recall {right:3}/{labels[name]:3}  precision {right:3}/{values[name]:3}")
    began = time.process_time()
    for _ in range(_ROUNDS):
        for text, _ in lines:
            facts(text)
    spent = time.process_time() - began
    print(f"{1e6 * spent / _ROUNDS / len(lines):.0f} µs a sentence")


if __name__ == "__main__":
    main()
