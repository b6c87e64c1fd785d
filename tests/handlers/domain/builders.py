"""Plain objects with everything that a rule does not care about filled in: those that a text is shown with."""

from __future__ import annotations

from bot.samples.builders import AYSE, MEHMET, NOW, ZEYNEP, person, ticket

__all__ = ["AYSE", "MEHMET", "NOW", "ZEYNEP", "person", "ticket"]
