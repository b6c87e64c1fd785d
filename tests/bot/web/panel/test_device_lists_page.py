"""`/panel/cihazlar-liste`: a list of devices is brought, shown, taken in, taken back."""

from __future__ import annotations

import io
import uuid
from pathlib import Path

import openpyxl

from bot.filestore.shared_files import SharedFiles
from handlers.domain.people import Person
from handlers.people import departments
from handlers.ports import DevicesWanted
from tests.bot.web.panel.conftest import PanelVisit
from tests.bot.web.panel.device_house import furnish, press, send, visiting
from tests.bot.web.scripted_site import ScriptedSite
from tests.storage.builders import add_person

PATH = "panel/cihazlar-liste"
MESSY = Path(__file__).parents[2] / "documents" / "inventory-messy.xlsx"
HEAD = "Seri no;Cinsi;Marka;Model;Birim;Zimmetli;Oda\n"


async def bring(visit: PanelVisit, content: bytes, name: str = "liste.csv", **fields: str) -> str:
    answer = await send(visit, PATH, {"file": (name, content)}, **fields)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].removeprefix(visit.path)


def numbers(site: ScriptedSite) -> list[str]:
    return [str(one.number) for one in site.store.read(lambda uow: uow.devices.page(DevicesWanted(), limit=99))]


async def test_the_messy_list_is_shown_taken_in_and_taken_back(site: ScriptedSite, staff: dict[str, Person]) -> None:
    assert staff
    site.store.write(lambda uow: departments.begin_list(uow, ["Mali Hizmetler", "Fen İşleri"]))
    async with visiting(site, "fatma") as visit:
        here = await bring(visit, MESSY.read_bytes(), "inventory-messy.xlsx")
        shown = (await visit.get(here)).text
        for said in (
            "<strong>1</strong> yeni", "<strong>3</strong> sorunlu", "Sorunsuzları al (1)", "Vazgeç",
            "Satır 8, Sicil no: hücrede formül var", "Satır 8, Seri no: “To be filled by O.E.M.” seri",
        ):  # fmt: skip
            assert said in shown
        assert numbers(site) == [], "nothing is written yet"
        back = openpyxl.load_workbook(io.BytesIO((await visit.get(f"{here}/sorunlu.xlsx")).content)).worksheets[0]
        rows = list(back.iter_rows(values_only=True))
        assert rows[0][-1] == "Sorun"
        assert [row[0] for row in rows[1:]] == ["2", "3", "4"]
        assert "son haneleri kaybolmuş" in str(rows[1][-1])

        told = await press(visit, here, "take_in")
        assert "1 yeni, 0 değişti, 0 aynı kaldı" in told
        assert numbers(site) == ["D-00001"]
        again = await bring(visit, MESSY.read_bytes(), "inventory-messy.xlsx")
        shown = (await visit.get(again)).text
        assert "Bu dosya" in shown
        assert "Alınacak bir şey yok" in shown
        assert "1 satır eski hâlinde" in await press(visit, here, "take_back")
        assert numbers(site) == []


async def test_changes_are_shown_and_people_and_mudurlukler_are_chosen(
    site: ScriptedSite, staff: dict[str, Person]
) -> None:
    furnish(site, staff)
    twin = site.store.write(
        lambda uow: add_person(uow, "ayse2", name=staff["ayse"].name, department="Zabıta", staff_no="5230")
    )
    row = f"NEW12345;Yazıcı;HP;M404dn;Malii Hzmetler;{staff['ayse'].name};312\n"
    async with visiting(site, "fatma") as visit:
        here = await bring(visit, (HEAD + row + "PHB1234567;;HP;LaserJet M404dw;;;\n").encode())
        shown = (await visit.get(here)).text
        assert "D-00001" in shown
        assert "Model: <del>LaserJet M404dn</del> → <ins>LaserJet M404dw</ins>" in shown
        assert "“Malii Hzmetler” = <strong>Mali Hizmetler</strong>" in shown
        assert "Kişi seçilecekler" in shown
        assert "Sorunsuzları al (2)" in shown
        await press(visit, here, "take_in", kisi_0=str(twin), birim="0")
    new = site.store.read(lambda uow: uow.devices.by_number(3))
    assert new is not None
    assert (new.custody.holder, new.department) == (twin, "Mali Hizmetler")


async def test_a_column_is_said_and_the_file_need_not_be_chosen_again(
    site: ScriptedSite, staff: dict[str, Person]
) -> None:
    assert staff
    async with visiting(site, "fatma") as visit:
        here = await bring(visit, b"Seri no;Nerede\nSN12345;Zabita\n")
        assert "Okunmayan 1 sütun" in (await visit.get(here)).text
        answer = await send(visit, here, action="read_as", sutun_1="department")
        assert answer.status_code == 303
        assert "Zabita" in (await visit.get(here)).text
        later = await bring(visit, b"Nerede;Seri no\nFen;SN12346\n")
        assert "Okunmayan" not in (await visit.get(later)).text, "what was said is remembered by the heading"
        unread = await bring(visit, b"Cinsi;Nerede\nYazici;Zabita\n")
        assert "Bu dosyada tanıdığım bir başlık satırı yok" in (await visit.get(unread)).text


async def test_what_is_no_list_is_told_and_nothing_is_kept(site: ScriptedSite, staff: dict[str, Person]) -> None:
    assert staff
    async with visiting(site, "fatma") as visit:
        answer = await send(visit, PATH, {"file": ("resim.png", b"\x89PNG\r\n\x1a\n")})
        assert answer.status_code == 422
        assert "Bu bir Excel ya da CSV dosyası değil." in answer.text
        here = await bring(visit, (HEAD + "SN12345;;;;;;\n").encode())
        assert "SN12345" in (await visit.get(here)).text
        assert (await send(visit, here, action="discard")).status_code == 303
        assert (await visit.get(here)).status_code == 404
        assert (await visit.get(f"{PATH}/{uuid.uuid4()}")).status_code == 404


async def test_several_processes_share_what_was_brought_and_how_it_is_read(
    site: ScriptedSite, staff: dict[str, Person], tmp_path: Path
) -> None:
    assert staff
    async with visiting(site, "fatma", brought_lists=SharedFiles(tmp_path / "brought")) as visit:
        here = await bring(visit, b"Seri no;Nerede;Firma\nSN12345;Zabita;\n", **{"bos-siler": "1"})
        assert (await send(visit, here, action="read_as", sutun_1="department")).status_code == 303
    async with visiting(site, "fatma", brought_lists=SharedFiles(tmp_path / "brought")) as visit:
        shown = (await visit.get(here)).text
        assert "Sütunları değiştir" in shown
        assert "Zabita" in shown
