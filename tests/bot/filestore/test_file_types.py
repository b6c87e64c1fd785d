"""What runs, carries or leads on a click is not kept, by its ending and by its content, in an archive too."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from bot.filestore.attachments import AttachmentFiles
from handlers.domain.errors import Invalid
from tests.clock import START


def zipped(*members: str, types: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        if types:
            archive.writestr("[Content_Types].xml", types)
        for member in members:
            archive.writestr(member, b"x")
    return out.getvalue()


def refusal(folder: Path, name: str, content: bytes) -> str | None:
    """The reason; None: it was kept."""
    files = AttachmentFiles(folder)
    try:
        files.keep(io.BytesIO(content), name, uploader=None, conversation="", at=START)
    except Invalid as refused:
        assert list(folder.iterdir()) == []
        return refused.reason
    return None


REFUSED = """
    exe EXE com bat cmd ps1 psm1 vbs vbe js jse wsf msi msix scr pif dll hta jar apk reg inf sh py iso İSO img vhd
    vhdx vmdk udf wim cab diagcab chm hlp one lnk url URL scf library-ms search-ms settingcontent-ms msc theme rdp
    jnlp iqy slk xll application appref-ms desktop webloc
"""


@pytest.mark.parametrize("ending", REFUSED.split())
def test_an_ending_that_runs_carries_or_leads(tmp_path: Path, ending: str) -> None:
    for name in (f"fatura.{ending}", f"fatura.pdf.{ending} ", f"fatura.{ending}.", f"fatura.{ending}::$DATA"):
        assert refusal(tmp_path, name, b"metin") == "file_type", name
    assert refusal(tmp_path, "belgeler.zip", zipped("oku.txt", f"fatura/2026.{ending}")) == "archive_type"


@pytest.mark.parametrize("ending", ["docm", "dotm", "xlsm", "xltm", "xlam", "pptm", "potm", "ppsm", "ppam", "accde"])
def test_an_ending_of_documents_with_macros(tmp_path: Path, ending: str) -> None:
    assert refusal(tmp_path, f"liste.{ending}", b"metin") == "file_macros"


CONTENTS = {
    "a program": b"MZ\x90\0\x03" + bytes(80),
    "a program of Linux": b"\x7fELF" + bytes(80),
    "a class": b"\xca\xfe\xba\xbe\0\0\0\x34",
    "a shortcut": b"\x4c\0\0\0\x01\x14\x02\0" + bytes(80),
    "an address": b"\xef\xbb\xbf\r\n[InternetShortcut]\r\nURL=file://1.2.3.4/x",
    "a command of the desktop": b"[Shell]\nCommand=2\nIconFile=\\\\1.2.3.4\\x",
    "a console": b'<?xml version="1.0"?>\n<MMC_ConsoleFile ConsoleVersion="3.0">',
    "an application of HTML": b"<html><head><HTA:APPLICATION id=x></head>",
    "a help file": b"ITSF\x03\0\0\0" + bytes(80),
    "a cabinet": b"MSCF\0\0\0\0" + bytes(80),
    "a notebook": b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3" + bytes(80),
    "a disc": bytes(0x8001) + b"CD001\x01" + bytes(2048),
    "a disc of the newer kind": bytes(0x8001) + b"BEA01\x01" + bytes(2048),
    "a disk": b"\xeb\x3c\x90MSDOS5.0" + bytes(499) + b"\x55\xaa" + bytes(512),
    "a disk of Hyper-V": b"vhdxfile" + bytes(80),
    "a disk of Virtual PC": bytes(1024) + b"conectix" + bytes(504),
    "an installer": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + b"\x84\x10\x0c\0\0\0\0\0\xc0\0\0\0\0\0\0\x46",
}


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_content_under_a_harmless_ending(tmp_path: Path, content: bytes) -> None:
    for name in ("fatura.pdf", "fatura", "resim.png"):
        assert refusal(tmp_path, name, content) == "file_type"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("liste.xlsx", zipped("xl/workbook.xml", "xl/vbaProject.bin")),
        ("yazi.docx", zipped("word/document.xml", types="application/vnd.ms-word.document.macroEnabled.main+xml")),
        ("yazi.docx", zipped("word/gizli.bin", types="application/vnd.ms-office.vbaProject")),
        ("eski.xlsx", zipped("xl/macrosheets/sheet1.xml")),
        ("tablo.ods", zipped("content.xml", "Basic/script-lc.xml")),
        ("eski.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "_VBA_PROJECT".encode("utf-16-le")),
    ],
)
def test_macros_under_an_ending_without(tmp_path: Path, name: str, content: bytes) -> None:
    assert refusal(tmp_path, name, content) == "file_macros"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "rapor.docx",
            zipped("word/document.xml", "word/embeddings/oleObject1.bin", types="wordprocessingml.document"),
        ),
        ("tablo.xlsx", zipped("xl/workbook.xml", "xl/printerSettings/printerSettings1.bin")),
        ("sunum.pptx", zipped("ppt/presentation.xml")),
        ("eski.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)),
        ("gunluk.log", b"MZ-300 yazici kuyrugu durdu\n"),
        ("gunlukler.zip", zipped("a/olay.evtx", "b/kurulum.log", "c/ekran.png")),
        ("oltalama.eml", b"From: x\r\n\r\n[InternetShortcut] diye bir ek gelmis"),
        ("posta.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)),
        ("sayfa.html", b"<script>alert(1)</script>"),
        ("yazi.rtf", b"{\\rtf1 metin}"),
        ("notlar", b"uzantisiz"),
    ],
)
def test_what_people_send_every_day_is_kept(tmp_path: Path, name: str, content: bytes) -> None:
    assert refusal(tmp_path, name, content) is None


def test_an_archive_that_names_a_million_files_is_refused_before_its_list_is_read(tmp_path: Path) -> None:
    entry = b"PK\x01\x02" + bytes(42)
    members = 65_535
    end = b"PK\x05\x06\0\0\0\0" + b"\xff\xff\xff\xff" + (46 * members).to_bytes(4, "little") + bytes(6)
    assert refusal(tmp_path, "cok.zip", b"PK\x03\x04" + entry * members + end) == "archive_too_large"
