"""The house's own articles as files of its data folder: `articles/` in use, `articles/drafts/` in the making.

Implements handlers.ports.ArticleDrafts. Every step may be done twice and leaves whole files only.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path


class ArticleFiles:
    def __init__(self, folder: Path, on_change: Callable[[], None] = lambda: None) -> None:
        """`on_change` is called when another article is in use."""
        self._folder, self._on_change = folder, on_change

    def keep(self, article: str, text: str) -> None:
        drafts = self._folder / "drafts"
        drafts.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = self._draft(article).with_suffix(".part")
        with part.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(self._draft(article))

    def read(self, article: str) -> str | None:
        try:
            return self._draft(article).read_text(encoding="utf-8")
        except FileNotFoundError:
            return None

    def publish(self, article: str) -> None:
        if self._draft(article).exists():
            self._draft(article).replace(self._published(article))
        if self.is_published(article):
            self._on_change()

    def withdraw(self, article: str) -> None:
        if self.is_published(article):
            (self._folder / "drafts").mkdir(parents=True, exist_ok=True, mode=0o700)
            self._published(article).replace(self._draft(article))
        self._on_change()

    def drop(self, article: str) -> None:
        self._draft(article).unlink(missing_ok=True)

    def is_published(self, article: str) -> bool:
        return self._published(article).is_file()

    def _draft(self, article: str) -> Path:
        return self._folder / "drafts" / f"{article}.md"

    def _published(self, article: str) -> Path:
        return self._folder / f"{article}.md"
