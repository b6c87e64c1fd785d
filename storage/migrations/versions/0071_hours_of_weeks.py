"""Hours of kept weeks are packed as lengths are: read as numbers of JSON, a year of them took longer than all else."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0071"
down_revision = "0068"


def upgrade() -> None:
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT unit, CAST(ends_at AS TEXT) AS ends, content FROM figure_week")).all()
    change = sa.text("UPDATE figure_week SET content = :content WHERE unit = :unit AND CAST(ends_at AS TEXT) = :ends")
    for unit, ends, content in rows:
        known: dict[str, Any] = json.loads(content)
        if known:  # empty of a week that waits to be counted
            packed = json.dumps(_packed(known), separators=(",", ":"))
            connection.execute(change, {"unit": unit, "ends": ends, "content": packed})


def _packed(content: Mapping[str, Any]) -> dict[str, Any]:
    return {**content, "opened": _columns(content["opened"]), "resolved": _columns(content["resolved"])}


def _columns(hours: Sequence[Sequence[int]]) -> list[str]:
    """Hour, all, and those without security matters, each in one piece."""
    return [_in_one_piece(row[place] for row in hours) for place in range(3)]


def _in_one_piece(numbers: Iterable[int]) -> str:
    return b64encode(b"".join(one.to_bytes(4, "little") for one in numbers)).decode("ascii")
