"""What the samples speak of."""

from __future__ import annotations

from datetime import timedelta

from bot.samples.things import MEHMET, NOW, person, ticket
from handlers.domain.people import Role
from handlers.domain.states import State
from handlers.domain.ticket import Follower
from handlers.reports import digest_figures

WORD = "yazıcı çıktı vermiyor, kırmızı ışık yanıyor"


def _digest(word: str) -> digest_figures.Digest:
    wait = digest_figures.Wait(state=State.WAITING_PARTS, count=1, since=NOW, days=2)
    oldest = digest_figures.OpenTicket(
        number="2026-000001",
        category="yazici-yazdirmiyor",
        state=State.OPEN,
        priority=ticket().priority,
        opened_at=NOW,
        days=3,
        holder=word,
        restricted=False,
    )
    return digest_figures.Digest(
        unit="donanim",
        day=NOW.date(),
        since=NOW - timedelta(days=3),
        until=NOW,
        opened=3,
        resolved=2,
        solved_by_tip=1,
        active=4,
        unclaimed=1,
        waits=(wait,),
        oldest=(oldest,),
        by_category=(("yazici-yazdirmiyor", 2), (None, 1)),
        by_department=((word, 2, 1),),
        resolved_by=((word, 2),),
        comparison=digest_figures.Comparison(days=5, opened_average=2.4, resolved_average=3.0),
        days=(),
        in_between=False,
    )


SOMEBODY = person(
    Role.TECHNICIAN,
    name="Mehmet Kaya",
    room="312",
    department="Mali Hizmetler",
    phone="1234",
    verified=True,
)
IT = ticket(
    State.WAITING_PARTS,
    text=WORD,
    facts={"oda": "312", "dahili": "1234", "hata": "E-05"},
    reasons=("yazıcı",),
    tried=3,
    waiting_for="toner",
    resolution="Toner değiştirildi.",
    merged_into="2026-000009",
    files=("f1",),
    followers=(Follower(person=MEHMET, conversation="web:p:mehmet"),),
    outage=True,
    changed_at=NOW,
)
DONE = ticket(State.RESOLVED, text=WORD, resolution="Toner değiştirildi.", priority="acil")
DAY = _digest(WORD)
