"""Lists of staff that are brought to the panel, and what each of their rows changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import JsonText, UtcTime, Words

revision = "0044"
down_revision = "0037"


def upgrade() -> None:
    op.create_table(
        "staff_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("owner", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("name", Words(), server_default="", nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("faults", JsonText(), nullable=False),
        sa.Column("notes", JsonText(), nullable=False),
        sa.Column("absent", sa.Integer(), nullable=False),
        sa.Column("begun_at", UtcTime()),
        sa.Column("back_at", UtcTime()),
        sa.ForeignKeyConstraint(["owner"], ["person.id"], name=op.f("fk_staff_import_owner_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_import")),
        sa.UniqueConstraint("key", name=op.f("uq_staff_import_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_staff_import_at"), "staff_import", ["at"])
    op.create_index(op.f("ix_staff_import_digest"), "staff_import", ["digest"])
    op.create_table(
        "staff_import_row",
        sa.Column("list", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("data", JsonText(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person", sa.Integer()),
        sa.Column("twin", sa.Integer()),
        sa.Column("fate", sa.String()),
        sa.Column("before", JsonText(), server_default="{}", nullable=False),
        sa.Column("after", JsonText(), server_default="{}", nullable=False),
        sa.ForeignKeyConstraint(["list"], ["staff_import.id"], name=op.f("fk_staff_import_row_list_staff_import")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_staff_import_row_person_person")),
        sa.ForeignKeyConstraint(["twin"], ["person.id"], name=op.f("fk_staff_import_row_twin_person")),
        sa.PrimaryKeyConstraint("list", "place", name=op.f("pk_staff_import_row")),
        sqlite_with_rowid=False,
    )
    for name in ("person", "twin"):
        known = sa.text(f"{name} IS NOT NULL")
        op.create_index(
            f"ix_staff_import_row_{name}", "staff_import_row", [name], sqlite_where=known, postgresql_where=known
        )
