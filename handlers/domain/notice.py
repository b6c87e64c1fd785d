"""The privacy notice: what of it the house says of itself, and which version somebody was shown (KVKK m.10)."""

from __future__ import annotations

import zlib
from dataclasses import astuple, dataclass, replace

TEXT_VERSION = 5
"""Of the template `notice`; a test holds the two together. A new purpose is a new version, first of all."""
_OF_ONE_TEXT = 1_000_000
"""Versions that the house's own words can make of one text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyNotice:
    """What the text is filled with. Terms in months, but the register's, which is in years."""

    institution: str = "Belediye"
    address: str = ""
    """Of the controller: postal address and KEP."""
    requests: str = ""
    """How somebody asks for their rights, beside /verilerim."""
    chat_months: int = 6
    ticket_months: int = 24
    register_years: int = 10
    inventory: bool = False
    """Whether machines of the house report themselves (glpi-agent)."""
    edited: str = ""
    """The text as the house wrote it; empty where the shipped one is said."""

    def in_words(self, edited: str) -> PrivacyNotice:
        """The same of the house, said as it edited the text, or as it is shipped."""
        return self if edited == self.edited else replace(self, edited=edited)

    @property
    def version(self) -> int:
        """Another one for whatever changes in what is read: whoever was shown another is shown this one."""
        return TEXT_VERSION * _OF_ONE_TEXT + self._digest % _OF_ONE_TEXT

    @property
    def name(self) -> str:
        return name_of(self.version)

    @property
    def _digest(self) -> int:
        *house, edited = astuple(self)
        return zlib.crc32(edited.encode(), zlib.crc32(repr(tuple(house)).encode()))


def name_of(version: int) -> str:
    """As people read it: `2-083a1`; of the first text, which had nothing of the house in it, `1`."""
    text, house = divmod(version, _OF_ONE_TEXT)
    return f"{text}-{house:05x}" if text else str(house)


DEFAULT = PrivacyNotice()
"""Of an installation that says nothing of itself."""
