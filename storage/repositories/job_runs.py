"""What the clock started, by job, scope and day."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import bindparam, select
from sqlalchemy.sql import Executable

from handlers.domain.job_run import JobName, JobRun
from storage.engine.prepared import prepared
from storage.engine.transaction import Insert, Transaction, upsert
from storage.repositories.rows import JobRunRow, columns
from storage.tables import job_run


def _extend(insert: Insert) -> Executable:
    added = insert(job_run)
    later = added.excluded.until
    return added.on_conflict_do_update(
        index_elements=["job", "scope", "day"], set_={"until": later}, where=job_run.c.until < later
    )


_ADD = prepared(upsert(lambda insert: insert(job_run).on_conflict_do_nothing()))
_EXTEND = prepared(upsert(_extend))
_OF_SCOPE = select(*columns(job_run, JobRunRow)).where(
    job_run.c.job == bindparam("of_job"), job_run.c.scope == bindparam("of_scope")
)
_OF_DAY = prepared(_OF_SCOPE.where(job_run.c.day == bindparam("of_day", type_=job_run.c.day.type)), JobRunRow)
_NEWEST = _OF_SCOPE.order_by(job_run.c.day.desc()).limit(1)
_LATEST = prepared(_NEWEST, JobRunRow)
_LATEST_BEFORE = prepared(_NEWEST.where(job_run.c.day < bindparam("of_day", type_=job_run.c.day.type)), JobRunRow)


class SqlJobRuns:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, run: JobRun) -> bool:
        return self._transaction.run(_ADD, _values(run)).rowcount == 1

    def extend(self, run: JobRun) -> None:
        self._transaction.run(_EXTEND, _values(run))

    def until(self, job: JobName, scope: str, day: date) -> datetime | None:
        row = self._transaction.run(_OF_DAY, {"of_job": job.value, "of_scope": scope, "of_day": day}).first()
        return None if row is None else row.until

    def latest(self, job: JobName, scope: str, before: date | None = None) -> JobRun | None:
        about = {"of_job": job.value, "of_scope": scope}
        if before is None:
            row = self._transaction.run(_LATEST, about).first()
        else:
            row = self._transaction.run(_LATEST_BEFORE, {**about, "of_day": before}).first()
        return None if row is None else JobRun(JobName(row.job), row.scope, row.day, row.until)


def _values(run: JobRun) -> dict[str, object]:
    return {"job": run.job.value, "scope": run.scope, "day": run.day, "until": run.until}
