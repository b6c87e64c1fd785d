"""What weeks that are over add to the charts is kept; whatever changes what is counted in one takes it away."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import JsonText, UtcTime

revision = "0055"
down_revision = "0054"

_FROM = "DELETE FROM figure_week WHERE unit = {unit} AND ends_at > {at}"
_UNIT = "(SELECT unit FROM ticket WHERE id = new.ticket)"
_RESOLVED = "(SELECT resolved_at FROM ticket WHERE id = new.ticket)"
_EVENT = _FROM.format(unit=_UNIT, at="new.at")
_OPENED = _FROM.format(unit="new.unit", at="new.opened_at")
_ELSEWHERE = "DELETE FROM figure_week WHERE unit IN (old.unit, new.unit) AND ends_at > old.opened_at"
_SOLVED = (
    "DELETE FROM figure_week WHERE unit IN (old.unit, new.unit) AND (starts_at <= old.resolved_at "
    "AND ends_at > old.resolved_at OR starts_at <= new.resolved_at AND ends_at > new.resolved_at)"
)
_TIMED = f"{_FROM.format(unit=_UNIT, at=_RESOLVED)} AND starts_at <= {_RESOLVED}"
_DESCRIBED = ("unit", "category", "department", "reporter", "restricted", "opened_at", "facts", "draft")
_TIMES = ("outdated", "spent_s", "solve_target_s", "missed")
_TRIGGERS = (
    ("event", "INSERT", "ticket_event", (), _EVENT),
    ("opened", "INSERT", "ticket", (), _OPENED),
    ("described", "UPDATE", "ticket", _DESCRIBED, _ELSEWHERE),
    ("solved", "UPDATE", "ticket", ("resolved_at",), _SOLVED),
    ("timing", "INSERT", "ticket_timing", (), _TIMED),
    ("timed", "UPDATE", "ticket_timing", _TIMES, _TIMED),
)
"""Name, what happens, where, which columns must have changed, and what goes."""


def upgrade() -> None:
    op.create_table(
        "figure_week",
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("ends_at", UtcTime(), nullable=False),
        sa.Column("starts_at", UtcTime(), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("content", JsonText(), nullable=False),
        sa.PrimaryKeyConstraint("unit", "ends_at", name=op.f("pk_figure_week")),
    )
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for name, happens, table, columns, goes in _TRIGGERS:
        of = f" OF {', '.join(columns)}" if columns else ""
        if on_sqlite:
            changed = " OR ".join(f"old.{one} IS NOT new.{one}" for one in columns)
            when = f" WHEN {changed}" if columns else ""
            op.execute(f"CREATE TRIGGER figure_week_{name} AFTER {happens}{of} ON {table}{when} BEGIN {goes}; END")
            continue
        changed = " OR ".join(f"old.{one} IS DISTINCT FROM new.{one}" for one in columns)
        when = f" WHEN ({changed})" if columns else ""
        op.execute(
            f"CREATE FUNCTION figure_week_{name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {goes}; RETURN NULL; END $$"
        )
        op.execute(
            f"CREATE TRIGGER figure_week_{name} AFTER {happens}{of} ON {table} "
            f"FOR EACH ROW{when} EXECUTE FUNCTION figure_week_{name}()"
        )
