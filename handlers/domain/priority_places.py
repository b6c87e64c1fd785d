"""Places where citizens or the council sit: a fault there, while they do, holds up the whole house.

By place and hour, never by the rank of who reports it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityPlace:
    title: str
    words: tuple[str, ...]
    """How the words that name it begin, folded: `vezne` is also "veznede"."""
    opens: time = time(8, 0)
    closes: time = time(17, 0)
    on_weekends: bool = False

    def is_open(self, local: datetime) -> bool:
        return self.opens <= local.time() < self.closes and (self.on_weekends or local.weekday() < 5)


DEFAULT = (
    PriorityPlace(title="Vezne", words=("vezne",)),
    PriorityPlace(
        title="Nikâh salonu", words=("nikah salon", "evlendirme"), opens=time(9), closes=time(20), on_weekends=True
    ),
    PriorityPlace(title="Meclis salonu", words=("meclis salon", "meclis toplant"), closes=time(23)),
    PriorityPlace(title="Başkanlık makamı", words=("baskanlik makam", "makam odas")),
)
