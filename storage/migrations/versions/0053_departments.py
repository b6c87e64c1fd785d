"""Müdürlükler as a list: what stands on people becomes one, each under the spelling that most of them have."""

from __future__ import annotations

from collections import Counter

import sqlalchemy as sa
from alembic import op

from knowledge.facts import DEPARTMENTS
from knowledge.language import comparison
from knowledge.language.folding import folded
from storage.engine.columns import JsonText, UtcTime, Words

revision = "0053"
down_revision = "0052"

_UNKNOWN = "müdürlüğü bilinmiyor"
_PERSON = sa.table(
    "person", *(sa.column(one, sa.Integer) for one in ("id", "left_at")),
    *(sa.column(one, Words) for one in ("name", "handle", "department", "room", "search")),
    sa.column("staff_no", sa.String), sa.column("verified", sa.Boolean),
)  # fmt: skip
_TICKET = sa.table("ticket", sa.column("id"), sa.column("department", Words), sa.column("reporter"))
_SEARCH = sa.table("ticket_search", sa.column("ticket"), sa.column("reporter", Words))
_DEPARTMENT = sa.table(
    "department", sa.column("id", sa.Integer), sa.column("name", Words),
    *(sa.column(one, JsonText) for one in ("short_names", "former_names", "merge")),
)  # fmt: skip
_NAME = sa.table("department_name", sa.column("key"), sa.column("department"))


def upgrade() -> None:
    op.create_table(
        "department",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", Words(), server_default="", nullable=False),
        sa.Column("short_names", JsonText(), nullable=False),
        sa.Column("former_names", JsonText(), nullable=False),
        sa.Column("closed_at", UtcTime()),
        sa.Column("merge", JsonText(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_department")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "department_name",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("department", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["department"], ["department.id"], name=op.f("fk_department_name_department_department")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_department_name")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_department_name_department", "department_name", ["department"])
    listed = _listed()
    for position, (key, name) in enumerate(sorted(listed.items(), key=lambda item: folded(item[1])), start=1):
        nothing: dict[str, object] = {"short_names": [], "former_names": [], "merge": {}}
        op.execute(_DEPARTMENT.insert().values(name=name, **nothing))
        number = op.get_bind().execute(sa.select(sa.func.max(_DEPARTMENT.c.id))).scalar_one()
        assert number == position
        op.execute(_NAME.insert().values(key=key, department=number))
    _write_alike(listed)


def _listed() -> dict[str, str]:
    """By what it is compared by. Of what one person alone typed, of whom nobody knows who they are, nothing is made:
    it stays with them as they typed it, for an admin to decide."""
    counts: dict[str, Counter[str]] = {}
    vouched = {comparison.office(title) for title, _ in DEPARTMENTS}
    people = op.get_bind().execute(
        sa.select(_PERSON.c.department, _PERSON.c.staff_no, _PERSON.c.verified).where(_PERSON.c.left_at.is_(None))
    )
    several: Counter[str] = Counter()
    for written, staff_no, verified in people:
        key = comparison.office(written)
        if not key or written == _UNKNOWN:
            continue
        counts.setdefault(key, Counter())[written] += 1
        several[key] += 1
        if staff_no or verified or several[key] > 1:
            vouched.add(key)
    return {key: min(found, key=lambda one: (-found[one], one)) for key, found in counts.items() if key in vouched}


def _write_alike(listed: dict[str, str]) -> None:
    """Whoever has not left is of it under its name; what was written on a ticket stays as it was on that day."""
    connection = op.get_bind()
    columns = (_PERSON.c.id, _PERSON.c.name, _PERSON.c.handle, _PERSON.c.department, _PERSON.c.room)
    for one in connection.execute(sa.select(*columns).where(_PERSON.c.left_at.is_(None))).all():
        name = listed.get(comparison.office(one.department))
        if name is None or name == one.department:
            continue
        search = folded(f"{one.name} {one.handle} {name} {one.room}")
        op.execute(_PERSON.update().where(_PERSON.c.id == one.id).values(department=name, search=search))
        theirs = sa.select(_TICKET.c.id).where(_TICKET.c.reporter == one.id)
        op.execute(_SEARCH.update().where(_SEARCH.c.ticket.in_(theirs)).values(reporter=search))
