"""Days and hours as people write them: `6 Şubat`, `25-26 Mayıs`, `yarın 14.00 sonrası`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from handlers.domain.errors import Invalid
from handlers.domain.working_time import Window
from handlers.terms import MONTHS, WEEKDAYS
from knowledge.language.folding import folded

_MONTHS = {folded(name): number for number, name in enumerate(MONTHS, start=1)}
WEEKDAYS_FOLDED = {folded(name): number for number, name in enumerate(WEEKDAYS)}
_NAMED = "|".join(_MONTHS)
_LONGEST = timedelta(days=366)
_DAY = (
    rf"(?P<day>\d{{1,2}})(?:\s*(?P<month>{_NAMED})|[./](?P<number>0?[1-9]|1[0-2])(?!\d))(?:\s+|[./])?(?P<year>20\d\d)?"
)
_SPAN_IN_MONTH = re.compile(
    rf"(?P<first>\d{{1,2}})\s*(?:-|–|ile|ve)\s*(?P<day>\d{{1,2}})\s*(?P<month>{_NAMED})\s*(?P<year>20\d\d)?\b"
)
_SPAN = re.compile(rf"^\s*(?:-|–|ile)\s*(?={_DAY.replace('?P<', '?P<later_')})")
_ONE = re.compile(_DAY + r"(?!\d)")
_RELATIVE = {"bugun": 0, "yarin": 1, "dun": -1}
CLOCK = r"(?:saat\s*)?(\d{1,2})(?:[.:](\d{2}))?"
_SUFFIX = r"(?:['’]?\s*(?:den|dan|ten|tan|e|a|ye|ya)\b)?"
_HOURS = re.compile(rf"\b{CLOCK}{_SUFFIX}\s*(?:-|–)\s*{CLOCK}\b")
_WINDOW = re.compile(r"\b(\d{1,2})[.:](\d{2})\s*(?:-|–)\s*(\d{1,2})[.:](\d{2})\b")
_FROM = re.compile(rf"\b{CLOCK}{_SUFFIX}\s*(?:sonrasi|sonra|itibaren)")
_UNTIL = re.compile(rf"\b{CLOCK}{_SUFFIX}\s*(?:oncesi|kadar)")
_NOON = {"ogleden sonra": (time(13), None), "ogleden once": (None, time(13))}


@dataclass(frozen=True, slots=True)
class Said:
    """What was understood; `rest`: the other words, as they were typed."""

    days: Sequence[date]
    starts: time | None
    ends: time | None
    rest: str


def read(words: str, today: date) -> Said:
    """Of a day without a year the nearest one counts. Raises Invalid where no day is said, or one that there is not."""
    plain = folded(words)
    if len(plain) != len(words):  # a letter that folds into two: then the rest is not told apart
        words = plain
    days, begin, end = _days(plain, today)
    left = plain[:begin] + " " * (end - begin) + plain[end:]
    starts, ends, hours = _hours(left)
    kept = [letter for place, letter in enumerate(words) if not (begin <= place < end or place in hours)]
    return Said(days, starts, ends, " ".join("".join(kept).strip(" ,;:.-–").split()))


def read_stretch(words: str, today: date) -> tuple[date, date | None]:
    """From a day on, or from one to another: `15 Haziran`, `19 Şubat - 19 Mart`. Raises Invalid as `read`."""
    days, _, _ = _days(folded(words), today)
    return days[0], days[-1] if len(days) > 1 else None


def _days(plain: str, today: date) -> tuple[Sequence[date], int, int]:
    """And where they stand in the words."""
    if (match := _SPAN_IN_MONTH.search(plain)) is not None:
        last = _date(match["day"], match["month"], None, match["year"], today)
        first = last.replace(day=int(match["first"])) if int(match["first"]) <= 31 else last
        return _through(first, last), match.start(), match.end()
    if (match := _ONE.search(plain)) is not None:
        first = _date(match["day"], match["month"], match["number"], match["year"], today)
        joint = _SPAN.match(plain[match.end() :])
        following = _ONE.search(plain, match.end()) if joint else None
        if following is None:
            return [first], match.start(), match.end()
        last = _date(following["day"], following["month"], following["number"], following["year"], first)
        return _through(first, last), match.start(), following.end()
    for word in re.finditer(r"\w+", plain):
        if (offset := _RELATIVE.get(word[0])) is not None:
            return [today + timedelta(days=offset)], word.start(), word.end()
        if (weekday := WEEKDAYS_FOLDED.get(word[0])) is not None:
            return [today + timedelta(days=(weekday - today.weekday()) % 7)], word.start(), word.end()
    raise Invalid("day_missing")


def _date(day: str, month: str | None, number: str | None, year: str | None, near: date) -> date:
    of_year = _MONTHS[month] if month else int(number or 0)
    years = [int(year)] if year else [near.year - 1, near.year, near.year + 1]
    found = []
    for one in years:
        try:
            found.append(date(one, of_year, int(day)))
        except ValueError:  # 29 February, of another year; 31 February, of none
            continue
    if not found:
        raise Invalid("no_such_day", misread=f"{day} {MONTHS[of_year - 1]}")
    return min(found, key=lambda one: abs(one - near))


def _through(first: date, last: date) -> Sequence[date]:
    if last < first:
        raise Invalid("days_reversed", first=first, last=last)
    if last - first > _LONGEST:
        raise Invalid("too_many_days", count=(last - first).days + 1, most=_LONGEST.days)
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _hours(plain: str) -> tuple[time | None, time | None, range]:
    """From, until, and where they stand in the words."""
    for words, (starts, ends) in _NOON.items():
        if (place := plain.find(words)) >= 0:
            return starts, ends, range(place, place + len(words))
    if (match := _HOURS.search(plain)) is not None:
        starts, ends = _clock(match[1], match[2]), _clock(match[3], match[4])
        if ends <= starts:
            raise Invalid("hours_reversed", starts=starts, ends=ends)
        return starts, ends, range(match.start(), match.end())
    if (match := _FROM.search(plain)) is not None:
        return _clock(match[1], match[2]), None, range(match.start(), match.end())
    if (match := _UNTIL.search(plain)) is not None:
        return None, _clock(match[1], match[2]), range(match.start(), match.end())
    return None, None, range(0)


def read_windows(words: str) -> tuple[tuple[Window, ...], str]:
    """Every `08.30-12.30` in it, in order, and the other words. Raises Invalid for an hour that there is not."""
    plain = folded(words)
    windows = tuple((_clock(m[1], m[2]), _clock(m[3], m[4])) for m in _WINDOW.finditer(plain))
    return windows, " ".join(_WINDOW.sub(" ", plain).split())


def _clock(hour: str, minute: str | None) -> time:
    try:
        return time(int(hour), int(minute or 0))
    except ValueError as error:
        raise Invalid("no_such_hour", misread=f"{hour}.{minute or '00'}") from error
