"""Days and hours as people write them: `6 Şubat`, `25-26 Mayıs`, `yarın 14.00 sonrası`, `haftaya pazartesi`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from handlers.domain.errors import Invalid
from handlers.domain.working_time import Window
from handlers.spoken_time import MONTHS, WEEKDAYS
from knowledge.language.folding import folded

_MONTHS = {folded(name): number for number, name in enumerate(MONTHS, start=1)} | {"ocag": 1, "aralig": 12}
"""With what is left of a "k" before a vowel: `ocağın`, `7 aralığa`."""
LENGTH = re.compile(r"(\d{1,4})\s*(dk|dakika|sa|saat|gun|is gunu)\b|\byok\b")
"""A length of working time, folded: "30 dk", "4 saat", "3 gun", "yok"."""
WEEKDAYS_FOLDED = {folded(name): number for number, name in enumerate(WEEKDAYS)}
_NAMED = "|".join(_MONTHS)
_LONGEST = timedelta(days=366)
_DAY = (
    rf"(?P<day>\d{{1,2}})(?:\s*(?P<month>{_NAMED})|[./](?P<number>0?[1-9]|1[0-2])(?!\d))(?:\s+|[./])?(?P<year>20\d\d)?"
)
_SPAN_IN_MONTH = re.compile(
    rf"(?P<first>\d{{1,2}})\s*(?:-|–|ile|ve)\s*(?P<day>\d{{1,2}})\s*(?P<month>{_NAMED})\s*(?P<year>20\d\d)?\b"
)
_FROM_THERE = r"(?:['’]?\s?(?:den|dan|ten|tan)\b)"
_JOINT = rf"\s?(?:{_FROM_THERE}|\s?(?:-|–|ile\b))\s*"
_SPAN = re.compile(rf"^{_JOINT}(?={_DAY.replace('?P<', '?P<later_')})")
_ONE = re.compile(_DAY + r"(?!\d)")
_IS_AN_HOUR = re.compile(r"^['’]?\s?(?:(?:den|dan|ten|tan)\s)?\s?(?:sonra|oncesi)")
_RELATIVE = {"bugun": 0, "yarin": 1, "dun": -1, "obur gun": 2}
_WEEKDAY = "|".join(sorted(WEEKDAYS_FOLDED, key=len, reverse=True))
_NEXT_WEEK = r"(?:haftaya|gelecek(?: hafta)?|onumuzdeki hafta)"
_NEAR = re.compile(
    rf"\b(?P<relative>{'|'.join(_RELATIVE)})(?=\b|dan\b|den\b)"
    rf"|\b(?P<next>{_NEXT_WEEK})\b(?:\s(?:(?P<of_next>{_WEEKDAY})(?=\b|[dt][ae]n\b)|(?P<today>bugun)\b))?"
    rf"|\b(?P<weekday>{_WEEKDAY})(?=\b|[dt][ae]n\b)"
)
_TO_WEEKDAY = re.compile(rf"^(?:[dt][ae]n\b\s*|{_JOINT})(?P<weekday>{_WEEKDAY})(?:y?[ae]\b)?(?:\skadar\b)?")
_SO_MANY = re.compile(r"^(?:['’]?\s?[dt][ae]n\b)?\s?(?:itibaren\b|baslayarak\b)?\s?(?P<count>\d{1,2})\s?gun\b")
_TO_THERE = re.compile(r"^['’]?y?[ae]\b(?:\skadar\b)?|^\skadar\b")
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
    near, one = _NEAR.search(plain), _ONE.search(plain)
    if one is not None and one["number"] and not one["year"] and _IS_AN_HOUR.match(plain[one.end() :]):
        one = None
    if one is not None and (near is None or one["month"] or one.start() < near.start()):
        return _dated(plain, one, today)
    if near is None:
        raise Invalid("day_missing")
    return _near(plain, near, today)


def _dated(plain: str, one: re.Match[str], today: date) -> tuple[Sequence[date], int, int]:
    first = _date(one["day"], one["month"], one["number"], one["year"], today)
    joint = _SPAN.match(plain[one.end() :])
    following = _ONE.search(plain, one.end()) if joint else None
    if following is None:
        return _counted(plain, first, one.start(), one.end())
    last = _date(following["day"], following["month"], following["number"], following["year"], first)
    ended = _TO_THERE.match(plain[following.end() :])
    return _through(first, last), one.start(), following.end() + (ended.end() if ended else 0)


def _near(plain: str, near: re.Match[str], today: date) -> tuple[Sequence[date], int, int]:
    """`yarın`, `cuma`, `haftaya pazartesi`; `haftaya` alone is the whole week of work."""
    monday = today + timedelta(days=7 - today.weekday())
    if near["next"] and not near["of_next"]:
        if near["today"]:
            return [today + timedelta(days=7)], near.start(), near.end()
        return _through(monday, monday + timedelta(days=4)), near.start(), near.end()
    if near["next"]:
        first = monday + timedelta(days=WEEKDAYS_FOLDED[near["of_next"]])
    elif near["relative"]:
        first = today + timedelta(days=_RELATIVE[near["relative"]])
    else:
        first = _coming(near["weekday"], today)
    if (until := _TO_WEEKDAY.match(plain[near.end() :])) is not None:
        return _through(first, _coming(until["weekday"], first)), near.start(), near.end() + until.end()
    return _counted(plain, first, near.start(), near.end())


def _coming(weekday: str, since: date) -> date:
    return since + timedelta(days=(WEEKDAYS_FOLDED[weekday] - since.weekday()) % 7)


def _counted(plain: str, first: date, begin: int, end: int) -> tuple[Sequence[date], int, int]:
    """`yarından itibaren 3 gün`: of the calendar, as leaves are counted (657 m.102)."""
    many = _SO_MANY.match(plain[end:])
    if many is None or int(many["count"]) < 1:
        return [first], begin, end
    return _through(first, first + timedelta(days=int(many["count"]) - 1)), begin, end + many.end()


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


def length_of(match: re.Match[str], full_day: timedelta) -> timedelta | None:
    """What `LENGTH` found; None: yok. `full_day`: a working day."""
    if match[1] is None:
        return None
    number, unit = int(match[1]), match[2]
    return number * (
        full_day if "gun" in unit else timedelta(hours=1) if unit.startswith("sa") else timedelta(minutes=1)
    )
