"""The privacy notice says what the law wants said, in the terms that are set, and a changed one is shown again."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

import pytest

from bot.texts import TEMPLATES
from handlers.domain.notice import DEFAULT, TEXT_VERSION, PrivacyNotice, name_of
from handlers.messages import plain
from tests.handlers.domain.builders import person
from tests.scenarios.stage import shared_desk

TEXTS = {5: "a95a107e7515a85c"}
"""Version → the template's text. Who changes the text raises the version (`handlers.domain.notice.TEXT_VERSION`)."""
FULL = PrivacyNotice(
    institution="Deniz Belediyesi",
    address="Deniz Cad. 1, deniz@hs01.kep.tr",
    requests="kvkk@deniz.bel.tr",
    chat_months=7,
    ticket_months=31,
    register_years=11,
)


def said(notice: PrivacyNotice = FULL, platform: str = "") -> str:
    desk = replace(shared_desk(), notice=notice)
    return plain(desk.texts.render("notice", desk=desk, person=person(), platform=platform, read=True, kept=False))


def test_a_changed_text_has_a_version_of_its_own() -> None:
    text = (TEMPLATES / "notice.txt").read_bytes()
    assert {TEXT_VERSION: hashlib.sha256(text).hexdigest()[:16]} == TEXTS


@pytest.mark.parametrize(
    "block",
    [
        "Veri sorumlusu: ", "Başkanlığı, Deniz Cad. 1, deniz@hs01.kep.tr", "Neden: ", "Nasıl ve dayanak: ",
        "m.5/2-ç ve e",
        "otomatik yollarla", "Kime: ", "size verilen görevler",
        "servis firması", "Haklarınız (Kanun m.11)", "kvkk@deniz.bel.tr", "30 günde",
        "7 ay", "31 ay", "11 yıl", FULL.name,
    ],
)  # fmt: skip
def test_every_block_of_the_law_is_there(block: str) -> None:
    assert block in said()


def test_it_promises_nothing_that_is_not_so() -> None:
    assert "paylaşılmaz" not in said()
    assert "kurumun uyguladığı süreler; süresi dolanı kurum siler" in said(), "nothing destroys by itself"
    assert "yurt dışındaki" not in said()
    assert "Telegram şirketinin yurt dışındaki sunucularından da geçer. Zorunlu değildir" in said(platform="Telegram")


@pytest.mark.parametrize(
    "changed",
    [
        {"institution": "Dağ Belediyesi"}, {"address": "Dağ Cad. 1"}, {"requests": "dilekçe"}, {"chat_months": 3},
        {"ticket_months": 12}, {"register_years": 5}, {"inventory": True},
    ],
)  # fmt: skip
def test_whatever_changes_in_it_makes_it_another_one(changed: dict[str, Any]) -> None:
    other = replace(DEFAULT, **changed)
    assert other.version != DEFAULT.version
    assert other.version > 1, "whoever was shown the first one is shown this one"
    assert other.name != DEFAULT.name


def test_machines_that_report_themselves_are_told_of_where_they_do() -> None:
    told = said(replace(FULL, inventory=True))
    assert "kurum cihazlarındaki envanter yazılımından" in told
    assert "hangi programla çalışmış: alınmaz" in told
    assert "envanter" not in said()
    assert "zimmetinizdeki cihazlar" in said()


def test_the_houses_own_words_make_it_another_one() -> None:
    own = FULL.in_words("Veri sorumlusu biziz.")
    assert own.version != FULL.version
    assert own.version != FULL.in_words("Veri sorumlusu belediyedir.").version
    assert own.in_words("").version == FULL.version, "who read the shipped text is asked no more"
    assert (FULL.version, DEFAULT.version) == (5_819_082, 5_010_697), "of what is not edited it stays what it was"


def test_a_version_is_called_what_the_text_calls_itself() -> None:
    assert name_of(FULL.version) == FULL.name
    assert FULL.name.startswith(f"{TEXT_VERSION}-")
    assert name_of(1) == "1", "the first text was the same in every house"
