"""A message as the model reads it: its own words, and those of them that tell something."""

from dataclasses import dataclass

from knowledge.features import Features, features
from knowledge.text import visible

_VAGUE_WORDS = """
sorun probl ariza bozuk bozul calis olmuy olmad hata var yok bir bi sey sikin dert derdi turlu yine
gene hala makin cihaz alet acil burda burad bakar baksa geldi gitti coktu dondu benim bende bizde
bizim bu su o siste progr veriy verdi ver
"""
_VAGUE = frozenset(_VAGUE_WORDS.split())
"""Beginnings of words that say only that something is wrong: a message of nothing else gets an open question."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message that is no plain answer, prepared for the model."""

    text: str
    signed: str
    """What was written here, with its signature."""
    said: str
    """Its plain words with single spaces."""
    seen: str
    """The sender's own words, without what cannot be seen."""
    found: Features
    telling: frozenset[str]
    """Its words that say more than that something is wrong."""

    @classmethod
    def of(cls, text: str, signed: str, own: str, said: str) -> "Message":
        seen = visible(own)
        found = features(seen)
        spoken = {word.plain for word in found.words if len(word.plain) > 1}
        return cls(text, signed, said, seen, found, frozenset(word for word in spoken if word[:5] not in _VAGUE))
