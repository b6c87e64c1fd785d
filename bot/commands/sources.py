"""What the commands work on: the settings, the store, the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from bot.clock import process_clock
from bot.config import Settings, load
from bot.errors import OperatorError
from bot.stored_settings import joined, values_of
from handlers.ports import StoreError
from knowledge import Catalogue
from knowledge.catalogue import load_catalogue
from knowledge.matcher import CATALOGUE
from storage import Store
from storage.errors import SchemaMismatch
from storage.maintenance import migrate


@contextmanager
def opened_store(settings: Settings | None = None, *, upgrade: bool = False) -> Iterator[Store]:
    """The store of this house. `upgrade`: make or migrate the database first, as `masa run` does.

    Raises OperatorError where there is none yet, or one of another version.
    """
    settings = settings or load()
    file = settings.database_file
    if upgrade:
        migrate.upgrade(settings.database_url)
    elif file is not None and not file.exists():
        raise OperatorError(f"{settings.database_url}: no such database; start `masa run` once, or `masa db upgrade`")
    try:
        store = Store.open(settings.database_url, clock=process_clock())
    except SchemaMismatch as error:
        raise OperatorError(f"{settings.database_file or 'database'}: {error}") from None
    with store:
        yield store


def house_settings() -> Settings:
    """With what was said in the browser beneath them. Where there is no database (of this version), it is said by who
    needs one. Raises OperatorError."""
    settings = load()
    with suppress(OperatorError, StoreError), opened_store(settings) as store:
        return with_stored(settings, store)
    return settings


def with_stored(settings: Settings, store: Store) -> Settings:
    return joined(settings, values_of(store.read(lambda uow: uow.stored_settings.all())))[0]


def catalogue(settings: Settings) -> Catalogue:
    return load_catalogue(settings.knowledge.catalogue or CATALOGUE)


def require_unit(settings: Settings, unit: str | None, option: str = "--unit") -> None:
    """Raises OperatorError for one that the catalogue does not know."""
    if unit is None or unit in (known := catalogue(settings)).units:
        return
    near = known.units_like(unit)
    meant = f" (did you mean {' or '.join(near)}?)" if near else ""
    raise OperatorError(f"{option}: {unit!r}; expected one of {', '.join(known.units)}{meant}")
