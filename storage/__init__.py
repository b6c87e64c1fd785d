"""Where the desk keeps things: SQLAlchemy Core tables, one repository an aggregate, inbox, outbox, migrations.

`Store.open(url, clock=…)` is all that the rest of the house needs; it implements `handlers.ports.Transactions`.
"""

from storage.store import Store

__all__ = ["Store"]
