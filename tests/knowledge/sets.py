"""Labelled messages that nobody trains on, each set by writers of its own."""

from pathlib import Path

from knowledge.catalogue import load_catalogue
from knowledge.corpus import Example, labelled_messages
from knowledge.matcher import CATALOGUE

FOLDER = Path(__file__).parent / "sets"


def labelled() -> dict[str, list[Example]]:
    """Every set of single messages by its name."""
    catalogue = load_catalogue(CATALOGUE)
    return {name: labelled_messages(FOLDER / f"{name}.jsonl", catalogue) for name in ("c", "d", "e")}
