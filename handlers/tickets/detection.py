"""Many alike in a short time: that an outage be declared is proposed, never done.

Compared are reports as they come, tickets and what is none yet, by how many different people they are of:

| alike                                             | people | within |
|---------------------------------------------------|--------|--------|
| their system                                      | 3      | 15 min |
| their subject, where it hints at no system        | 4      | 30 min |
| floor and subject, where it fails by floors       | 2      | 10 min |
| their words, where nobody knows the subject       | 3      | 30 min |

Fewer than three times what is usual in that half-hour of a working day are none: passwords on Monday morning. Of what
is one person's by nature (a keyboard) it takes twice as many. What was refused is silent for two hours, and so is what
is narrower. Security matters are never looked at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from statistics import median

from handlers.context import UseCaseContext
from handlers.domain.people import PersonId, UnitId
from handlers.domain.symptoms import KEPT, SILENT_WHEN_REFUSED, THRESHOLDS, Answer, Proposal, Scope, Symptom, needed
from handlers.domain.ticket import Ticket
from handlers.tickets import maintenances, outages, proposals, symptoms, systems
from knowledge.language.folding import folded

WORKING_DAYS = 20
COUNTED_EACH, COUNTED_EVERY = 50, 10
"""Up to so many people each report counts them; of more, every tenth."""
BY_FLOOR = frozenset({"internet-yok", "kablosuz-ag", "ag-yavas", "telefon-santral", "ups-elektrik"})
BY_DEPARTMENT = frozenset({"uzak-birim-baglanti"})
"""Subjects of remote units: each is a place."""
_FLOOR = re.compile(r"\b(?:(\d{1,2})\s*\.?\s*kat|(zemin|bodrum|giris)(?:\s*kat)?)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One that just came, or grew."""

    person: PersonId
    unit: UnitId
    category: str | None
    text: str
    room: str = ""
    draft: str = ""
    conversation: str = ""
    ticket: Ticket | None = None


def heard(work: UseCaseContext, report: Report) -> Proposal | None:
    """What is proposed of it, where anything is."""
    if report.ticket is not None and report.ticket.restricted:
        return None
    noted = work.uow.symptoms.note(_symptom(work, report))
    if outages.covering(work, report.category) is not None or _is_planned(work, report):
        return None
    alike = _Alike(work, noted, report.text)
    running = work.uow.symptoms.proposals(work.now - SILENT_WHEN_REFUSED)
    open_ones = [one for one in running if one.waits(work.now)]
    widest = next((one for one in open_ones if alike.keys and one.key == alike.keys[0]), None)
    if widest is not None:
        return _grown(work, widest) if _counts(noted, widest) else widest
    silent = {one.key for one in running if one.answer is Answer.REFUSED and one.is_silent(work.now)}
    fired = alike.fires(silent)
    of_it = symptoms.categories(work, fired[0], report.category) if fired is not None else ()
    waiting = next((one for one in open_ones if one.key in alike.keys or one.category in of_it), None)
    if waiting is not None:
        known = alike.keys.index(waiting.key) if waiting.key in alike.keys else len(alike.keys)
        return _grown(work, waiting, fired if fired is not None and alike.keys.index(fired[1]) < known else None)
    if fired is None:
        return None
    scope, key, people, since = fired
    made = Proposal(
        scope=scope,
        key=key,
        unit=report.unit,
        category=report.category,
        since=since,
        changed_at=work.now,
        people=people,
    )
    return proposals.propose(work, work.uow.symptoms.propose(made))


def _is_planned(work: UseCaseContext, report: Report) -> bool:
    """Whoever works on it knows."""
    return maintenances.hitting(work, report.category, work.uow.people.get(report.person)) is not None


def _grown(work: UseCaseContext, waiting: Proposal, wider: tuple[Scope, str, int, datetime] | None = None) -> Proposal:
    """The same message, with one more; or of more, where that is what all have in common."""
    if wider is not None:
        scope, key, _, since = wider
        waiting = replace(waiting, scope=scope, key=key, since=min(since, waiting.since))
    grown = replace(waiting, people=max(symptoms.people(work, waiting), waiting.people), changed_at=work.now)
    if grown.people != waiting.people or wider is not None:
        work.uow.symptoms.save_proposal(grown)
        proposals.say(work, grown, rings=False)
    return grown


def _counts(noted: Symptom, waiting: Proposal) -> bool:
    """Each count looks at all of them. What was noted before, and is a ticket now, counts already."""
    return waiting.people < COUNTED_EACH or (noted.id > 0 and noted.id % COUNTED_EVERY == 0)


def came_to_nothing(work: UseCaseContext, draft: str) -> None:
    """The steps helped, or it was taken back: no sign of anything."""
    work.uow.symptoms.drop(draft)


def forget_old(work: UseCaseContext) -> None:
    work.uow.symptoms.forget_before(work.now - KEPT)


def _symptom(work: UseCaseContext, report: Report) -> Symptom:
    local = work.now.astimezone(work.desk.zone)
    return Symptom(
        at=work.now,
        day=local.date().toordinal(),
        half_hour=_half_hour(work, work.now),
        person=report.person,
        unit=report.unit,
        category=report.category,
        place=_place(work, report),
        draft=report.draft,
        conversation=report.conversation,
        ticket=report.ticket.id if report.ticket is not None else None,
    )


def _half_hour(work: UseCaseContext, at: datetime) -> int:
    local = at.astimezone(work.desk.zone)
    return local.hour * 2 + local.minute // 30


def _place(work: UseCaseContext, report: Report) -> str:
    person = work.uow.people.get(report.person)
    if report.category in BY_DEPARTMENT:
        return folded(person.department)
    found = _FLOOR.search(folded(report.room or person.room)) if report.category in BY_FLOOR else None
    return "" if found is None else f"{found[1]}. kat" if found[1] else f"{found[2]} kat"


class _Alike:
    """What is alike with one report."""

    def __init__(self, work: UseCaseContext, symptom: Symptom, text: str) -> None:
        self._work, self._symptom, self._text = work, symptom, text
        self._system = systems.of_category(work, symptom.category)

    @cached_property
    def keys(self) -> Sequence[str]:
        """From the widest."""
        return [key for _, key in self._scopes]

    @cached_property
    def _scopes(self) -> Sequence[tuple[Scope, str]]:
        category, place = self._symptom.category, self._symptom.place
        if category is None:
            first = next(iter(self._same_words), None)
            return [] if first is None else [(Scope.TEXT, f"text:{self._symptom.unit}:{first.id}")]
        found = [(Scope.CATEGORY, f"category:{category}")]
        if self._system is not None:
            found = [(Scope.SYSTEM, f"system:{self._system.id}")]
        return [*found, (Scope.PLACE, f"place:{category}:{place}")] if place else found

    @cached_property
    def _same_words(self) -> Sequence[Symptom]:
        """Of the unit, without a subject either, in nearly the same words; the newest among them."""
        since = self._work.now - THRESHOLDS[Scope.TEXT].within
        others = self._work.uow.symptoms.without_subject(since, self._symptom.unit, symptoms.LOOKED_AT)
        return symptoms.in_the_same_words(self._work, self._text, others)

    def _first(self, scope: Scope, since: datetime) -> datetime:
        if scope is Scope.TEXT:
            return self._same_words[0].at
        place = self._symptom.place if scope is Scope.PLACE else ""
        return self._work.uow.symptoms.among(since, self._categories(scope), place, limit=1)[0].at

    def _categories(self, scope: Scope) -> Sequence[str]:
        return symptoms.categories(self._work, scope, self._symptom.category)

    def fires(self, silent: set[str]) -> tuple[Scope, str, int, datetime] | None:
        """The widest of which there are enough, with its people and their first report; nothing behind a silent one."""
        for scope, key in self._scopes:
            if key in silent:
                return None
            since = self._work.now - THRESHOLDS[scope].within
            people = self._people(scope, since)
            if people >= self._fewest(scope) and people >= needed(scope, self._usual(scope)):
                return scope, key, people, self._first(scope, since)
        return None

    def _fewest(self, scope: Scope) -> int:
        """A keyboard is one person's, however many break: of a subject that is nobody else's twice as many count."""
        subject = self._work.desk.category(self._symptom.category)
        alone = scope is Scope.CATEGORY and self._system is None and (subject is None or not subject.asks_impact)
        return THRESHOLDS[scope].people * (2 if alone else 1)

    def _people(self, scope: Scope, since: datetime) -> int:
        if scope is Scope.TEXT:
            return len({one.person for one in self._same_words})
        place = self._symptom.place if scope is Scope.PLACE else ""
        return self._work.uow.symptoms.people(since, self._categories(scope), place)

    def _usual(self, scope: Scope) -> Sequence[int]:
        """People of the same half-hour on the working days before, or of the one in which the window began, whichever
        is more."""
        if scope is Scope.TEXT:
            return []
        work, place = self._work, self._symptom.place if scope is Scope.PLACE else ""
        days, categories = self._days(), self._categories(scope)
        began = _half_hour(work, work.now - THRESHOLDS[scope].within)
        counts = []
        for half_hour in dict.fromkeys((_half_hour(work, work.now), began)):
            by_day = work.uow.symptoms.by_day(half_hour, days[-1], categories, place) if days else {}
            counts.append([by_day.get(day, 0) for day in days])
        return max(counts, key=lambda people: median(people) if people else 0)

    def _days(self) -> Sequence[int]:
        """The working days before today, the newest first."""
        time = self._work.working_time(self._symptom.unit)
        day, found = time.local_date(self._work.now), list[int]()
        for _ in range(KEPT.days):
            day -= timedelta(days=1)
            if time.windows(day):
                found.append(day.toordinal())
            if len(found) == WORKING_DAYS:
                break
        return found
