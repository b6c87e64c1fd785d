"""What a house has made its own, in its data folder: the model that learned from its work, and articles of its own."""

from __future__ import annotations

import threading
from pathlib import Path

import structlog

from bot.config import Settings
from handlers.context import Desk
from knowledge import Knowledge, KnowledgeError, ModelError
from knowledge.retraining import MODEL_NAME

log = structlog.get_logger(__name__)
Stamp = tuple[tuple[str, int, int], ...]


class InstalledKnowledge:
    """Reads the knowledge of this house, and notices when it changed on disk: by the night's learning, by `masa kb
    learn`, by a lead who published an article, in this process or another."""

    def __init__(self, settings: Settings) -> None:
        self.articles, self.catalogue = settings.knowledge.articles, settings.knowledge.catalogue
        self.models = settings.data_dir / "model"
        self.own_articles = settings.data_dir / "articles"
        self._seen = self._stamp()
        self._refreshing = threading.Lock()

    @property
    def model(self) -> Path:
        return self.models / MODEL_NAME

    def read(self) -> tuple[Knowledge, list[KnowledgeError]]:
        """The knowledge, and what of the house's own could not be used: the shipped part is used instead.

        Raises KnowledgeError where the shipped part (or what the settings name) does not hold together.
        """
        model = self.model if self.model.exists() else None
        own: Path | None = self.own_articles
        trouble: list[KnowledgeError] = []
        while True:
            try:
                return Knowledge.load(self.articles, self.catalogue, model, own), trouble
            except KnowledgeError as error:
                if model is not None and isinstance(error, ModelError) and error.file == model:
                    model = None
                elif own is not None and own in error.file.parents:
                    own = None
                else:
                    raise
                trouble.append(error)

    def load(self) -> Knowledge:
        """For a desk that starts: what cannot be used is said in the log."""
        self._seen = self._stamp()
        knowledge, trouble = self.read()
        for error in trouble:
            log.error("house_knowledge_unusable", why=str(error), instead="the shipped one")
        return knowledge

    def refresh(self, desk: Desk) -> bool:
        """Give the desk what changed on disk since; whether it did. What cannot be used leaves the desk as it is."""
        with self._refreshing:
            return self._refresh(desk)

    def refresh_soon(self, desk: Desk) -> None:
        """Beside whatever is going on: reading all of it takes a second or two."""
        threading.Thread(target=self.refresh, args=(desk,), name="knowledge", daemon=True).start()

    def _refresh(self, desk: Desk) -> bool:
        stamp = self._stamp()
        if stamp == self._seen:
            return False
        self._seen = stamp
        try:
            knowledge, trouble = self.read()
        except KnowledgeError as error:
            log.error("knowledge_not_refreshed", why=str(error))
            return False
        for unusable in trouble:
            log.error("house_knowledge_unusable", why=str(unusable), instead="what the desk had")
        if not trouble:
            desk.learn(knowledge)
            log.info("knowledge_changed", articles=len(knowledge.articles), own_model=self.model.exists())
        return not trouble

    def _stamp(self) -> Stamp:
        found = []
        for file in (self.model, *sorted(self.own_articles.glob("*.md"))):
            try:
                status = file.stat()
            except FileNotFoundError:
                continue
            found.append((file.name, status.st_mtime_ns, status.st_size))
        return tuple(found)
