"""Which lines of a director or lead are questions about the house, and that no report is taken for one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import knowledge
from handlers.chat.house_questions import About, Question, When, read

UNITS = {"donanim": "Donanım ve Teknik Destek Birimi", "yazilim": "Yazılım Birimi"}
TRAINING = Path(knowledge.__file__).parent / "training"

ASKED = {
    "durum nedir": Question(About.NOW),
    "Durum nedir?": Question(About.NOW),
    "durum ne": Question(About.NOW),
    "durum": Question(About.NOW),
    "şu an durum nedir": Question(About.NOW),
    "genel durum nedir hocam": Question(About.NOW),
    "işler nasıl": Question(About.NOW),
    "kaç açık kayıt var": Question(About.NOW),
    "sırada kaç iş var?": Question(About.NOW),
    "yazılım birimi ne durumda": Question(About.NOW, "yazilim"),
    "yazilim ne durumda?": Question(About.NOW, "yazilim"),
    "donanımda durum ne": Question(About.NOW, "donanim"),
    "donanım biriminin durumu nedir": Question(About.NOW, "donanim"),
    "bugün durum nasıl": Question(About.NOW),
    "bugün kaç arıza geldi": Question(About.CAME),
    "bugun kac ariza geldi": Question(About.CAME),
    "BUGÜN KAÇ ARIZA GELDİ": Question(About.CAME),
    "bgün kaç arza geldi": Question(About.CAME),
    "bugün kaç tane kayıt açıldı": Question(About.CAME),
    "dün kaç kayıt geldi": Question(About.CAME, when=When.YESTERDAY),
    "bu hafta donanıma kaç talep geldi": Question(About.CAME, "donanim", When.WEEK),
    "bu hafta kaç kayıt kapandı": Question(About.WENT, when=When.WEEK),
    "geçen hafta kaç iş bitti": Question(About.WENT, when=When.LAST_WEEK),
    "bu ay kaç arıza çözüldü": Question(About.WENT, when=When.MONTH),
    "geçen ay yazılımda kaç kayıt tamamlandı": Question(About.WENT, "yazilim", When.LAST_MONTH),
    "geciken var mı": Question(About.LATE),
    "gecikmiş iş var mı?": Question(About.LATE),
    "kaç geciken kayıt var": Question(About.LATE),
    "gecken var mi": Question(About.LATE),
    "acil var mı": Question(About.URGENT),
    "kaç acil kayıt var": Question(About.URGENT),
    "acil var?": Question(About.URGENT),
    "acil kayıt varmı": Question(About.URGENT),
    "acil işler neler": Question(About.URGENT),
    "gecikme var mı": Question(About.LATE),
    "yazılımda gecikme varmı": Question(About.LATE, "yazilim"),
    "geciken kayıtlar hangi durumda, kaç tane": Question(About.LATE),
    "bugün gelen arıza var mı": Question(About.CAME),
}
NOT_ASKED = (
    "",
    "?",
    "merhaba",
    "var mı",
    "ne var ne yok",
    "nasılsın",
    "nasıl",
    "acil",
    "acil bakar mısınız",
    "kaydım ne durumda",
    "kaydımın durumu nedir",
    "arızanın durumu nedir",
    "kaydın durumu ne",
    "arıza var",
    "bir arıza var",
    "sistemde gecikme var",
    "yazılımda gecikme var",
    "sistemde gecikme var ne kadar",
    "geciken iş var",
    "acil durum var",
    "acil arıza var",
    "ACİL ARIZA VAR",
    "Acil iş var!",
    "yazılımda acil durum var",
    "şu an acil durum var",
    "donanımda durum var",
    "bugün gelen arıza var",
    "bugün arıza geldi",
    "geciken",
    "işim bitti",
    "bitti mi",
    "kapandı mı",
    "yazıcı ne durumda",
    "internet geldi mi",
    "bugün kaç yazıcı arızası geldi",
    "durum kötü",
    "durum çubuğu yok",
    "yazılım",
    "yazılım açık",
    "yazılım durdu",
    "donanım arızası var",
    "elektrik ne zaman gelir",
    "sırada mı",
    "tamamlandı",
)


@pytest.mark.parametrize("text", ASKED)
def test_a_question_is_heard_as_it_is_typed(text: str) -> None:
    assert read(text, UNITS) == ASKED[text]


@pytest.mark.parametrize("text", NOT_ASKED)
def test_what_is_none_stays_what_it_is(text: str) -> None:
    assert read(text, UNITS) is None


def test_no_report_is_taken_for_a_question() -> None:
    """Of all that the desk learns from, what is told of a fault, a wish or an answer."""
    lines = [
        line
        for file in TRAINING.rglob("*.txt")
        if file.stem not in ("status", "small_talk", "impatience", "step_question")
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    labelled = (TRAINING / "labelled.jsonl").read_text(encoding="utf-8").splitlines()
    lines += [json.loads(line)["text"] for line in labelled]
    assert len(lines) > 5_000
    assert [line for line in lines if read(line, UNITS)] == []
