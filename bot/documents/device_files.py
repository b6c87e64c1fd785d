"""Files of devices: the list as a workbook and as pages, the history of one, labels, and lists that are brought.

Implements bot.web.settings.DeviceFiles.
"""

from __future__ import annotations

import hashlib
import io
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

import xlsxwriter

from bot.documents import device_labels, device_list
from bot.documents.device_labels import SHEETS, DeviceLabel
from bot.documents.letterhead import Letterhead
from bot.documents.register_export import inert
from bot.documents.register_pdf import breakable, drawable
from bot.documents.typesetting import set_pages
from bot.web.printed import PrintedForm, PrintedPart, PrintedSheet
from bot.web.settings import LabelToPrint
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
            "status": printed.status,
            "closing": drawable(printed.closing),
            "wide": printed.wide,
            "signatures": [breakable(drawable(one)) for one in printed.signatures],
            "digest": _digest(part.rows for part in printed.parts),
            "parts": _parts(printed.parts),
        }
        return set_pages("device_list", self._head(), document)

    def form(self, printed: PrintedForm) -> bytes:
        """Its digest is of everything that stands on it, but for when it was printed."""
        boxes = [(box.title, *box.lines) for box in printed.boxes]
        rows = [(row.title, *row.cells) for row in printed.rows_below]
        below = [row.cells for row in printed.rows_below]
        told = [(printed.title, printed.number), *printed.head, *printed.facts, printed.said, *boxes, *rows]
        document: dict[str, object] = {
            "title": drawable(printed.title),
            "number": printed.number,
            "under": drawable(printed.under),
            "printed": printed.printed,
            "status": printed.status,
            "digest": _digest([told, *(part.rows for part in printed.parts)]),
            "head": _drawn(printed.head),
            "facts": _drawn(printed.facts),
            "parts": _parts(printed.parts),
            "said": [drawable(one) for one in printed.said],
            "notes": [drawable(one) for one in printed.notes],
            "boxes": [
                {"title": box.title, "lines": [drawable(line) for line in box.lines], "sign": box.is_signed}
                for box in printed.boxes
            ],
            "rows_below": [
                {
                    "title": row.title,
                    "heads": list(row.heads),
                    "cells": cells,
                    "widths": list(row.widths),
                    "height": row.height,
                }
                for row, cells in zip(printed.rows_below, _drawn(below), strict=True)
            ],
        }
        return set_pages("custody_form", self._head(), document, to_archive=True)

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


def _parts(parts: Sequence[PrintedPart]) -> list[dict[str, object]]:
    return [
        {
            "title": part.title,
            "heads": list(part.heads),
            "widths": list(part.widths),
            "rows": _drawn(part.rows),
            "empty": part.empty,
            "numbers": list(part.numbers),
        }
        for part in parts
    ]


def _drawn(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    return [[breakable(drawable(cell)) for cell in row] for row in rows]


def _digest(parts: Iterable[Sequence[Sequence[str]]]) -> str:
    """Of the lines alone: two prints of the same list have the same."""
    lines = "\n".join("\t".join(row) for rows in parts for row in rows)
    made = hashlib.sha256(lines.encode()).hexdigest()
    return f"{made[:4]} {made[4:8]}"
