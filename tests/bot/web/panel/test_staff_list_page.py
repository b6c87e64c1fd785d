"""`/panel/kisiler-liste`: brought, shown, taken in, taken back."""

from __future__ import annotations

import re
import uuid
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from bot.documents import staff_csv
from bot.filestore.shared_files import SharedFiles
from bot.web import Invitation, WebSettings, build
from bot.web.panel.brought_lists import BroughtLists
from handlers.chat.dispatch import handle
from handlers.domain.brought_lists import ReadAs
from handlers.domain.devices import Custody, CustodyKind, Device
from handlers.domain.idempotency import asked_by_page
from handlers.domain.numbers import EVER, Series
from handlers.domain.page_changes import Outcome
from handlers.domain.people import Account, Person
from handlers.events import PersonAsked
from handlers.people import join_codes
from handlers.ports import UnitOfWork
from tests.bot.web.panel.conftest import UNITS, Open, PanelVisit
from tests.bot.web.scripted_site import START, ScriptedSite
from tests.bot.web.visiting import connect
from tests.scenarios.stage import shared_desk
from tests.storage.builders import add_person

PATH = "panel/kisiler-liste"
HEAD = "Sicil No;Ad Soyad;Müdürlük;Oda\n"
THREE = HEAD + "1;Can Su;Zabıta;4\n2;Veli Ak;Fen İşleri;5\n3;;Zabıta;\n"


@pytest.fixture
async def admin(site: ScriptedSite, staff: dict[str, Person]) -> Any:
    """Their browser, of a desk that does what is asked."""

    def play(uow: UnitOfWork, event: object, _person: Person) -> None:
        handle(shared_desk(), uow, event, shared_desk().knowledge.read)  # type: ignore[arg-type]

    assert staff
    site.script = play
    async with connect(build(site, admin_settings())) as client:
        client.headers["Accept"] = "text/html"
        visit = PanelVisit(client, "/demo/admin/")
        await visit.open()
        yield visit


def admin_settings() -> WebSettings:
    def read(brought: bytes | str, said: ReadAs) -> Any:
        return staff_csv.pasted(brought, said) if isinstance(brought, str) else staff_csv.brought(brought, said)

    return WebSettings(demo=True, desk=shared_desk(), units=UNITS, staff_list=read, invitations=_drawn)


def _drawn(found: Any) -> bytes:
    return "\n".join(f"{one.name} {one.code} {one.link}" for one in found if isinstance(one, Invitation)).encode()


async def send(visit: PanelVisit, path: str, files: Any = None, **fields: Any) -> httpx.Response:
    page = await visit.get(path)
    token = re.search(r'name="form_token" value="([0-9a-f]{64})"', page.text)
    data = {"form_token": token[1] if token else visit.token, "key": str(uuid.uuid4()), **fields}
    return await visit.client.post(f"{visit.path}{path}", data=data, files=files)


async def bring(visit: PanelVisit, text: str, name: str = "personel.csv", **fields: str) -> str:
    answer = await send(visit, PATH, {"file": (name, text.encode())}, **fields)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].removeprefix(visit.path)


async def press(visit: PanelVisit, path: str, action: str, **fields: Any) -> str:
    answer = await send(visit, path, action=action, **fields)
    assert answer.status_code == 303, answer.text
    return (await visit.client.get(answer.headers["location"])).text


def people(site: ScriptedSite) -> dict[str, Person]:
    return {one.staff_no: one for one in site.store.read(lambda uow: uow.people.everybody()) if one.staff_no}


async def test_a_list_is_shown_taken_in_and_taken_back(admin: PanelVisit, site: ScriptedSite) -> None:
    site.store.write(
        lambda uow: add_person(uow, "veli", name="Veli Ak", department="Fen İşleri", room="1", staff_no="2")
    )
    site.store.write(lambda uow: add_person(uow, "gider", name="Gider Er", staff_no="99"))
    path = await bring(admin, THREE)
    page = (await admin.get(path)).text
    for said in ("<strong>1</strong> yeni", "<strong>1</strong> değişen", "<strong>1</strong> hatalı", "2 satırı al"):
        assert said in page
    assert "Oda: <del>1</del> → <ins>5</ins>" in page
    assert "4. satır: Ad soyad boş" in page
    assert "Gider Er" in (await admin.get(path, tur="eksik")).text
    assert set(people(site)) == {"2", "99"}, "nothing was done yet"
    page = await press(admin, path, "take_in")
    assert "1 eklendi, 1 değişti" in page
    assert (people(site)["1"].name, people(site)["2"].room) == ("Can Su", "5")
    await press(admin, path, "take_in")
    assert len([one for one in site.accepted if isinstance(one, PersonAsked)]) == 1, "pressed twice"
    again = await bring(admin, THREE)
    page = (await admin.get(again)).text
    assert "tarihinde alınmıştı: 0 yeni, 2 aynı" in page
    assert "Alınacak bir şey yok" in page
    page = await press(admin, path, "take_back")
    assert "2 satır eski hâlinde" in page
    assert people(site)["2"].room == "1"
    assert set(people(site)) == {"2", "99"}
    assert "geri alındı" in (await admin.get(PATH)).text
    refused = await send(admin, path, action="take_in")
    assert refused.status_code == 422
    assert "Bu liste geri alınmıştı" in refused.text


async def test_a_list_that_was_not_taken_waits_and_can_be_dropped(admin: PanelVisit, site: ScriptedSite) -> None:
    path = await bring(admin, f"{THREE}4;fatma demir;;\n")
    assert "5. satır, <bdi>fatma demir</bdi>: Müdürlük boş" in (await admin.get(path)).text
    page = (await admin.get(PATH)).text
    assert "henüz alınmadı" in page
    assert path in page
    page = await press(admin, path, "discard")
    assert "henüz alınmadı" not in page
    assert "Henüz liste alınmadı" in page
    assert (await admin.get(path)).status_code == 404
    path = await bring(admin, f"{THREE}4;fatma demir;;\n")
    assert "fatma demir" not in await press(admin, path, "take_in")
    await bring(admin, THREE.replace("Zabıta", "Zapta"))
    path = await bring(admin, f"{HEAD}9;Ali Er;Uzay İşleri;\n")
    assert "listede olmayan müdürlük: “Uzay İşleri” (1 kişi)" in (await admin.get(path)).text


async def test_who_may_be_known_is_tied_when_ticked(admin: PanelVisit, site: ScriptedSite) -> None:
    guest = site.store.write(lambda uow: add_person(uow, "can", name="Can Su", department=""))
    path = await bring(admin, THREE)
    page = (await admin.get(path)).text
    assert "Can Su</bdi>" in page
    assert "(sicili yok) mı?" in page
    await press(admin, path, "take_in", same="0")
    assert people(site)["1"].id == guest


@pytest.mark.parametrize(
    ("fields", "files", "says"),
    [
        ({}, None, "Bir dosya seçin"),
        ({"pasted": "Kim\tNerede\nAli\t3"}, None, "sütunu bulunamadı"),
        ({}, {"file": ("a.pdf", b"%PDF-1.4")}, "PDF"),
        ({}, {"file": ("a.csv", b"x" * 5_000_001)}, "çok büyük"),
    ],
)
async def test_what_is_no_list_is_refused_in_words(
    admin: PanelVisit, fields: dict[str, str], files: Any, says: str
) -> None:
    answer = await send(admin, PATH, files or {"file": ("", b"")}, **fields)
    assert answer.status_code == 422
    assert says in answer.text
    assert fields.get("pasted", "") in answer.text


async def test_only_the_admin_brings_lists(opened: Open) -> None:
    for handle_ in ("fatma", "kemal", "denetci", "mehmet"):
        visit = await opened(handle_)
        for path in (PATH, f"{PATH}/{uuid.uuid4()}", "panel/kisiler-davet", "panel/kisiler/hasan/veriler.json"):
            assert (await visit.get(path)).status_code == 403, (handle_, path)
    visit = await opened("admin")
    gone = await visit.get(f"{PATH}/{uuid.uuid4()}")
    assert (gone.status_code, "artık tutulmuyor; yeniden seçin" in gone.text) == (404, True)
    assert (await visit.get(f"{PATH}/x")).status_code == 404


async def test_an_invitation_is_shown_once_used_once_and_revoked(admin: PanelVisit, site: ScriptedSite) -> None:
    seed = str(uuid.uuid4())
    answer = await send(admin, "panel/kisiler-davet", action="invite", role="technician", unit="donanim", seed=seed)
    code = re.search(r"<code>([A-Z2-9]{5}-[A-Z2-9]{5})</code>", answer.text)
    assert code is not None, answer.text
    assert f"/#kod={code[1]}" in answer.text
    assert 'href="http' not in answer.text, "the link is for somebody else: it is not to be opened here"
    assert "kim açıp <strong>Katıl</strong>’a basarsa davet onun olur" in answer.text
    assert "<svg" in answer.text
    assert "style=" not in answer.text
    again = await send(admin, "panel/kisiler-davet", action="invite", role="technician", unit="donanim", seed=seed)
    assert code[1] in again.text
    page = (await admin.get("panel/kisiler-davet")).text
    assert page.count("teknisyen, ") == 1
    assert code[1] not in page
    found = re.search(r'name="code" value="([0-9a-f]{64})"', page)
    assert found is not None
    page = await press(admin, "panel/kisiler-davet", "revoke", code=found[1])
    assert "geri alındı" in page
    kept = site.store.read(lambda uow: uow.codes.get(found[1]))
    assert kept is not None
    assert kept.revoked_at is not None
    refused = await send(admin, "panel/kisiler-davet", action="invite", role="lead", unit="", seed=seed)
    assert refused.status_code == 422
    assert "birim" in refused.text


async def test_who_is_invited_by_a_name_that_is_known_is_asked_about(admin: PanelVisit, site: ScriptedSite) -> None:
    whom = site.store.write(
        lambda uow: add_person(uow, "kaya", name="Mehmet Kaya", department="Bilgi İşlem", room="101", staff_no="7")
    )
    given = {"action": "invite", "name": "mehmet kya", "role": "technician", "seed": str(uuid.uuid4())}
    incomplete = await send(admin, "panel/kisiler-davet", **given)
    assert incomplete.status_code == 422
    for kept in ("Teknisyen için birim seçin.", 'value="mehmet kya"', '<option value="technician" selected>'):
        assert kept in incomplete.text
    assert "/davet" not in incomplete.text
    asked = await send(admin, "panel/kisiler-davet", unit="donanim", **given)
    assert "Mehmet Kaya, Bilgi İşlem, 101</bdi></strong> – bu kişi mi?" in asked.text
    assert 'class="invited"' not in asked.text
    made = await send(admin, "panel/kisiler-davet", unit="donanim", whom="kaya", **given)
    assert "Mehmet Kaya</bdi> (teknisyen, Donanım" in made.text
    new = await send(admin, "panel/kisiler-davet", unit="donanim", new="1", **{**given, "seed": str(uuid.uuid4())})
    assert "mehmet kya</bdi>" in new.text
    kept = {(one.person, one.name, one.role, one.unit) for one in site.store.read(lambda uow: uow.codes.made(None, 9))}
    assert kept == {(whom, "", "technician", "donanim"), (None, "mehmet kya", "technician", "donanim")}
    own = await send(admin, "panel/kisiler-davet", whom="admin", **{**given, "role": "auditor"})
    assert own.status_code == 422
    assert "<span><bdi>Mehmet Kaya</bdi> için davet</span>" in (await admin.get("panel/kisiler-davet", kim="kaya")).text


async def test_who_said_a_listed_name_is_shown_and_joined(admin: PanelVisit, site: ScriptedSite) -> None:
    def come(uow: UnitOfWork) -> None:
        add_person(uow, "a.y", name="ŞÜKRAN BAŞ", department="Mali Hizmetler", room="305", staff_no="7")
        uow.people.add(Person(handle="misafir", name="şükran baş", department="mali hizmetlr"))

    site.store.write(come)
    page = (await admin.get("panel/kisiler", kim="ayni")).text
    for said in ("Aynı kişi mi? (1)", "Aynı kişi mi? <bdi>ŞÜKRAN BAŞ, Mali Hizmetler, 305</bdi>", "1 kişi"):
        assert said in page
    assert "Bununla birleştir" in (await admin.get("panel/kisiler/misafir")).text
    assert "kisiler/misafir" in (await admin.get("panel/kisiler/a.y")).text
    shown = await send(admin, "panel/kisiler/misafir", action="join", twin="a.y")
    assert "ile birleştirilsin mi?" in shown.text
    assert "geri alınamaz: listedeki kişi masayı zaten kullanıyordu" in shown.text
    page = await press(admin, "panel/kisiler/misafir", "join", twin="a.y", sure="1")
    assert "Birleştirildi" in page
    assert "geri alınamaz: listedeki kişi masayı zaten kullanıyordu" in page
    assert 'value="part"' not in page
    assert "<bdi>ŞÜKRAN BAŞ</bdi>" in page
    assert "Aynı kişi mi?" not in (await admin.get("panel/kisiler")).text
    refused = await send(admin, "panel/kisiler/hasan", action="join", twin="kimse")
    assert refused.status_code == 422


async def test_two_who_were_joined_are_parted_again(admin: PanelVisit, site: ScriptedSite) -> None:
    def come(uow: UnitOfWork) -> None:
        uow.people.add(Person(handle="a.y", name="ŞÜKRAN BAŞ", department="Mali Hizmetler", staff_no="7"))
        add_person(uow, "misafir", name="şükran baş", department="mali hizmetler")

    site.store.write(come)
    shown = await send(admin, "panel/kisiler/misafir", action="join", twin="a.y")
    assert "14 gün içinde" in shown.text
    assert "geri alınamaz" not in shown.text
    page = await press(admin, "panel/kisiler/misafir", "join", twin="a.y", sure="1")
    assert "<bdi>şükran baş</bdi> adıyla yazan kişi" in page
    assert 'value="part"' in page
    page = await press(admin, "panel/kisiler/a.y", "part")
    assert "Geri alındı: ikisi yine ayrı kişiler" in page
    assert 'value="part"' not in page
    guest = await admin.get("panel/kisiler/misafir")
    assert "Bununla birleştir" in guest.text
    again = await send(admin, "panel/kisiler/a.y", action="part")
    assert (again.status_code, "birleşik değil" in again.text) == (422, True)
    audit = [line[2] for line in site.store.read(lambda uow: uow.audit.recent(9))]
    assert audit[0] == "people_parted"


async def test_a_sheet_has_a_code_for_everybody_without_an_account(admin: PanelVisit, site: ScriptedSite) -> None:
    add = lambda uow, n: uow.people.add(Person(handle=f"k{n}", name=f"Kişi {n}", department="Park", staff_no=str(n)))  # noqa: E731
    for n in range(2):
        site.store.write(lambda uow, n=n: add(uow, n))
    site.store.write(lambda uow: add_person(uow, "hesapli", department="Park"))
    answer = await send(admin, "panel/kisiler-davet", action="sheet", department="Park", seed=str(uuid.uuid4()))
    assert answer.headers["content-type"] == "application/pdf"
    assert [line[:6] for line in answer.text.splitlines()] == ["Kişi 0", "Kişi 1"]
    assert len(site.store.read(lambda uow: uow.codes.made(None, 9))) == 2
    nobody = await send(admin, "panel/kisiler-davet", action="sheet", department="Yok", seed=str(uuid.uuid4()))
    assert "kimse yok" in nobody.text


async def test_every_sheet_of_a_page_that_stays_open_is_of_codes_that_are_kept(
    admin: PanelVisit, site: ScriptedSite
) -> None:
    """The answer is a file: key and seed of the form are the same when it is sent again."""
    for n in range(60):
        department = "Park" if n else "Su"
        someone = Person(handle=f"k{n}", name=f"Kişi {n}", department=department, staff_no=str(n))
        site.store.write(lambda uow, someone=someone: uow.people.add(someone))
    same = {"seed": str(uuid.uuid4()), "key": str(uuid.uuid4())}
    for department, count in (("Park", 59), ("Su", 1), ("Park", 59)):
        sheet = await send(admin, "panel/kisiler-davet", action="sheet", department=department, **same)
        codes = re.findall(r"[A-Z2-9]{5}-[A-Z2-9]{5}(?= )", sheet.text)
        kept = site.store.read(lambda uow, codes=codes: [uow.codes.get(join_codes.code_hash(one)) for one in codes])
        assert (len(kept), None in kept) == (count, False), department
    first = (await admin.get("panel/kisiler-davet")).text
    older = re.search(r'href="/demo/admin/(panel/kisiler-davet[?]once=[^"]*)"', first)
    assert older is not None
    hashes = re.findall(r'name="code" value="([0-9a-f]{64})"', first + (await admin.get(older[1])).text)
    assert (len(hashes), len(set(hashes))) == (60, 60), "each can be taken back"
    await press(admin, "panel/kisiler-davet", "revoke", code=join_codes.code_hash(codes[0]))
    stale = await send(admin, "panel/kisiler-davet", action="sheet", department="Park", **same)
    assert stale.status_code == 422
    assert "artık geçmiyor" in stale.text
    for odd in ("0001-01-01T00:00:00%2B03:00", "9999-12-31T23:59:59_00000000", "x", "_", "%00"):
        assert (await admin.get(f"panel/kisiler-davet?once={odd}")).status_code == 200, odd


# --- a person's page ------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["ışıl.ğ", "a/b", "a#b", "a?b=c", "%41"])
async def test_whatever_the_handle_there_is_a_page_and_all_on_it_works(
    admin: PanelVisit, site: ScriptedSite, name: str
) -> None:
    site.store.write(lambda uow: uow.people.add(Person(handle=name, name="Su Er", verified=True)))
    found = re.search(r'href="/demo/admin/(panel/kisiler/[^"]*)"', (await admin.get("panel/kisiler", q="su er")).text)
    assert found is not None
    await press(admin, found[1], "rename", name="Su Ak")
    changed = site.store.read(lambda uow: uow.people.by_handle(name))
    assert changed is not None
    assert changed.name == "Su Ak"
    data = await admin.get(f"{found[1]}/veriler.json")
    assert data.status_code == 200
    assert f"filename*=UTF-8''kisi-{quote(name, safe='')}.json" in data.headers["content-disposition"]
    far = await send(admin, found[1], action="give_role", role="director", unit="", until="9999-12-31")
    assert far.status_code == 422
    assert "diye bir gün yok" in far.text


async def test_a_role_is_given_for_a_time_and_never_to_oneself(admin: PanelVisit, site: ScriptedSite) -> None:
    page = await press(admin, "panel/kisiler/hasan", "give_role", role="technician", unit="donanim", until="2026-11-30")
    assert "Yetkisi yazıldı" in page
    assert "son gün 30 Kas 2026" in page
    logged = [line for line in site.store.read(lambda uow: uow.audit.recent()) if line[2] == "role_given"]
    assert logged[0][3].startswith("hasan requester:- → technician:donanim")
    for who, fields, says in (
        ("admin", {"role": "requester"}, "Kendi hesabınızı"),
        ("hasan", {"role": "lead"}, "birim"),
        ("hasan", {"role": "director", "until": "2026-11-01"}, "geçmişte"),
        ("hasan", {"role": "director", "until": "dün"}, "dün"),
    ):
        refused = await send(admin, f"panel/kisiler/{who}", action="give_role", **fields)
        assert refused.status_code == 422, who
        assert says in refused.text


async def test_who_left_is_shown_first_and_can_be_brought_back(admin: PanelVisit, site: ScriptedSite) -> None:
    shown = await send(admin, "panel/kisiler/mehmet", action="left")
    assert "ayrıldı mı?" in shown.text
    assert "İlişiği kesilmedi" not in shown.text

    def holds(uow: UnitOfWork) -> None:
        mehmet = uow.people.by_handle("mehmet")
        assert mehmet is not None
        held = Custody(kind=CustodyKind.PERSON, holder=mehmet.id)
        number = uow.counters.next(Series.DEVICE, EVER)
        uow.devices.add(Device(number=number, custody=held, recorded_at=START))

    site.store.write(holds)
    shown = await send(admin, "panel/kisiler/mehmet", action="left")
    assert "üzerinde 1 cihaz var (D-00001)" in shown.text
    find = lambda uow: uow.people.by_handle("mehmet")  # noqa: E731
    assert not site.store.read(find).gone
    assert "Ayrıldı olarak işlendi" in await press(admin, "panel/kisiler/mehmet", "left", sure="1")
    assert site.store.read(find).gone
    assert "Mehmet" in (await admin.get("panel/kisiler", kim="ayrilan")).text
    assert "Geri alındı" in await press(admin, "panel/kisiler/mehmet", "return")
    assert (site.store.read(find).role.value, site.store.read(find).unit) == ("technician", "donanim")


async def test_accounts_and_sessions_are_ended(admin: PanelVisit, site: ScriptedSite, staff: dict[str, Person]) -> None:
    other = PanelVisit(admin.client, "/demo/hasan/")
    await other.open()
    await admin.open()
    page = (await admin.get("panel/kisiler/hasan")).text
    assert "Oturumu kapat" in page
    await press(admin, "panel/kisiler/hasan", "end_sessions")
    assert all(one.ended_at for one in site.store.read(lambda uow: uow.sessions.of(staff["hasan"].id)))
    await press(admin, "panel/kisiler/hasan", "unlink", channel="web", account="hasan")
    assert site.store.read(lambda uow: uow.people.by_account(Account("web", "hasan"))) is None
    assert "Bağlı hesabı yok" in (await admin.get("panel/kisiler/hasan")).text
    assert (
        await send(admin, "panel/kisiler/admin", action="unlink", channel="web", account="admin")
    ).status_code == 422


async def test_what_is_kept_is_handed_out_and_erased_only_by_name(admin: PanelVisit, site: ScriptedSite) -> None:
    data = (await admin.get("panel/kisiler/hasan/veriler.json")).json()
    assert data["kisi"]["hesap"] == "hasan"
    shown = await send(admin, "panel/kisiler/hasan", action="erase")
    assert "Geri alınamaz" in shown.text
    wrong = await send(admin, "panel/kisiler/hasan", action="erase", sure="1", typed="Ali")
    assert wrong.status_code == 422
    assert "tutmuyor" in wrong.text
    name = data["kisi"]["ad"]
    assert "Yazdıkları silindi" in await press(admin, "panel/kisiler/hasan", "erase", sure="1", typed=name.upper())
    done = {line[2] for line in site.store.read(lambda uow: uow.audit.recent())}
    assert {"data_exported", "erased_for"} <= done


async def test_a_lead_writes_leaves_and_names_and_no_more(
    admin: PanelVisit, site: ScriptedSite, staff: dict[str, Person]
) -> None:
    lead = PanelVisit(admin.client, "/demo/fatma/")
    await lead.open()
    day = (site.now() + timedelta(days=7)).date().isoformat()
    assert "İzni yazıldı" in await press(lead, "panel/kisiler/mehmet", "add_leave", first=day)
    page = (await lead.get("panel/kisiler/mehmet")).text
    found = re.search(r'name="id" value="(\d+)"', page)
    assert found is not None
    assert "İzin geri alındı" in await press(lead, "panel/kisiler/mehmet", "drop_leave", id=found[1])
    assert "Vekâlet yazıldı" in await press(lead, "panel/kisiler/mehmet", "name_deputy", first=day)
    assert "Adı düzeltildi" in await press(lead, "panel/kisiler/hasan", "rename", name="Hasan Demirci")
    for action, fields in (
        ("give_role", {"role": "admin"}), ("left", {"sure": "1"}), ("erase", {"sure": "1", "typed": "x"}),
        ("end_sessions", {}), ("unlink", {"channel": "web", "account": "hasan"}), ("return", {}),
    ):  # fmt: skip
        assert (await send(lead, "panel/kisiler/hasan", action=action, **fields)).status_code == 403, action


async def test_what_a_column_is_can_be_said_of_the_file_that_was_brought(admin: PanelVisit, site: ScriptedSite) -> None:
    text = "Sicil No;Ad Soyad;Nerede;Not\n1;Can Su;Zabıta;3. kat\n2;Veli Ak;Fen İşleri;5\n3;Su Er;;\n"
    path = await bring(admin, text)
    page = await admin.get(path)
    assert (page.status_code, "Müdürlük sütunu bulunamadı" in page.text) == (422, True)
    assert "Zabıta · Fen İşleri" in page.text
    again = await send(admin, path, action="read_as", sutun_2="mudurluk", sutun_3="")
    assert again.headers["location"] == f"{admin.path}{path}"
    page = await admin.get(path)
    assert "Okunmayan 1 sütun" in page.text
    assert "Müdürlüğü boş 1 kişiyi müdürlüksüz al" in page.text
    await press(admin, path, "read_as", sutun_2="mudurluk", sutun_3="oda")
    page = await admin.get(path)
    assert "Okunmayan" not in page.text
    await press(admin, path, "read_as", mudurluksuz="1")
    await press(admin, path, "take_in")
    found = people(site)
    assert (found["1"].room, found["1"].department, found["3"].name) == ("3. kat", "Zabıta", "Su Er")
    gone = await send(admin, path, action="read_as", sutun_2="oda")
    assert "artık tutulmuyor" in gone.text


async def test_what_is_known_of_somebody_is_mended_and_somebody_added(admin: PanelVisit, site: ScriptedSite) -> None:
    page = await press(
        admin, "panel/kisiler/hasan", "correct",
        department="Fen İşleri", room="5", phone="1453", email="hasan@belediye.example",
    )  # fmt: skip
    assert "Bilgileri yazıldı" in page
    found = site.store.read(lambda uow: uow.people.by_handle("hasan"))
    assert found is not None
    assert (found.department, found.room, found.phone, found.email) == (
        "Fen İşleri", "5", "1453", "hasan@belediye.example",
    )  # fmt: skip
    form = "panel/kisiler-ekle"
    for given, says in (
        ({"name": "12"}, "Ad soyad böyle yazılamaz"),
        ({"name": "Su Er", "email": "su@"}, "E-posta böyle yazılamaz"),
        ({"name": "Su Er", "phone": "yok"}, "Telefon böyle yazılamaz"),
        ({"name": "Su Er", "staff_no": "a b"}, "Sicil no böyle yazılamaz"),
        ({"name": "Su Er", "email": "Hasan@belediye.example"}, "E-posta başka birinin"),
    ):
        refused = await send(admin, form, **given)
        assert (refused.status_code, says in refused.text, given["name"] in refused.text) == (422, True, True), says
    added = await send(admin, form, name="Su Er", staff_no="77", department="Zabıta", room="4")
    assert "✅ Eklendi" in (await admin.client.get(added.headers["location"])).text
    assert (people(site)["77"].name, people(site)["77"].room) == ("Su Er", "4")
    assert "Sicil no başka birinin" in (await send(admin, form, name="Su Ak", staff_no="77")).text
    logged = [line[2] for line in site.store.read(lambda uow: uow.audit.recent())]
    assert {"person_added", "particulars_changed"} <= set(logged)
    lead = PanelVisit(admin.client, "/demo/fatma/")
    await lead.open()
    assert (await lead.get(form)).status_code == 403
    assert (await send(lead, "panel/kisiler/hasan", action="correct", room="9")).status_code == 403


@pytest.mark.parametrize("pasted", [False, True])
async def test_a_list_that_was_brought_to_one_process_is_read_anew_by_another(
    admin: PanelVisit, site: ScriptedSite, tmp_path: Path, *, pasted: bool
) -> None:
    shared = SharedFiles(tmp_path / "brought")
    settings = replace(admin_settings(), brought_lists=shared)
    text = "Sicil No;Ad Soyad;Nerede\n1;Can Su;Zabıta\n"
    async with connect(build(site, settings)) as one, connect(build(site, settings)) as two:
        visits = [PanelVisit(client, "/demo/admin/") for client in (one, two)]
        await visits[0].open()
        two.cookies, visits[1].token = one.cookies, visits[0].token
        brought = {"pasted": text} if pasted else {}
        answer = await send(visits[0], PATH, None if pasted else {"file": ("p.csv", text.encode())}, **brought)
        path = answer.headers["location"].removeprefix(visits[0].path)
        page = await visits[1].get(path)
        assert (page.status_code, "Müdürlük sütunu bulunamadı" in page.text) == (422, True)
        await press(visits[1], path, "read_as", sutun_2="mudurluk")
        assert "<strong>1</strong> yeni" in (await visits[0].get(path)).text
        assert {place.stat().st_mode & 0o077 for place in (shared.folder, *shared.folder.iterdir())} == {0}
        await press(visits[0], path, "take_in")
    assert people(site)["1"].department == "Zabıta"
    assert list(shared.folder.iterdir()) == [], "what was taken in lies nowhere any more"
    shared.put("x", {"of": "another version"}, b"")
    assert await BroughtLists(shared).of("x", site.now()) is None


async def test_a_field_that_was_emptied_is_empty_after_a_refusal(admin: PanelVisit, site: ScriptedSite) -> None:
    hasan = site.store.read(lambda uow: uow.people.by_handle("hasan"))
    assert hasan is not None
    assert hasan.department
    refused = await send(
        admin, "panel/kisiler/hasan", action="correct", department="", room="", phone="yok", email=""
    )  # fmt: skip
    assert refused.status_code == 422
    (details,) = re.findall(r"<details[^>]*><summary[^>]*>Bilgilerini düzelt.*?</details>", refused.text, re.DOTALL)
    assert details.startswith('<details class="setting" open>')
    assert re.findall(r'<input name="(\w+)".*? value="(.*?)"', details) == [
        ("department", ""), ("room", ""), ("phone", "yok"), ("email", ""),
    ]  # fmt: skip


async def test_somebody_who_is_not_added_yet_is_added_once(admin: PanelVisit, site: ScriptedSite) -> None:
    handling = site.script
    site.script = lambda *_: None
    late = await send(admin, "panel/kisiler-ekle", name="Su Er")
    (key,) = re.findall(r'name="key" value="([0-9a-f-]{36})"', late.text)
    assert "Henüz eklenemedi" in late.text
    again = await send(admin, "panel/kisiler-ekle", name="Su Er", key=key)
    assert key in again.text, "asked once more it is the same"
    site.store.write(lambda uow: uow.once.first(asked_by_page(f"panel:{key}", Outcome.REFUSED), site.now()))
    refused = await send(admin, "panel/kisiler-ekle", name="Su Er", key=key)
    assert "Eklenemedi: bu arada" in refused.text
    assert key not in refused.text
    site.script = handling
    assert (await send(admin, "panel/kisiler-ekle", name="Su Er")).status_code == 303


async def test_who_has_no_account_is_said_to_have_heard_nothing(admin: PanelVisit, site: ScriptedSite) -> None:
    site.store.write(lambda uow: uow.people.add(Person(handle="su", name="Su Er", verified=True)))
    role = {"role": "technician", "unit": "donanim", "until": "2026-12-31"}
    page = await press(admin, "panel/kisiler/su", "give_role", **role)
    assert "bildirildi" not in page
    assert 'Hesabı yok, haber verilemedi; <a href="/demo/admin/panel/kisiler-davet?kim=su">davet edin' in page
    assert "son gün 31 Ara 2026, sonra personel" in page
    assert "kendisine bildirildi" in await press(admin, "panel/kisiler/hasan", "give_role", **role)
