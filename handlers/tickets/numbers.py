"""Which ticket somebody means by a number: said in a sentence, or typed alone without its year."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handlers.context import Acting
from handlers.domain.errors import Invalid, NotFound
from handlers.domain.rights import Action, may
from handlers.domain.ticket import Ticket
from handlers.domain.ticket_number import TicketNumber, number_of
from knowledge.language.folding import folded

YEARS = 10
"""How far back a short number may reach."""
_A_TICKET = (
    r"(?:kaydi(?!r)\w*|kayitl\w+|talebi\w*|talep(?:te\w*|ten)?(?!\w)(?!\s+(?:form|ekran|modul|sayfa|edi))|basvuru(?:m|mu|muz|nun)\w*|bildirimi\w*|isimi?|isimiz\w*"
    r"|kayit(?!\w)(?!\s+(?:buro|masa|oda|gise|bilgisayar|yazici|servis|birim|memur|cihaz|defter|kabul|ekran|nok)))"
)
_COUNTED = (
    r"(?!\d|[.,:/-]\d|\s*(?:gun|hafta|saat|ay\b|yil|dakika|dk\b|adet|kisi|kat|kez|kere|defa|tane|nolu|no'?lu|numarali))"
)
_ASKED = r"(?:ne\s+(?:oldu|durumda|asamada|alemde)|durumu|hangi\s+asamada|nerede\s+kaldi|iptal)"
_PLACE = r"0*+(?P<place>\d{1,6}+)"
_NUMBERED = r"(?:nolu|no'?lu|no lu|numarali)"
_IN_A_SENTENCE = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<![\w./-])(?P<year>20\d\d)[-/](?P<place>\d{6})(?![\d/-])",
        r"(?<![\w./-])(?P<year>20\d\d)-0*+(?P<place>\d{3,6}+)(?![\d/-]|[.,]\d)",
        rf"(?<![\w#])#\s?{_PLACE}(?!\d)(?!\s*{_NUMBERED}(?!\s+(?:\w+\s+)?{_A_TICKET}))",
        rf"(?<![\w.,:/-]){_PLACE}\s*+(?:{_NUMBERED}|no)\s+(?:\w+\s+)?{_A_TICKET}",
        rf"(?<!\w)(?:kayit|kaydi\w*|talebi\w*)\s+(?:no|numara)\w*\s*+[:.]?\s*+#?{_PLACE}{_COUNTED}",
        rf"(?<!\w)kayit\s*+[:.]?\s*+#?{_PLACE}{_COUNTED}",
        rf"\A\s*+{_PLACE}(?:\s*+{_NUMBERED}|'\w{{1,4}})?\s+{_ASKED}",
        rf"\A\s*+iptal\s+(?:et\w*\s+)?{_PLACE}\s*\Z",
        rf"\A\s*+{_PLACE}\s+(?:icin|hakkinda|ile ilgili)\b{_COUNTED}",
    )
)
"""Ways in which a number is said to be a ticket's, in folded text. A counter, a parcel, an hour, a count is none."""
_ADDRESSED = re.compile(
    rf"\A\s*+#?(?:(?P<year>20\d\d)[-/])?{_PLACE}"
    rf"(?:\s*+{_NUMBERED}\s+{_A_TICKET}|\s++(?:icin|hakkinda|ile ilgili))?\s*+:(?!\d)"
)
_LISTED = re.compile(r"^[^\S\n]*+#?\d{1,6}[^\S\n]*+[:.)-]\D", re.MULTILINE)


def said_in(text: str) -> TicketNumber | None:
    """The number that a sentence says is a ticket's: `#3`, `2026-000003`, `3 nolu kaydım`, `3 ne oldu`, `3: …`."""
    plain = folded(text)
    for pattern in _IN_A_SENTENCE:
        if (match := pattern.search(plain)) is not None:
            return number_of(match.groupdict().get("year"), match["place"])
    return addressed(text)


def addressed(text: str) -> TicketNumber | None:
    """`3: hâlâ bozuk`. A list of problems, each behind its number, is addressed to no ticket."""
    match = _ADDRESSED.match(folded(text))
    if match is None or len(_LISTED.findall(text)) > 1:
        return None
    return number_of(match["year"], match["place"])


def find(acting: Acting, number: TicketNumber, action: Action = Action.READ) -> Ticket:
    """Of those to which this person may do that, the only one of that number; of several the one that is open; of
    ended ones the newest.

    Raises NotFound, and Invalid(`which_number`) where several are open.
    """
    if number.year is not None:
        return acting.uow.tickets.by_number(number.of_year(number.year))
    known = readable(acting, number)
    found = [ticket for ticket in known if may(acting.person, action, ticket)] or known
    if not found:
        raise NotFound("ticket", number.place)
    active = [ticket for ticket in found if ticket.state.active]
    if len(active) > 1:
        raise Invalid("which_number", short=number.place, tickets=active)
    return active[0] if active else found[0]


def of_any_year(acting: Acting, number: TicketNumber) -> Sequence[Ticket]:
    """All of that number, newest first, whoever may read them."""
    year = acting.desk.year(acting.now)
    years = [number.year] if number.year is not None else range(year, year - YEARS, -1)
    return acting.uow.tickets.numbered([number.of_year(one) for one in years])


def readable(acting: Acting, number: TicketNumber) -> list[Ticket]:
    """Those of them that they may read."""
    return [ticket for ticket in of_any_year(acting, number) if may(acting.person, Action.READ, ticket)]


def own_open(acting: Acting, number: TicketNumber) -> Ticket | None:
    """Their own of that number that has not ended; the newest of several."""
    mine = acting.uow.tickets.open_of_reporter(acting.person.id)
    return next((ticket for ticket in mine if number.means(ticket.number)), None)
