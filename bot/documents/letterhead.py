"""The head of what is printed: whose it is, with the house's logo where it has one."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from handlers.context import Desk

TEMPLATES = Path(__file__).parents[1] / "templates"
_HEAD, _LOGO = "letterhead.typ", "logo.png"


@dataclass(frozen=True, slots=True)
class Letterhead:
    institution: str
    logo: bytes | None = None
    """A PNG of ours; None: the house has none, and nothing stands in its place."""

    @classmethod
    def of(cls, desk: Desk) -> Letterhead:
        return cls(desk.institution, desk.logo())

    def lay_into(self, folder: Path) -> Mapping[str, str]:
        """What `letterhead.typ` needs beside a template; the inputs with which typst is called."""
        shutil.copy(TEMPLATES / _HEAD, folder)
        if self.logo is None:
            return {}
        (folder / _LOGO).write_bytes(self.logo)
        return {"logo": f"{self.institution} logosu"}
