"""A list of tickets as a file that a spreadsheet opens: every cell is text, never a formula."""

from __future__ import annotations

import csv
import io
import tempfile

import xlsxwriter

from bot.documents.register_export import inert
from handlers.reports.ticket_export import Export

_WIDTHS = (13, 16, 22, 26, 26, 12, 22, 18, 9, 16, 16, 18, 46)


def as_csv(export: Export) -> bytes:
    """As Excel in Turkish reads it by itself: UTF-8 with its mark, fields between semicolons."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(export.heads)
    writer.writerows([inert(cell) for cell in row] for row in export.rows)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(export: Export) -> bytes:
    """Holds one row at a time."""
    made = io.BytesIO()
    with tempfile.TemporaryDirectory(prefix="masa-") as folder:
        plain = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
        book = xlsxwriter.Workbook(made, {"constant_memory": True, "tmpdir": folder, **plain})
        book.set_properties({"title": export.title})
        head = book.add_format({"bold": True, "bg_color": "#E6E6E6", "border": 1})
        sheet = book.add_worksheet("Kayıtlar")
        for column, name in enumerate(export.heads):
            sheet.set_column(column, column, _WIDTHS[column])
            sheet.write_string(0, column, name, head)
        for line, row in enumerate(export.rows, start=1):
            for column, cell in enumerate(row):
                sheet.write_string(line, column, inert(cell))
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(len(export.rows), 1), len(export.heads) - 1)
        book.close()
    return made.getvalue()
