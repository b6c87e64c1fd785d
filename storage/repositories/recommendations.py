"""What the director writes under the figures of a year."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select

from handlers.domain.recommendations import Recommendation
from storage.engine.prepared import prepared
from storage.engine.transaction import Transaction, upsert
from storage.repositories.rows import columns
from storage.tables import recommendation


class RecommendationRow(NamedTuple):
    year: int
    version: int
    text: str
    written_at: datetime


_OF_YEAR = select(*columns(recommendation, RecommendationRow)).where(recommendation.c.year == bindparam("of_year"))
_ADD = prepared(upsert(lambda insert: insert(recommendation).on_conflict_do_nothing()))
_NEWEST = prepared(_OF_YEAR.order_by(recommendation.c.version.desc()).limit(1), RecommendationRow)
_VERSION = prepared(_OF_YEAR.where(recommendation.c.version == bindparam("of_version")), RecommendationRow)


class SqlRecommendations:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, written: Recommendation) -> bool:
        return self._transaction.run(_ADD, asdict(written)).rowcount == 1

    def newest(self, year: int) -> Recommendation | None:
        return _read(self._transaction.run(_NEWEST, {"of_year": year}).first())

    def version(self, year: int, version: int) -> Recommendation | None:
        return _read(self._transaction.run(_VERSION, {"of_year": year, "of_version": version}).first())


def _read(row: RecommendationRow | None) -> Recommendation | None:
    return None if row is None else Recommendation(**row._asdict())
