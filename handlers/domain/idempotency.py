"""The keys of everything that must have its effect once, however often it is asked for. All of them stand here: no two
kinds may be spelt alike, and none is made elsewhere."""

from __future__ import annotations

from datetime import date, datetime
from typing import NewType

IdempotencyKey = NewType("IdempotencyKey", str)


def note_forwarded(entry: int) -> IdempotencyKey:
    """An internal note was sent to the reporter after all."""
    return IdempotencyKey(f"note-sent:{entry}")


def asked_by_page(event: str, outcome: str) -> IdempotencyKey:
    """What came of a change that a page asked for, by the key of its event."""
    return IdempotencyKey(f"page:{outcome}:{event}")


def first_admin_by(code_hash: str) -> IdempotencyKey:
    """Somebody became the first admin of a house by that code."""
    return IdempotencyKey(f"first-admin:{code_hash}")


def setup_code(code_hash: str, slot: int) -> IdempotencyKey:
    """A process printed that code, within that stretch of time."""
    return IdempotencyKey(f"setup-code:{code_hash}:{slot}")


def put_off(step: str) -> IdempotencyKey:
    """That step of setting up the house was left for later."""
    return IdempotencyKey(f"setup-later:{step}")


def told_of_empty_unit(unit: str, day: date) -> IdempotencyKey:
    """It was said on that day that a ticket fell into a unit in which nobody works."""
    return IdempotencyKey(f"empty-unit:{unit}:{day.isoformat()}")


def told_of_end(outage: int, ended_at: datetime) -> IdempotencyKey:
    """Whose own tickets are of an outage that is over heard so, although nobody closed them."""
    return IdempotencyKey(f"outage_end_told:{outage}:{ended_at.isoformat()}")


def climbed(ticket: int, line: int, minutes: int) -> IdempotencyKey:
    """An emergency outside working time reached that step, since that line of its history."""
    return IdempotencyKey(f"climbed:{ticket}:{line}:{minutes}")


def told_of_duty(duty: int, person: int, what: str) -> IdempotencyKey:
    """Somebody was told of their duty: a week before, the day before, at its start or end."""
    return IdempotencyKey(f"duty-told:{duty}:{person}:{what}")


def told_of_work(maintenance: int, what: str) -> IdempotencyKey:
    """Whom work on a system hits was told of it: a working day before, a quarter of an hour before;
    or who waits for its end of that."""
    return IdempotencyKey(f"work-told:{maintenance}:{what}")


def asked_before_leave(absence: int) -> IdempotencyKey:
    """Whoever goes on leave was asked what becomes of their tickets."""
    return IdempotencyKey(f"leave-asked:{absence}")


def told_at_end_of_day(person: int, day: date) -> IdempotencyKey:
    """It was seen to that somebody hears on that day what follows from it."""
    return IdempotencyKey(f"end-of-day:{person}:{day.isoformat()}")


def asked_of_silence(ticket: int, line: int, whom: str) -> IdempotencyKey:
    """Somebody was asked about a ticket to which nothing happened after that line of its history."""
    return IdempotencyKey(f"silence:{ticket}:{line}:{whom}")


def told_of_deputy(deputy: int, what: str) -> IdempotencyKey:
    """Both were told that a vekâlet began, or ended."""
    return IdempotencyKey(f"deputy-told:{deputy}:{what}")


def warned_of_time(ticket: int, what: str, line: int) -> IdempotencyKey:
    """Somebody was warned that the target set by that line of the ticket's history comes near, or is past."""
    return IdempotencyKey(f"time-warning:{ticket}:{what}:{line}")


def canned_reply_offered(unit: str, text: str) -> IdempotencyKey:
    """A unit's leads were asked whether what is typed again and again (its hash) shall be a hazır yanıt."""
    return IdempotencyKey(f"canned-offered:{unit}:{text}")


def reminded_of_approval(approval: int, step: int) -> IdempotencyKey:
    """Whoever is asked for a yes was reminded the first or second time, or whoever asked was told that they wait."""
    return IdempotencyKey(f"approval-reminded:{approval}:{step}")


def recurring_opened(what: str, day: date) -> IdempotencyKey:
    """What is done again and again was opened for that day."""
    return IdempotencyKey(f"recurring:{what}:{day.isoformat()}")


def recurring_asked(ticket: int, whom: str) -> IdempotencyKey:
    """Somebody heard that nobody answered a check."""
    return IdempotencyKey(f"check-asked:{ticket}:{whom}")


def shutdown_reminded(ticket: int, minutes: int) -> IdempotencyKey:
    """The unit heard so long before the end of a list before days off what is still open."""
    return IdempotencyKey(f"shutdown-reminded:{ticket}:{minutes}")


def reminded_of_handover(handover: int, person: int, days: int) -> IdempotencyKey:
    """Somebody was reminded that it waits for them; 0: whoever hands over was told that it waits."""
    return IdempotencyKey(f"handover-reminded:{handover}:{person}:{days}")


def reminded_of_return(handover: int, day: date, step: int) -> IdempotencyKey:
    """It was said that what is outside is due back on that day; -1: beforehand, then each week."""
    return IdempotencyKey(f"return-reminded:{handover}:{day.isoformat()}:{step}")


def told_of_unsigned(day: date) -> IdempotencyKey:
    """The director was told on that day which days' orders nobody signed."""
    return IdempotencyKey(f"orders-unsigned:{day.isoformat()}")


def announcements_looked_at(day: date) -> IdempotencyKey:
    """Who is new was added on that day, and who said nothing was reminded."""
    return IdempotencyKey(f"announcements-looked-at:{day.isoformat()}")


def announcements_reminded(day: date) -> IdempotencyKey:
    """Everybody who was to be reminded on that day has been."""
    return IdempotencyKey(f"announcements:{day.isoformat()}:reminded")


def training_reminded(training: int) -> IdempotencyKey:
    """Whoever comes to it was reminded on the day before."""
    return IdempotencyKey(f"training-reminded:{training}")


def documents_looked_at(day: date) -> IdempotencyKey:
    """The documents to be answered were gone through on that day."""
    return IdempotencyKey(f"documents-looked-at:{day.isoformat()}")


def document_reminded(document: int, step: str) -> IdempotencyKey:
    """Somebody was reminded of it by that step before that last day."""
    return IdempotencyKey(f"document-reminded:{document}:{step}")
