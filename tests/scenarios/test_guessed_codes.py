"""Guessing codes leaves a trace, and gets slower."""

from __future__ import annotations

from handlers.domain.people import Role
from handlers.people.join_codes import FREE_TRIES, REFUSED
from tests.scenarios.bad_input.people import invited
from tests.scenarios.stage import Stage


async def test_who_guesses_waits_and_whoever_mistypes_does_not(stage: Stage) -> None:
    code = await invited(stage, Role.TECHNICIAN, "donanim")
    veli = stage.person("veli")
    for number in range(FREE_TRIES):
        await veli.says(f"/katil ABCDE-FGH2{number + 2}")
        assert "Bu kod geçerli değil" in (await veli.last()).text
    await veli.says(f"/katil {code}")
    assert "5 dakika sonra" in (await veli.last()).text, "not even the right one is looked at"
    stage.clock.advance(minutes=5, seconds=1)
    for number in range(FREE_TRIES):
        await veli.says(f"/katil ZBCDE-FGH2{number + 2}")
        stage.clock.advance(minutes=5, seconds=1)
    await veli.says(f"/katil {code}")
    assert "dakika sonra" in (await veli.last()).text, "ten within an hour: an hour"
    hasan = stage.person("hasan")
    await hasan.says("/katil ABCDE-FGH23")
    assert "Bu kod geçerli değil" in (await hasan.last()).text, "others wait for nobody"
    stage.clock.advance(minutes=61)
    await veli.says(f"/katil {code}")
    assert "teknisyen olarak katıldınız" in (await veli.last("joined")).text
    trace = [row for row in stage.app.store.read(lambda uow: uow.audit.recent()) if row[2] == REFUSED]
    assert len(trace) == 2 * FREE_TRIES + 1
    assert {row[4] for row in trace} == {stage.channel}
    assert not any("FGH2" in row[3] for row in trace), "what was typed stands nowhere"
