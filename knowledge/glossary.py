"""What a word of the desk's own texts means, for whoever asks: "drum nedir". Data: `glossary.yaml`."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from knowledge.language.folding import folded
from knowledge.yaml_nodes import read_yaml

FILE = Path(__file__).parent / "glossary.yaml"
_MOST_WORDS, _MOST_LETTERS = 9, 120
"""Who writes more tells of something."""
_CLAUSE = re.compile(r"[.,;!?\n]")
_ENDING = r"(?:'?(?:y?[iu]|n[iu]n|s[iu]|l[ae]r\w{0,4}))?"
_BESIDE = (
    r"(?:(?:pardon|peki|ya|yav|abi|hocam|usta|kusura bakma\w*|affedersin\w*|bu|o|su|ki|tam olarak|simdi|once|sorayim"
    r"|anlamadim|yavrum|evladim|bilmiyorum|merhaba|anlayamadim|iyi de|tamam da|da|de|bir|bi|sey|dicem|sorucam)[ ,.!]+)*"
)
_CALLED = (
    r"(?: (?:d[ie]d[ie]?[gk]\w*|yazd[iu][gk]\w*|dedik\w*|denen|diye|derken|soyled\w+|kelimesi|lafi|olan|sey|seyi))*"
)
_ASKS = (
    r"(?:nedir|neydi|neymis|ne demek\w*|ne anlama \w+|ne oluyo\w*|ne ola ki|ne ki|ne ya|ne abi|ne hocam|ne yav|ne"
    r"|hangisi|neresi|nasil bi\w* sey|anlamadim)"
    r"(?! (?:zaman|oldu|olacak|kadar|icin|yap|yaz|ile|lazim|neden|niye))"
)
_BEHIND = (
    r"(?:[ ,.!?]+(?:acaba|ki|ya|yav|abi|abla|hocam|usta|efendim|yavrum|evladim|kizim|oglum|hemserim|kardes\w*|lutfen|bu"
    r"|o|ben\w*|bilm\w+|anlamad\w+|tam|peki|simdi|acikl\w+|anlat\w*|soyle\w*|m[iu]|kutu|alet|sey|parca|demek|oluyo\w*))*"
)


class Asked(NamedTuple):
    """`alone`: nothing else stands in the text."""

    meaning: str
    alone: bool


def asked(text: str) -> Asked | None:
    """The word that somebody asks about; None where they ask about none, or one that nobody explained."""
    if len(text) > _MOST_LETTERS:
        return None
    if (whole := _meaning(text)) is not None:
        return Asked(whole, alone=True)
    found = [meaning for clause in _CLAUSE.split(text) if (meaning := _meaning(clause)) is not None]
    return Asked(found[0], alone=False) if found else None


def _meaning(text: str) -> str | None:
    said = " ".join(folded(text).replace("-", " ").split()).strip(" .!?,")
    found = _pattern().fullmatch(said) if len(said.split()) <= _MOST_WORDS else None
    return meanings()[found["word"]] if found is not None else None


@cache
def meanings() -> dict[str, str]:
    """By every way to write a word, folded. Raises KnowledgeError where the file does not hold together."""
    known: dict[str, str] = {}
    for entry in read_yaml(FILE).items():
        fields = entry.mapping(("as", "is"), ("as", "is"))
        for written in fields["as"].items():
            word = folded(written.text())
            if word in known:
                raise written.error(f"'{word}' a second time", "every word once")
            known[word] = fields["is"].text()
    return known


@cache
def _pattern() -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(meanings(), key=len, reverse=True)))
    return re.compile(rf"{_BESIDE}(?P<word>{words}){_ENDING}{_CALLED},? {_ASKS}{_BEHIND}")
