"""What the forms of a ticket's page let one choose from, in words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.web.panel.guard import Visit
from handlers.domain.approvals import RULES, ApprovalKind
from handlers.domain.page_changes import WAITS_ON_A_PAGE
from handlers.domain.states import Priority
from handlers.domain.stock import Item
from handlers.domain.ticket import Ticket
from handlers.domain.visits import written_times
from handlers.queries.ticket_page import TicketPage
from handlers.spoken_time import coming_time, spent_time
from handlers.stock.resolving import Source
from handlers.terms import AFFECTED, APPROVALS, APPROVERS, CAUSES, LATE_REASONS, PRIORITIES, URGENCIES, WAITED_FOR
from handlers.tickets import quick_answers, recurring
from handlers.tickets.outage_news import MAX_LETTERS
from handlers.tickets.priority import TABLE
from handlers.tickets.visits import USUAL_MINUTES

MINUTES = (5, USUAL_MINUTES, 20, 30)
CHECKS = dict(zip(recurring.RESULTS, ("Tamam", "Uyarı var", "Alınamadı"), strict=True))


def shown(it: TicketPage, visit: Visit) -> dict[str, Any]:
    desk, ticket, can = visit.desk, it.view.ticket, it.choices
    today = it.view.today
    return {
        "can": can,
        "stock": [(str(chosen), _used(chosen.source, item, left)) for chosen, item, left in can.stock],
        "waits": [(state, WAITED_FOR[state]) for state in WAITS_ON_A_PAGE],
        "priorities": [(one, PRIORITIES[one]) for one in reversed(Priority)],
        "categories": [one for one in desk.catalogue.categories.values() if one.id != ticket.category],
        "units": [(one, desk.unit_title(one)) for one in desk.units if one != ticket.unit],
        "minutes": MINUTES,
        "impacts": [(AFFECTED[impact], [(one, PRIORITIES[one]) for one in row]) for impact, row in TABLE.items()],
        "urgencies": list(URGENCIES.values()),
        "spendings": [(one, spent_time(one)) for one in can.minutes],
        "late_reasons": list(LATE_REASONS.items()),
        "checks": list(CHECKS.items()),
        "cancel_reasons": quick_answers.CANCELLED,
        "merge_reasons": quick_answers.MERGED,
        "merge_tickets": _mergeable(it),
        "causes": list(CAUSES.items()),
        "kinds": [(one, _asked_of(one)) for one in can.kinds],
        "times": [(written_times([at]), _named(at, visit, today)) for at in can.times],
        "approval_kinds": APPROVALS,
        "approvers": APPROVERS,
        "today": today.isoformat(),
        "most_letters_of_news": MAX_LETTERS,
        "max_files": visit.web.settings.max_files,
        "max_megabytes": visit.web.settings.max_file_bytes // 1024 // 1024,
    }


def _used(source: Source, item: Item, left: int) -> str:
    match source:
        case Source.DEPOT:
            return f"1 × {item.code} takıldı ({left} var)"
        case Source.PENDING:
            return f"1 × {item.code} takıldı, depoda vardı (defterde yok: askıda)"
        case Source.OWN:
            return f"1 × {item.code} takıldı, müdürlüğün yedeği"


def _mergeable(it: TicketPage) -> list[Ticket]:
    """Of the same person or room, and open: those of the same subject first."""
    ticket = it.view.ticket
    found = {one.id: one for one in (*it.of_room, *it.others) if one.state.active}
    return sorted(found.values(), key=lambda one: one.category != ticket.category)


def _asked_of(kind: ApprovalKind) -> str:
    """`depodan çıkış (müdür)`."""
    return f"{APPROVALS[kind]} ({', '.join(APPROVERS[one] for one in RULES[kind].steps)})"


def _named(at: datetime, visit: Visit, today: Any) -> str:
    return coming_time(at.astimezone(visit.desk.zone), today)
