"""Files of devices: the list as a workbook and as pages, the history of one, labels, and lists that are brought.

Implements bot.web.settings.DeviceFiles.
"""

from __future__ import annotations

import hashlib
import io
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date

import xlsxwriter

from bot.documents import device_labels, device_list
from bot.documents.device_labels import SHEETS, DeviceLabel
from bot.documents.letterhead import Letterhead
from bot.documents.register_export import inert
from bot.documents.register_pdf import breakable, drawable
from bot.documents.typesetting import set_pages
from bot.web.settings import LabelToPrint, PrintedPart, PrintedSheet
from handlers.domain.brought_lists import ReadAs
from handlers.domain.device_lists import DeviceList

_WIDTH = 22


class DeviceFiles:
    def __init__(self, head: Callable[[], Letterhead], label_url: Callable[[], str]) -> None:
        self._head, self._label_url = head, label_url

    @property
    def sheets(self) -> Mapping[str, tuple[str, int]]:
        return {key: (one.title, one.labels) for key, one in SHEETS.items()}

    def read(self, content: bytes | str, today: date, said: ReadAs) -> DeviceList:
        return device_list.brought(content, today, said)

    def workbook(self, title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
        return workbook(title, heads, rows)

    def pages(self, printed: PrintedSheet) -> bytes:
        document: dict[str, object] = {
            "title": printed.title,
            "about": drawable(printed.about),
            "printed": printed.printed,
            "closing": drawable(printed.closing),
            "wide": printed.wide,
            "signatures": [breakable(drawable(one)) for one in printed.signatures],
            "digest": _digest(printed.parts),
            "parts": [
                {
                    "title": part.title,
                    "heads": list(part.heads),
                    "widths": list(part.widths),
                    "rows": [[breakable(drawable(cell)) for cell in row] for row in part.rows],
                    "empty": part.empty,
                    "numbers": list(part.numbers),
                }
                for part in printed.parts
            ],
        }
        return set_pages("device_list", self._head(), document)

    def labels(self, labels: Sequence[LabelToPrint], sheet: str, start: int) -> bytes:
        shown = [DeviceLabel(one.token, one.number, one.asset_no, one.model) for one in labels]
        return device_labels.pdf(shown, self._head(), self._label_url(), sheet=sheet, start=start)

    def test_page(self, sheet: str) -> bytes:
        return device_labels.test_page(self._head(), sheet)


def workbook(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Every cell is text, never a formula."""
    made = io.BytesIO()
    with tempfile.TemporaryDirectory(prefix="masa-") as folder:
        plain = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
        book = xlsxwriter.Workbook(made, {"constant_memory": True, "tmpdir": folder, **plain})
        book.set_properties({"title": title})
        head = book.add_format({"bold": True, "bg_color": "#E6E6E6", "border": 1})
        text = book.add_format({"num_format": "@"})
        sheet = book.add_worksheet("Liste")
        sheet.set_column(0, max(len(heads) - 1, 0), _WIDTH, text)
        for column, name in enumerate(heads):
            sheet.write_string(0, column, name, head)
        for line, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                sheet.write_string(line, column, inert(cell), text)
        sheet.freeze_panes(1, 1)
        if heads:
            sheet.autofilter(0, 0, max(len(rows), 1), len(heads) - 1)
        book.close()
    return made.getvalue()


def _digest(parts: Sequence[PrintedPart]) -> str:
    """Of the lines alone: two prints of the same list have the same."""
    lines = "\n".join("\t".join(row) for part in parts for row in part.rows)
    made = hashlib.sha256(lines.encode()).hexdigest()
    return f"{made[:4]} {made[4:8]}"
