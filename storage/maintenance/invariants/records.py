"""The database itself, summaries, attachments on disk, and secrets that are kept as hashes only."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Table, and_, literal_column, or_, select, text, union_all

from handlers.domain.job_run import JobName, JobRun
from handlers.domain.months import seal_of
from storage.maintenance.invariants.context import Finding, InvariantContext
from storage.tables import (
    attachment,
    job_run,
    join_code,
    message,
    metadata,
    month_lock,
    session,
    ticket,
    ticket_entry,
)

_STORED = re.compile(r"[0-9a-f]{32}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_CHUNK = 1 << 20


# --- the database ---------------------------------------------------------------------------------
_UNFINISHED: CompoundSelect[str] = union_all(
    select(literal_column("conname").label("name")).select_from(text("pg_constraint")).where(text("NOT convalidated")),
    select(literal_column("indexrelid::regclass::text")).select_from(text("pg_index")).where(text("NOT indisvalid")),
)
"""Constraints that were added without looking at the rows, indexes whose making was broken off."""


def database_sound(ground: InvariantContext) -> Iterator[Finding]:
    """PostgreSQL trusts its constraints even where a restore went around them: each reference is looked up."""
    for problem in ground.damage():
        yield "database", problem
    if ground.transaction.dialect == "postgresql":
        for row in ground.rows(_UNFINISHED):
            yield "database", f"{row.name} is not in force"
        for table in metadata.sorted_tables:
            yield from _dangling(ground, table)


def _dangling(ground: InvariantContext, table: Table) -> Iterator[Finding]:
    for key in table.foreign_key_constraints:
        parent = key.referred_table.alias("parent")
        pairs = [(element.parent, parent.c[element.column.name]) for element in key.elements]
        lost = (
            select(*table.primary_key.columns)
            .outerjoin(parent, and_(*(own == theirs for own, theirs in pairs)))
            .where(*(own.is_not(None) for own, _ in pairs), or_(*(theirs.is_(None) for _, theirs in pairs)))
        )
        for row in ground.rows(lost):
            yield f"{table.name} {', '.join(map(str, row))}", f"refers to nothing in {key.referred_table.name}"


# --- summaries ------------------------------------------------------------------------------------
_SUMMARIES = (
    select(job_run)
    .where(job_run.c.job.in_((JobName.DIGEST, JobName.MORNING)))
    .order_by(job_run.c.job, job_run.c.scope, job_run.c.day)
)
_POSTS = select(message.c.at).where(
    message.c.kind.in_(("digest", "digest_units", "morning")), message.c.author.is_(None)
)
_POSTED_WITHIN = timedelta(days=1)


_LOCKS = select(
    month_lock.c.id, month_lock.c.unit, month_lock.c.month, month_lock.c.figures, month_lock.c.locked_at,
    month_lock.c.locked_by, month_lock.c.seal, month_lock.c.undone_at,
).order_by(month_lock.c.id)  # fmt: skip


def months_as_signed(ground: InvariantContext) -> Iterator[Finding]:
    """Nothing of them was changed since, and of a unit's month one lock stands at a time."""
    until: dict[tuple[str, str], datetime | None] = {}
    for row in ground.rows(_LOCKS):
        ground.advance(1)
        where, about = f"month_lock {row.id}", (row.unit, row.month)
        if seal_of(row.unit, row.month, row.figures, row.locked_at, row.locked_by) != row.seal:
            yield where, "its figures are not those that were signed"
        if about in until and ((before := until[about]) is None or row.locked_at < before):
            yield where, "was locked while an earlier lock of the same month stood"
        until[about] = row.undone_at


def one_summary_a_day(ground: InvariantContext) -> Iterator[Finding]:
    """Its stretch ends after the one before, and it was posted."""
    runs = [JobRun(JobName(row.job), row.scope, row.day, row.until) for row in ground.rows(_SUMMARIES)]
    for before, run in pairwise(runs):
        if (before.job, before.scope) == (run.job, run.scope) and run.until <= before.until:
            yield str(run), "ends before the summary of the day before"
    posts = sorted(row.at for row in ground.rows(_POSTS)) if runs else []
    for run in runs:
        if not any(run.until - timedelta(hours=1) <= at <= run.until + _POSTED_WITHIN for at in posts):
            yield str(run), "is recorded and was posted nowhere"


# --- attachments ----------------------------------------------------------------------------------
_NAMING: tuple[tuple[Table, ColumnElement[Any], ColumnElement[Any]], ...] = (
    (ticket, ticket.c.id, ticket.c.files),
    (ticket_entry, ticket_entry.c.id, ticket_entry.c.files),
    (message, message.c.id, message.c.files),
)


def attachments_on_disk(ground: InvariantContext) -> Iterator[Finding]:
    """With the size and the bytes that were stored; what a ticket or a message shows is known."""
    for row in ground.rows(select(attachment.c.id, attachment.c.size, attachment.c.sha256)):
        ground.advance(1)
        if ground.files is not None and (problem := _problem(ground.files / row.id, row.size, row.sha256)):
            yield f"attachment {row.id}", problem
    for table, key, files in _NAMING:
        for row in ground.rows(select(key.label("key"), files.label("files")).where(files != "[]")):
            for file in row.files:
                if next(ground.rows(select(attachment.c.id).where(attachment.c.id == file)), None) is None:
                    yield f"{table.name} {row.key}", f"shows attachment {file}, which is not known"


def _problem(path: Path, size: int, sha256: str) -> str | None:
    if not _STORED.fullmatch(path.name):
        return "has no name of a stored file"
    if not path.is_file():
        return f"is not on disk: {path}"
    if (found := path.stat().st_size) != size:
        return f"has {found} bytes on disk, {size} were stored"
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return None if digest.hexdigest() == sha256 else "its bytes on disk were changed"


# --- secrets --------------------------------------------------------------------------------------
def secrets_hashed(ground: InvariantContext) -> Iterator[Finding]:
    for table, column in ((join_code, join_code.c.code_hash), (session, session.c.token_hash)):
        for (found,) in ground.rows(select(column)):
            if not _SHA256.fullmatch(found):
                yield table.name, f"a key of {len(found)} characters is no SHA-256: it may be the secret itself"
