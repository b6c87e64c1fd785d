"""What the store raises.

StoreError
├── StoreUnavailable   it does not answer, or takes nothing now; nothing of the work is stored
├── OutcomeUnknown     the connection broke during COMMIT: the work may be stored
├── HandlerTimedOut    the work took longer than the store allows; nothing of it is stored
├── SearchTooSlow      a question took too long and was stopped; the work goes on
└── …                  faults of ours, and what keeps a store from opening (`storage.errors`)
"""

from __future__ import annotations


class StoreError(Exception):
    """Whatever the store raises of itself; the errors of a database or its driver never leave it."""


class StoreUnavailable(StoreError):
    """Ask again later. The message is what the database said, on one line, without anybody's words."""


class OutcomeUnknown(StoreError):
    """The store never retries this: whoever submitted the work knows whether it may be done twice."""


class HandlerTimedOut(StoreError):
    """A work took longer than the store allows; it was stopped and nothing of it is stored."""


class SearchTooSlow(StoreError):
    """What was asked would hold up others. The transaction is as it was before."""
