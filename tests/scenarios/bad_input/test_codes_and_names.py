"""Rows 17 and 18: joining codes, and names that would look like others."""

from __future__ import annotations

import sqlite3
from asyncio import gather
from contextlib import closing
from pathlib import Path

import pytest

from handlers.domain.people import Role
from handlers.people import join_codes
from tests.scenarios.bad_input.people import invited
from tests.scenarios.stage import Stage
from tests.scenarios.test_life_of_a_ticket import PRINTER


async def test_row_17_codes_are_random_expire_and_are_stored_only_as_a_hash(stage: Stage, tmp_path: Path) -> None:
    codes = [await invited(stage, Role.ADMIN) for _ in range(20)]
    assert len(set(codes)) == 20
    assert all(join_codes.looks_like_code(code) for code in codes)
    await stage.person("veli").says(f"/katil {codes[0]}")
    assert not _stored(tmp_path, codes)


async def test_row_17_a_code_typed_where_a_name_was_asked_joins_and_is_kept_nowhere(
    stage: Stage, tmp_path: Path
) -> None:
    code = await invited(stage, Role.TECHNICIAN, "donanim")
    selin = stage.person("selin")
    await selin.says("merhaba")
    await selin.presses("Okudum")
    await selin.says(code)
    assert any("teknisyen olarak katıldınız" in m.text for m in await selin.sees())
    assert not _stored(tmp_path, [code])


async def test_row_17_a_code_that_comes_by_an_edit_is_kept_nowhere(stage: Stage, tmp_path: Path) -> None:
    code = await invited(stage, Role.TECHNICIAN, "donanim")
    veli = stage.person("veli")
    await veli.says("/katil KOD")
    await veli.edits((await veli.sees())[0], f"/katil {code}")
    assert not _stored(tmp_path, [code])


def _stored(folder: Path, codes: list[str]) -> list[str]:
    """Which of them stand in the clear in any row of the desk."""
    with closing(sqlite3.connect(folder / "masa.db")) as database:
        rows = "\n".join(database.iterdump())
    return [spelt for code in codes for spelt in (code, code.replace("-", ""), code.lower()) if spelt in rows]


async def test_row_17_a_code_works_once_though_two_use_it_at_the_same_moment(stage: Stage) -> None:
    code = await invited(stage, Role.ADMIN)
    first, second = stage.person("bir"), stage.person("iki")
    await gather(first.says(f"/katil {code}"), second.says(f"/katil {code}"))
    admins = await stage.app.gateway.read(lambda uow: [p.handle for p in uow.people.in_role(Role.ADMIN)])
    assert len(admins) == 2, "the demo's own, and one of the two"


async def test_row_18_a_name_cannot_turn_or_break_the_lines_that_show_it(stage: Stage) -> None:
    veli = stage.person("veli")
    await veli.says(PRINTER)
    await veli.presses("Okudum")
    await veli.says("Veli\u202e \u2066Can\u061c\u2028x, Park\u200b ve\x0bBahçeler, 3\u2029kat")
    await veli.presses("Teknisyene ilet")
    card = (await stage.in_room("mehmet", "donanim").last("card")).text
    assert not set(card) & set("\u202e\u2066\u061c\u2028\u2029\u200b\x0b")
    assert len(card.splitlines()) <= 6


@pytest.mark.parametrize("typed", ["Park\n2026-000009 · ACİL", "Park\r\n\r\nKapandı"])
async def test_row_18_what_was_asked_for_is_one_line_on_the_card(stage: Stage, typed: str) -> None:
    veli = stage.person("veli")
    await veli.says(PRINTER)
    await veli.presses("Okudum")
    await veli.says("Veli Can")
    await veli.says(typed)
    await veli.says(typed)
    await veli.presses("Teknisyene ilet")
    await veli.says(typed)
    mehmet = stage.in_room("mehmet", "donanim")
    await mehmet.presses("Üstlen")
    await mehmet.presses("Beklet")
    await mehmet.presses("Firma")
    await mehmet.says(typed)
    assert len((await mehmet.last("card")).text.splitlines()) <= 6


async def test_row_18_homoglyphs_do_not_make_one_the_other(stage: Stage) -> None:
    """`аyse` with a Cyrillic а is somebody else, and their handle tells so."""
    fake = stage.person("аyse")
    await fake.says("/durum")
    handles = await stage.app.gateway.read(lambda uow: [person.handle for person in uow.people.everybody()])
    assert len(set(handles)) == len(handles) == 10
    assert not any("Ayşe" in m.text for m in await fake.sees())
