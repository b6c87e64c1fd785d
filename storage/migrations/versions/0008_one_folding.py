"""What is searched stands in the one form of folding: apostrophes, dashes and letters that were kept apart before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_ONE_FORM = {
    "’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-",
    "ə": "e", "æ": "ae", "ø": "o", "ł": "l", "đ": "d",
    "\u00ad": "", "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "", "\ufeff": "",
}  # fmt: skip
_COLUMNS = (("ticket", "search"), ("person", "search"), ("person", "email_key"))


def upgrade() -> None:
    for table, name in _COLUMNS:
        column: sa.ColumnClause[str] = sa.column(name, sa.String)
        whole: sa.ColumnElement[str] = column
        for letter, instead in _ONE_FORM.items():
            whole = sa.func.replace(whole, letter, instead)
        differs = sa.or_(*(column.like(f"%{letter}%") for letter in _ONE_FORM))
        op.execute(sa.table(table, column).update().where(differs).values({name: whole}))
