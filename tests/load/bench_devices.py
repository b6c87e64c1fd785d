"""A large house's devices: its list brought, shown, taken in; a page of the inventory; the label in a photo."""

from __future__ import annotations

import io
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import xlsxwriter
from PIL import Image

from bot.documents import device_labels, device_list, typesetting
from bot.documents.device_files import workbook as workbook_of
from bot.documents.device_labels import DeviceLabel
from bot.documents.letterhead import Letterhead
from bot.filestore.picture_codes import read_codes
from bot.web.panel.device_filter import HEADS, DeviceFilter, cells
from bot.web.panel.devices_page import all_rows
from handlers.context import Acting
from handlers.devices import imports
from handlers.domain.brought_lists import ROWS_A_PART
from handlers.people import departments
from handlers.ports import DevicesWanted
from handlers.queries import devices
from handlers.tickets import device_links, placing
from tests.clock import START
from tests.handlers.devices.house import House
from tests.load.figures import Sheet
from tests.storage.builders import add_person, open_ticket
from tests.storage.stores import open_sqlite

DEVICES, PEOPLE, TIMES, PHOTOS = 10_000, 3_000, 20, 12
OFFICES = [
    f"{name} Müdürlüğü" for name in ["Mali Hizmetler", "Fen İşleri", "Zabıta", "Yazı İşleri", "İmar", "Temizlik İşleri"]
]
REPORTS = {
    "a ticket's device, by its number": ("SN0000042X yazdırmıyor", "yazici-yazdirmiyor"),
    "by what is in the room": ("yazıcı çıktı vermiyor", "yazici-yazdirmiyor"),
    "by make and model": ("hp m404dn çıktı vermiyor", "yazici-yazdirmiyor"),
    "of a report that names no thing": ("ebys açılmıyor", "ebys-giris"),
}
T = TypeVar("T")


def workbook() -> bytes:
    out, draw = io.BytesIO(), random.Random(1)
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    head = [
        "Taşınır sicil no",
        "Seri no",
        "Cinsi",
        "Marka",
        "Model",
        "Birim",
        "Zimmetli",
        "Oda",
        "Alım tarihi",
        "Bedeli",
    ]
    sheet.write_row(0, 0, head)
    for one in range(DEVICES):
        kind, model = draw.choice([("Yazıcı", "M404dn"), ("Bilgisayar", "ProDesk 400"), ("Monitör", "P22v")])
        row = [f"255.02.01.01.02.01/18/{one:05}", f"SN{one:07}X", kind, "HP", model, draw.choice(OFFICES)]
        row += [f"Ad{one % PEOPLE} Soyad", str(100 + one % 400), "17.07.2018", "4.572,83"]
        sheet.write_row(one + 1, 0, row)
    book.close()
    return out.getvalue()


def timed(work: Callable[[], T]) -> tuple[T, float]:
    began = time.perf_counter()
    return work(), time.perf_counter() - began


def photos() -> list[bytes]:
    """Twelve million pixels each, as a phone takes them: a label that fills a quarter of the width."""
    compiled, drawn = typesetting.typst.compile, []
    typesetting.typst.compile = lambda source, **how: (
        drawn.append(compiled(source, **how, format="png", ppi=300)) or b""
    )
    try:
        device_labels.pdf(
            [DeviceLabel("7K3M9Q2X", "D-00042")], Letterhead("Belediye"), "https://masa.bel.tr", sheet="50x25"
        )
    finally:
        typesetting.typst.compile = compiled
    label = Image.open(io.BytesIO(drawn[0])).convert("L").resize((1000, 500))
    found, draw = [], random.Random(3)
    for _ in range(PHOTOS):
        table = Image.effect_noise((4000, 3000), 40)
        turned = label.rotate(draw.uniform(-20, 20), expand=True, fillcolor=128)
        table.paste(turned, (draw.randint(0, 2500), draw.randint(0, 2000)))
        out = io.BytesIO()
        table.convert("RGB").save(out, "JPEG", quality=80)
        found.append(out.getvalue())
    return found


def recognised(house: House, text: str, category: str) -> float:
    """Seconds until a ticket has its device: by a number, else by what is in the room."""

    def work(acting: Acting) -> float:
        facts = {"oda": "312"}
        ticket = open_ticket(acting.uow, acting.person.id, text=text, category=category, facts=facts)
        placing.place(acting, ticket)
        return timed(lambda: device_links.recognise(acting, ticket))[1]

    return statistics.median(house.does("ayse", work) for _ in range(TIMES))


def main() -> None:
    sheet = Sheet(
        bench="bench_devices",
        name="devices",
        title=f"{DEVICES:,} devices, SQLite in a folder",
        columns=("what", "ms"),
        note="goals: list with preview 20,000, page 20, photo 300",
    )

    def add(what: str, seconds: float) -> None:
        sheet.add(what, round(seconds * 1_000, 1))

    with tempfile.TemporaryDirectory() as folder:
        house = House(open_sqlite(Path(folder)))
        house.store.write(lambda uow: departments.begin_list(uow, OFFICES))
        house.store.write(
            lambda uow: [add_person(uow, f"kisi{one}", name=f"Ad{one} Soyad") for one in range(PEOPLE)] and None
        )
        content = workbook()
        brought, reading = timed(lambda: device_list.brought(content, START.date()))
        compared, comparing = timed(lambda: house.does("ambar", lambda acting: imports.compare(acting, brought)))

        def keep(acting: Acting) -> None:
            imports.bring(acting, "k", brought, compared, name="liste.xlsx", digest="d")

        _, keeping = timed(lambda: house.does("ambar", keep))
        parts = []
        for part in range(DEVICES // ROWS_A_PART):
            _, took = timed(
                lambda part=part: house.does("ambar", lambda acting: imports.take_in_part(acting, "k", part))  # type: ignore[misc]
            )
            parts.append(took)
        again, same = timed(lambda: house.does("ambar", lambda acting: imports.compare(acting, brought)))
        assert len(again.rows) == DEVICES
        add("read", reading)
        add("compared", comparing)
        add("kept as a preview", keeping)
        add("taken in, all parts", sum(parts))
        add(f"longest of the parts ({ROWS_A_PART} rows)", max(parts))
        add("all together", reading + comparing + keeping + sum(parts))
        add("compared once more, nothing differs", same)
        for name, wanted in (
            ("a page of the inventory", DevicesWanted()),
            ("of a kind", replace(DevicesWanted(), kinds=frozenset({"yazici"}))),
            ("by a word", DevicesWanted(words="sn0004")),
        ):
            times = [
                timed(lambda wanted=wanted: house.does("ambar", lambda acting: devices.look(acting, wanted)))[1]  # type: ignore[misc]
                for _ in range(TIMES)
            ]
            add(name, statistics.median(times))
        for name, (text, category) in REPORTS.items():
            sheet.add(name, round(recognised(house, text, category) * 1_000, 3))
        everything, reading = timed(
            lambda: house.does("ambar", lambda acting: all_rows(acting, DeviceFilter({}), DEVICES))
        )
        _, writing = timed(lambda: workbook_of("Cihaz listesi", HEADS, [cells(row) for row in everything]))
        add("all of them for a workbook: read", reading)
        add("all of them for a workbook: written", writing)
    read = [timed(lambda photo=photo: read_codes(photo)) for photo in photos()]  # type: ignore[misc]
    add(
        f"a photo of 12 million pixels ({sum(bool(one) for one, _ in read)} of {PHOTOS} read)",
        statistics.median([took for _, took in read]),
    )
    add("the slowest of them", max(took for _, took in read))
    sheet.publish()


if __name__ == "__main__":
    main()
