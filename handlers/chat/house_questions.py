"""What a director or lead asks about the house: "durum nedir", "bugün kaç arıza geldi", "geciken var mı".

Every word of such a question is one of the few that these are made of: a word more, a printer or a name, and it is what
it would be from anybody else. So no report is ever taken for a question.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto

from handlers.chat import drafts
from handlers.chat.standing import OF_A_REPORTER
from handlers.chat.turn import Turn
from handlers.domain.people import Role, UnitId
from handlers.domain.rights import Action, may
from handlers.queries import overview
from knowledge.language import comparison
from knowledge.language.folding import folded
from knowledge.language.quoting import is_quoted

MOST_WORDS = 10
_WORD = re.compile(r"[a-z0-9]+")
_ASKING = frozenset({Role.LEAD, Role.DIRECTOR})


class About(Enum):
    NOW = auto()
    """How it stands."""
    LATE = auto()
    URGENT = auto()
    CAME = auto()
    """How many came, and went."""
    WENT = auto()


class When(Enum):
    TODAY = auto()
    YESTERDAY = auto()
    WEEK = auto()
    LAST_WEEK = auto()
    MONTH = auto()
    LAST_MONTH = auto()


@dataclass(frozen=True, slots=True)
class Question:
    about: About
    unit: UnitId | None = None
    when: When = When.TODAY


def _words(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


_FILLERS = _words(
    "selam biriminin merhaba gunaydin hocam arkadaslar peki ya acaba simdi su an anda itibariyle itibariyla bana",
    "soyle soyler misin misiniz verir ver lutfen genel olarak bizim bizde birim birimi birimin birimde",
    "birimimiz birimimizde yardim masasi masasinda masada toplam tane adet hic da de ta te mi mu midir",
    "mudur in nin un icinde icin kadar daha bilgi alabilir miyim miyiz sistemde elimizde elde ve hangi",
    "durumda",
)
_THINGS = _words(
    "kayit arza kayitlar kayitlari kayitlarda kayitlarin ariza arizalar arizalari arizalarin is isler islerin",
    "isleri talep talepler taleplerin bildirim bildirimler",
)
_CAME = _words("geldi gelen gelmis acildi acilan acilmis girildi dustu bildirildi")
_WENT = _words(
    "kapandi kapanan kapatildi kapatilan kapanmis tamamlandi tamamlanan tamamlanmis bitti biten bitirildi",
    "cozuldu cozulen",
)
_LATE = _words("geciken gecikenler gecikmis gecikti gecikmede geciktik")
_DELAY = _words("gecikme")
"""Also what a slow program is told with: it asks only beside "mı"."""
_URGENT = _words("acil aciller")
_STANDS = _words("durum durumlar durumu durumda durumlari vaziyet")
_OPEN = _words("acik bekleyen bekliyor sirada kuyrukta")
_HOW_MANY = _words("kac kacar")
_WHAT = _words("ne nedir neler nasil nasildir")
_WHETHER = _words("mi mu midir mudur varmi")
_THERE_IS = _words("var")
"""Asks only beside one of the others: "acil arıza var" is a report."""
_TIMES = {
    ("bugun",): When.TODAY,
    ("dun",): When.YESTERDAY,
    ("bu", "hafta"): When.WEEK,
    ("gecen", "hafta"): When.LAST_WEEK,
    ("bu", "ay"): When.MONTH,
    ("gecen", "ay"): When.LAST_MONTH,
}
_ASKS = _HOW_MANY | _WHAT | _WHETHER
_KNOWN = _FILLERS | _THINGS | _CAME | _WENT | _LATE | _DELAY | _URGENT | _STANDS | _OPEN | _ASKS | _THERE_IS
_LONG = [word for word in sorted(_KNOWN | {"bugun", "hafta"}) if len(word) >= 5]
"""Of which one with a letter wrong is still itself."""


def heard(turn: Turn, text: str, files: tuple[str, ...]) -> bool:
    """Whether it was such a question from somebody who leads, and is answered. What is asked of them comes first."""
    if files or not (turn.person.roles & _ASKING) or is_quoted(text):
        return False
    question = read(text, {unit: turn.desk.unit_title(unit) for unit in turn.desk.units})
    if question is None or _is_an_answer(turn, question):
        return False
    _answer(turn, question)
    return True


def _is_an_answer(turn: Turn, question: Question) -> bool:
    expects = turn.dialog.expects
    if expects is not None and (expects.kind not in OF_A_REPORTER or question.about is About.NOW):
        return True
    return question == Question(About.NOW) and drafts.live(turn) is not None  # how their own report stands


def read(text: str, units: dict[UnitId, str]) -> Question | None:
    """`units`: with their titles. None: it is none of these questions."""
    words = _WORD.findall(folded(text).replace("'", " "))
    if not 0 < len(words) <= MOST_WORDS or len(" ".join(words)) < len(folded(text)) // 2:
        return None
    when, words = _when(words)
    unit, words = _unit(words, units)
    said = {_mended(word) for word in words}
    if not said <= _KNOWN:
        return None
    about = _about(said, text, named=unit is not None or when is not None)
    return None if about is None else Question(about, unit, when or When.TODAY)


def _about(said: set[str], text: str, *, named: bool) -> About | None:
    asks = bool(said & _ASKS) or "?" in text
    counts = bool(said & _HOW_MANY)
    if said & _DELAY:
        return About.LATE if said & _WHETHER else None
    if said & _LATE and asks:
        return About.LATE
    if said & _URGENT and asks and not said & (_CAME | _WENT):
        return About.URGENT
    if said & _WENT and counts:
        return About.WENT
    if said & _CAME and (counts or (asks and bool(said & {"var", "varmi", "neler"} and said & _THINGS))):
        return About.CAME
    if counts and said & _THINGS and said & (_OPEN | {"var"}):
        return About.NOW
    if said & _STANDS and (asks or said <= _STANDS | _FILLERS) and not said & (_OPEN | _CAME | _WENT):
        of_one = bool(said & {"durumu"}) and not named and not said & {"islerin", "kayitlarin", "arizalarin"}
        return None if of_one or said & {"kayit", "ariza", "talep", "bildirim"} else About.NOW
    if {"isler", "nasil"} <= said:
        return About.NOW
    return None


def _when(words: list[str]) -> tuple[When | None, list[str]]:
    mended = ["bugun" if word in ("bgun", "bugn", "buguun", "bugunku") else word for word in words]
    mended = [word.removesuffix("ki") if word in ("haftaki",) else word for word in mended]
    for said, when in _TIMES.items():
        for place in range(len(mended) - len(said) + 1):
            if tuple(mended[place : place + len(said)]) == said:
                return when, mended[:place] + mended[place + len(said) :]
    return None, words


def _unit(words: list[str], units: dict[UnitId, str]) -> tuple[UnitId | None, list[str]]:
    """A unit by its name or the first word of its title, with whatever ending."""
    for unit, title in units.items():
        for name in {folded(unit), folded(title).split()[0]}:
            for place, word in enumerate(words):
                if word.startswith(name) and len(word) - len(name) <= 5:
                    return unit, words[:place] + words[place + 1 :]
    return None, words


def _mended(word: str) -> str:
    if word in _KNOWN or len(word) < 5:
        return word
    return comparison.meant(word, ((one, one) for one in _LONG), comparison.THINGS) or word


# --- answering ----------------------------------------------------------------------------------
def _answer(turn: Turn, question: Question) -> None:
    if may(turn.person, Action.READ_ALL):
        turn.uow.audit.log(turn.now, turn.person.id, "summary", question.unit or "*", turn.channel)
    now = overview.look(turn, question.unit)
    first, last = _days(question.when, now.today)
    turn.say(
        turn.address,
        "house_question",
        asked_about=question.about.name.lower(),
        stretch_said=_SAID[question.when],
        overview=now,
        flow=overview.came_and_went(turn, question.unit, first, last),
        page="/panel/gosterge" + (f"?birim={question.unit}" if question.unit else ""),
    )


_SAID = {
    When.TODAY: "Bugün",
    When.YESTERDAY: "Dün",
    When.WEEK: "Bu hafta",
    When.LAST_WEEK: "Geçen hafta",
    When.MONTH: "Bu ay",
    When.LAST_MONTH: "Geçen ay",
}
_DAYS: dict[When, Callable[[date], tuple[date, date]]] = {
    When.TODAY: lambda today: (today, today),
    When.YESTERDAY: lambda today: (today - timedelta(days=1), today - timedelta(days=1)),
    When.WEEK: lambda today: (_monday(today), today),
    When.LAST_WEEK: lambda today: (_monday(today) - timedelta(days=7), _monday(today) - timedelta(days=1)),
    When.MONTH: lambda today: (today.replace(day=1), today),
    When.LAST_MONTH: lambda today: (
        (today.replace(day=1) - timedelta(days=1)).replace(day=1),
        today.replace(day=1) - timedelta(days=1),
    ),
}


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _days(when: When, today: date) -> tuple[date, date]:
    return _DAYS[when](today)
