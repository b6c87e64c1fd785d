"""Lists of devices that are brought, and what codes a photo had."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import JsonText, UtcTime, Words

revision = "0086"
down_revision = "0085"


def upgrade() -> None:
    op.add_column("attachment", sa.Column("codes", JsonText(), server_default="[]", nullable=False))
    op.create_table(
        "device_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("owner", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("name", Words(), nullable=False, server_default=""),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("said", JsonText(), nullable=False),
        sa.Column("begun_at", UtcTime()),
        sa.Column("back_at", UtcTime()),
        sa.ForeignKeyConstraint(["owner"], ["person.id"], name=op.f("fk_device_import_owner_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device_import")),
        sa.UniqueConstraint("key", name=op.f("uq_device_import_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_device_import_at"), "device_import", ["at"])
    op.create_index(op.f("ix_device_import_digest"), "device_import", ["digest"])
    op.create_table(
        "device_import_row",
        sa.Column("list", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("data", JsonText(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("waits", sa.Integer(), nullable=False),
        sa.Column("device", sa.Integer()),
        sa.Column("fate", sa.String()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("before", JsonText(), nullable=False, server_default="{}"),
        sa.ForeignKeyConstraint(["list"], ["device_import.id"], name=op.f("fk_device_import_row_list_device_import")),
        sa.ForeignKeyConstraint(["device"], ["device.id"], name=op.f("fk_device_import_row_device_device")),
        sa.PrimaryKeyConstraint("list", "place", name=op.f("pk_device_import_row")),
        sqlite_with_rowid=False,
    )
    of_devices = sa.text("device IS NOT NULL")
    op.create_index(
        "ix_device_import_row_device",
        "device_import_row",
        ["device"],
        sqlite_where=of_devices,
        postgresql_where=of_devices,
    )
