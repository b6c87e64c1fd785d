"""One transaction with its repositories.

Works that share a commit share it too, one after the other: `begin_work` lets each load its own objects, while what the
earlier ones wrote and is not flushed yet is seen by all.
"""

from __future__ import annotations

from functools import cached_property

from storage.attachments import Attachments
from storage.audit import Audit
from storage.bursts import Bursts
from storage.codes import Codes
from storage.conversations import Conversations
from storage.dialogs import Dialogs
from storage.feedback import Feedback
from storage.inbox import Inbox
from storage.leases import Leases
from storage.messages import Messages
from storage.once import Once
from storage.outbox import Outbox
from storage.people import People
from storage.sessions import Sessions
from storage.summaries import Summaries
from storage.tickets import Tickets
from storage.timeline import Timeline
from storage.transaction import Transaction


class UnitOfWork:
    def __init__(self, transaction: Transaction) -> None:
        self.transaction = transaction
        self.people = People(transaction)
        self.conversations = Conversations(transaction)
        self.dialogs = Dialogs(transaction)
        self.tickets = Tickets(transaction)
        self.messages = Messages(transaction)
        self.inbox = Inbox(transaction)

    def begin_work(self) -> None:
        self.people.forget()
        self.conversations.forget()
        self.dialogs.forget()
        self.tickets.forget()

    def flush(self) -> None:
        self.conversations.flush()
        self.dialogs.flush()
        self.messages.flush()
        self.inbox.flush()

    @cached_property
    def attachments(self) -> Attachments:
        return Attachments(self.transaction)

    @cached_property
    def codes(self) -> Codes:
        return Codes(self.transaction)

    @cached_property
    def sessions(self) -> Sessions:
        return Sessions(self.transaction)

    @cached_property
    def audit(self) -> Audit:
        return Audit(self.transaction)

    @cached_property
    def once(self) -> Once:
        return Once(self.transaction)

    @cached_property
    def feedback(self) -> Feedback:
        return Feedback(self.transaction)

    @cached_property
    def outbox(self) -> Outbox:
        return Outbox(self.transaction, self.messages)

    @cached_property
    def bursts(self) -> Bursts:
        return Bursts(self.transaction, self.messages)

    @cached_property
    def leases(self) -> Leases:
        return Leases(self.transaction)

    @cached_property
    def timeline(self) -> Timeline:
        return Timeline(self.transaction, self.messages)

    @cached_property
    def summaries(self) -> Summaries:
        return Summaries(self.transaction, self.tickets)
