"""What a message tells beside its subject, under the names that a ticket knows: nobody is asked for what they said."""

from __future__ import annotations

from handlers.domain.ticket import Ticket
from knowledge import Facts

OF_ONE_PROBLEM = frozenset({"cihaz", "demirbas", "hata", "program"})
"""These belong to one of two problems in a message; where somebody sits and since when it is so belong to both."""


def facts_of(facts: Facts) -> dict[str, str]:
    floor = f"{facts.floor}. kat" if facts.floor and facts.floor.isdecimal() else facts.floor and f"{facts.floor} kat"
    found = {
        "oda": " ".join(part for part in (floor, facts.room) if part),
        "cihaz": facts.device,
        "demirbas": facts.asset_no,
        "hata": facts.error,
        "program": facts.program,
        "dahili": facts.phone,
        "sicil": facts.staff_no,
        "mudurluk": facts.department,
        "suredir": facts.since,
        "etkilenen": facts.people,
        "son": facts.deadline,
    }
    return {name: value for name, value in found.items() if value}


def known_fact(ticket: Ticket, fact: str, *, request: bool) -> str:
    """What the ticket says of something that an article asks for; empty where it says nothing.

    A request asks by when it is needed and for whom, a fault since when it is so and who has it. An inventory number
    tells the device better than its kind does.
    """
    if fact == "cihaz" and (number := ticket.facts.get("demirbas")):
        return number
    also = {
        "tarih": "son" if request else "suredir",
        "kisi": "sicil" if request else "etkilenen",
    }.get(fact, fact)
    return ticket.facts.get(fact) or ticket.facts.get(also, "")
