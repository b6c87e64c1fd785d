"""Devices, the numbers by which each is known, their labels, and the tickets that are about them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import JsonText, UtcTime, Words

revision = "0085"
down_revision = "0084"


def upgrade() -> None:
    _device()
    op.create_table(
        "device_key",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("device", sa.Integer(), nullable=False),
        sa.Column("make", sa.String(), nullable=False),
        sa.Column("living", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["device"], ["device.id"], name=op.f("fk_device_key_device_device")),
        sa.PrimaryKeyConstraint("key", "kind", "device", name=op.f("pk_device_key")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_device_key_device"), "device_key", ["device"])
    _partial(
        "uq_device_key_living",
        "device_key",
        ["kind", "key"],
        "living AND kind IN ('asset', 'other', 'mac')",
        unique=True,
    )
    _partial("uq_device_key_serial", "device_key", ["key", "make"], "living AND kind = 'serial'", unique=True)
    op.create_table(
        "device_label",
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("device", sa.Integer(), nullable=False),
        sa.Column("issued_at", UtcTime(), nullable=False),
        sa.Column("issued_by", sa.Integer()),
        sa.Column("revoked_at", UtcTime()),
        sa.ForeignKeyConstraint(["device"], ["device.id"], name=op.f("fk_device_label_device_device")),
        sa.ForeignKeyConstraint(["issued_by"], ["person.id"], name=op.f("fk_device_label_issued_by_person")),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_device_label")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_device_label_device"), "device_label", ["device"])
    op.create_table(
        "ticket_device",
        sa.Column("ticket", sa.Integer(), nullable=False),
        sa.Column("device", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("sure", sa.Boolean(), nullable=False),
        sa.Column("by", sa.Integer()),
        sa.Column("at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["ticket"], ["ticket.id"], name=op.f("fk_ticket_device_ticket_ticket")),
        sa.ForeignKeyConstraint(["device"], ["device.id"], name=op.f("fk_ticket_device_device_device")),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_ticket_device_by_person")),
        sa.PrimaryKeyConstraint("ticket", "device", name=op.f("pk_ticket_device")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_ticket_device_device", "ticket_device", ["device", "ticket"])
    _partial("uq_ticket_device_subject", "ticket_device", ["ticket"], "sure AND role = 'subject'", unique=True)


def _device() -> None:
    op.create_table(
        "device",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        *_words("brand", "model", "serial", "asset_no", "other_no", "host"),
        sa.Column("macs", JsonText(), nullable=False),
        sa.Column("ips", JsonText(), nullable=False),
        *_words("supplier"),
        sa.Column("bought_on", sa.Date()),
        *_words("price"),
        sa.Column("warranty_until", sa.Date()),
        *_words("note"),
        sa.Column("parts", JsonText(), nullable=False),
        *_words("department"),
        sa.Column("place", sa.Integer()),
        *_words("place_text"),
        sa.Column("custody", sa.String(), nullable=False),
        sa.Column("holder", sa.Integer()),
        *_words("holder_text"),
        sa.Column("keeper", sa.Integer()),
        sa.Column("custody_since", sa.Date()),
        sa.Column("condition", sa.String(), nullable=False),
        sa.Column("ending", sa.String()),
        sa.Column("merged_into", sa.Integer()),
        sa.Column("merged_at", UtcTime()),
        sa.Column("recorded_at", UtcTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("living", sa.Boolean(), nullable=False),
        *_words("search"),
        sa.ForeignKeyConstraint(["place"], ["place.id"], name=op.f("fk_device_place_place")),
        sa.ForeignKeyConstraint(["holder"], ["person.id"], name=op.f("fk_device_holder_person")),
        sa.ForeignKeyConstraint(["keeper"], ["person.id"], name=op.f("fk_device_keeper_person")),
        sa.ForeignKeyConstraint(["merged_into"], ["device.id"], name=op.f("fk_device_merged_into_device")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_device_recorded_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
        sa.UniqueConstraint("number", name=op.f("uq_device_number")),
        sqlite_autoincrement=True,
    )
    _partial("ix_device_department_kind", "device", ["department", "kind"], "living")
    _partial("ix_device_place_kind", "device", ["place", "kind"], "living AND place IS NOT NULL")
    _partial("ix_device_holder", "device", ["holder"], "holder IS NOT NULL")
    _partial("ix_device_keeper", "device", ["keeper"], "keeper IS NOT NULL")
    _partial("ix_device_merged_into", "device", ["merged_into"], "merged_into IS NOT NULL")
    _partial("ix_device_warranty_until", "device", ["warranty_until"], "living AND warranty_until IS NOT NULL")


def _words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, Words(), nullable=False, server_default="") for name in names]


def _partial(name: str, table: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, unique=unique, sqlite_where=condition, postgresql_where=condition)
