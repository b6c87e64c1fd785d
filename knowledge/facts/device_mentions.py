"""By which numbers and words a message means a device of the house; which one it is, the store of devices says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from knowledge.facts import devices, identifiers
from knowledge.facts.wording import Said
from knowledge.language.device_keys import DeviceKey, KeyKind, keys_typed, make_key
from knowledge.language.device_numbers import own_numbers

_MOST_TOKENS = 40
"""Looked at in one message; who writes more numbers names no device by them."""
_TOKEN = re.compile(r"(?<![\w./-])(?=[a-z\d-]*[a-z])(?=[a-z\d-]*\d)[a-z\d]+(?:-[a-z\d]+)*(?![\w/]|[.-]\w)")
"""Letters with figures in one word: a serial, a host name, a label of the house."""
_ALONE = frozenset({KeyKind.SERIAL, KeyKind.HOST, KeyKind.OTHER})
"""What a word may be that nothing names as a number."""


@dataclass(frozen=True, slots=True)
class Mentions:
    own: tuple[int, ...] = ()
    """Of ours: `D-00042` is 42."""
    keys: tuple[DeviceKey, ...] = ()
    """Each that one of its other numbers may be."""
    thing: str | None = None
    """What kind of thing it is called: `yazıcı`."""
    words: tuple[str, ...] = ()
    """Make and model, as makes are compared (`make_key`)."""


def mentions(text: str) -> Mentions:
    said = Said.of(text)
    makes, thing = devices.made_by(said), devices.thing(said)
    words = tuple(filter(None, (make_key(part) for make in makes[:1] for part in make)))
    if not said.has_digit:
        return Mentions(thing=thing, words=words)
    keys: dict[DeviceKey, None] = {}
    for one in identifiers.in_said(said):
        if one.kind.is_of_a_device:
            keys |= dict.fromkeys(keys_typed(one.value))
    for token in islice(_TOKEN.finditer(said.plain), _MOST_TOKENS):
        keys |= {key: None for key in keys_typed(token[0]) if key.kind in _ALONE}
    return Mentions(own_numbers(said.plain), tuple(keys), thing, words)
