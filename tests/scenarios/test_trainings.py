"""Katılırım and Katılamam in talk."""

from __future__ import annotations

from datetime import timedelta

from handlers.trainings import planning
from tests.scenarios.stage import Stage
from tests.scenarios.test_stock import does


async def test_who_is_invited_answers_by_a_press(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says("/egitim")
    assert "Davetli olduğunuz bir eğitim yok." in (await ayse.last("trainings_none")).text
    starts = stage.clock.now() + timedelta(days=3)
    said = planning.Said(title="Excel’e giriş", starts=starts, place="Salon", trainer="Zeynep", capacity=1)
    one = await does(stage, "fatma", lambda acting: planning.plan(acting, said))
    await does(stage, "fatma", lambda acting: planning.invite(acting, one.id, ["Ayşe Yılmaz"]))
    await ayse.says("/egitim")
    invited = await ayse.last("training_invited")
    assert "Excel’e giriş eğitimine davetlisiniz (EG-2026-00001)" in invited.text
    await ayse.presses("Katılırım")
    assert "katılacağınız yazıldı." in (await ayse.last("training_answered")).text
    await ayse.says("/egitim")
    assert "Katılacağınız yazılı." in (await ayse.last("training_invited")).text
    await ayse.presses("Katılamam")
    assert "katılamayacağınız yazıldı." in (await ayse.last("training_answered")).text
