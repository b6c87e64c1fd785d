"""The house's own articles as files of its data folder: `articles/` in use, `articles/drafts/` in the making,
`articles/withdrawn/` once in use.

Implements handlers.ports.ArticleDrafts. Every step may be done twice and leaves whole files only.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
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
        for path in (self._draft(article), self._withdrawn(article)):
            with suppress(FileNotFoundError):
                return path.read_text(encoding="utf-8")
        return None

    def publish(self, article: str) -> None:
        for path in (self._withdrawn(article), self._draft(article)):
            if path.exists():
                path.replace(self._published(article))
        if self.is_published(article):
            self._on_change()

    def withdraw(self, article: str) -> None:
        if self.is_published(article):
            self._withdrawn(article).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._published(article).replace(self._withdrawn(article))
        self._on_change()

    def withdrawn(self) -> Sequence[str]:
        return sorted(path.stem for path in (self._folder / "withdrawn").glob("*.md"))

    def drop(self, article: str) -> None:
        for path in (self._draft(article), self._withdrawn(article)):
            path.unlink(missing_ok=True)

    def is_published(self, article: str) -> bool:
        return self._published(article).is_file()

    def _draft(self, article: str) -> Path:
        return self._folder / "drafts" / f"{article}.md"

    def _withdrawn(self, article: str) -> Path:
        return self._folder / "withdrawn" / f"{article}.md"

    def _published(self, article: str) -> Path:
        return self._folder / f"{article}.md"
