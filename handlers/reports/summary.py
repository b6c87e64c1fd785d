"""Today so far, of one unit or of several."""

from __future__ import annotations

from datetime import time

from handlers.context import Acting
from handlers.domain.errors import NotAllowed
from handlers.domain.people import Role, UnitId
from handlers.domain.rights import Action, may, require
from handlers.reports import anchoring
from handlers.reports.digest_figures import View, compose, unclaimed_emergencies

_NAMES = frozenset({Role.LEAD, Role.DIRECTOR})
_SECRETS = _NAMES | {Role.AUDITOR}
_WITNESSES = frozenset({Role.DIRECTOR, Role.AUDITOR})
"""Of the chain: `View.anchor`."""


def so_far(acting: Acting, only: UnitId | None = None, *, shared: bool = False) -> View:
    """Since local midnight. Technician and lead: their own unit; director, auditor and admin: all units.

    `only`: one of these units; raises NotAllowed for another. `shared`: others read along, so no names and no secrets.
    """
    require(acting.person, Action.SEE_SUMMARY)
    own = (acting.person.unit,) if acting.person.unit else acting.desk.units
    if only is not None and only not in own:
        raise NotAllowed(Action.SEE_SUMMARY, acting.person.handle)
    working_time = acting.working_time()
    today = working_time.local_date(acting.now)
    midnight = working_time.at(today, time.min)
    digests = [
        compose(acting.desk, acting.uow, unit, day=today, since=midnight, until=acting.now)
        for unit in ((only,) if only else own)
    ]
    if may(acting.person, Action.READ_ALL):
        about = ",".join(d.unit for d in digests)
        acting.uow.audit.log(acting.now, acting.person.id, "summary", about, acting.channel)
    return View(
        digests=digests,
        names=not shared and acting.person.role in _NAMES,
        secrets=not shared and acting.person.role in _SECRETS,
        emergencies=unclaimed_emergencies(acting.desk, acting.uow, [d.unit for d in digests], acting.now),
        anchor=None if shared or acting.person.role not in _WITNESSES else anchoring.witnessed(acting.uow),
    )
