"""One transaction with its repositories.

Works that share a commit share it too, one after the other: `begin_work` lets each load its own objects, while what the
earlier ones wrote and is not flushed yet is seen by all.
"""

from __future__ import annotations

from functools import cached_property

from storage.engine.transaction import Transaction
from storage.repositories.attachments import Attachments
from storage.repositories.audit import Audit
from storage.repositories.bursts import Bursts
from storage.repositories.conversations import Conversations
from storage.repositories.dialogs import Dialogs
from storage.repositories.feedback import Feedback
from storage.repositories.group_chats import GroupChats
from storage.repositories.idempotency_keys import Once
from storage.repositories.inbox import Inbox
from storage.repositories.job_runs import JobRuns
from storage.repositories.join_codes import Codes
from storage.repositories.leases import Leases
from storage.repositories.messages import Messages
from storage.repositories.outbox import Outbox
from storage.repositories.people import People
from storage.repositories.sessions import Sessions
from storage.repositories.ticket_queries import Summaries
from storage.repositories.tickets import Tickets
from storage.repositories.timeline import Timeline


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
    def job_runs(self) -> JobRuns:
        return JobRuns(self.transaction)

    @cached_property
    def group_chats(self) -> GroupChats:
        return GroupChats(self.transaction)

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
