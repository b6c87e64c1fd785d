"""Which device and which program a message speaks of."""

from __future__ import annotations

import re

from knowledge.facts.wording import Lexicon, Said

# The name as it is written, then how it is typed.
_BRANDS = """
HP|hp|hewlett packard, Canon|canon|cannon|kanon, Epson|epson|ebson|epsom, Brother|brother, Kyocera|kyocera|kiyosera
Lexmark|lexmark, Xerox|xerox|zerox, Ricoh|ricoh|riko, Samsung|samsung|samsun[gk], OKI|oki, Pantum|pantum
Konica Minolta|konica minolta|konica|minolta
Sharp|sharp, Toshiba|toshiba, Develop|develop ineo, Utax|utax, Olivetti|olivetti, Zebra|zebra
Argox|argox, Dell|dell, Lenovo|lenovo, Casper|casper, Asus|asus, Acer|acer
Monster|monster, Exper|exper, MacBook|macbook, Philips|philips|filips, LG|lg, BenQ|benq
ViewSonic|viewsonic, AOC|aoc, Fujitsu|fujitsu, Avision|avision, Logitech|logitech, Jabra|jabra
Karel|karel, Yealink|yealink, Grandstream|grandstream, Cisco|cisco, Fanvil|fanvil, Panasonic|panasonic
Hikvision|hikvision, Dahua|dahua, APC|apc, Makelsan|makelsan, Inform|inform ups, Tescom|tescom
Zyxel|zyxel, TP-Link|tp link|tplink|tp-link, Huawei|huawei, iPad|ipad, iPhone|iphone, Seagate|seagate
Kingston|kingston, SanDisk|sandisk, Ubiquiti|ubiquiti|unifi, Aruba|aruba, MikroTik|mikrotik, FortiGate|fortigate
Sunny|sunny, Vestel|vestel, Arçelik|arcelik, Polycom|polycom, Optoma|optoma, Datalogic|datalogic
Honeywell|honeywell, Ingenico|ingenico, Verifone|verifone, Beko|beko
ThinkPad|thinkpad, OptiPlex|optiplex, LaserJet|laserjet, EliteBook|elitebook, ProBook|probook, Ecosys|ecosys
"""
_NEARLY_BRANDS = """
Brother|brother, Kyocera|kyocera, Kyocera|kiyosera, Lexmark|lexmark, Lenovo|lenovo, Toshiba|toshiba, Philips|philips
Panasonic|panasonic, Logitech|logitech, Hikvision|hikvision, Fujitsu|fujitsu, Huawei|huawei, Honeywell|honeywell
Yealink|yealink, Grandstream|grandstream, MikroTik|mikrotik, ViewSonic|viewsonic, Seagate|seagate
"""
_PROGRAMS = """
Excel|excel|exel|eksel|ekcel|excell, Word|word, Outlook|outlook|otlook, PowerPoint|power ?point, Access|ms access
Acrobat|acrobat|akrobat|adobe, NetCAD|netcad, AutoCAD|auto ?cad|oto ?cad, EBYS|ebys|e be ye se, KEP|kep
MERNİS|mernis, TAKBİS|takbis|takbsi|tapbis|takpis, KPS|kps, MEB|mebbis, Chrome|chrome|krom|crome
Firefox|firefox, Edge|edge, Teams|teams
Zoom|zoom, AnyDesk|anydesk|any desk, ArcGIS|arcgis, QGIS|qgis, Photoshop|photoshop|fotoshop|fotosop, WinRAR|winrar
LibreOffice|libre ?office, Arksigner|ark ?signer, İmzager|imzager, SAP|sap
"""
_NEARLY_PROGRAMS = """
Outlook|outlook, NetCAD|netcad, AutoCAD|autocad, AutoCAD|otocad, MERNİS|mernis, Photoshop|photoshop
PowerPoint|powerpoint, Firefox|firefox, AnyDesk|anydesk, Acrobat|acrobat, LibreOffice|libreoffice, Arksigner|arksigner
"""
_THINGS = """
yazıcı|yazici\\w*|yazc[iı]\\w*|printer\\w*|yzici\\w*, fotokopi makinesi|fotokopi\\w*, tarayıcı|tarayici\\w*|scanner\\w*
dizüstü bilgisayar|laptop\\w*|dizustu\\w*|notebook\\w*, monitör|monitor\\w*, klavye|klavye\\w*
fare|mouse\\w*|maus\\w*|fare[mn]\\w*\\b|faresi\\b|fareyi\\b
barkod okuyucu|barkod okuyucu\\w*, IP telefon|ip telefon\\w*
kamera|kamera\\w*, el terminali|el terminal\\w*, tablet|tablet\\w*
projeksiyon|projeksiyon\\w*|projektor\\w*
UPS|ups\\b, modem|modem\\w*, sunucu|sunucu\\w*|server\\w*, POS cihazı|pos cihaz\\w*|yazarkasa\\w*
kulaklık|kulaklik\\w*
bilgisayar|bilgisayar\\w*|kasa\\b|kasam\\b|kasasi\\b|kasanin\\b|kasayi\\b|pc\\b|pcm\\b|pcsi\\b|pcde\\b|pcnin\\b|pcyi\\b|pcler\\w*
"""
_NEARLY_THINGS = """
bilgisayar|bilgisayar, projeksiyon|projeksiyon, fotokopi makinesi|fotokopi, tarayıcı|tarayici, klavye|klavye
monitör|monitor
"""


def _names(lines: str) -> list[tuple[str, str]]:
    entries = (entry.split("|") for line in lines.strip().splitlines() for entry in line.split(", "))
    return [(title, written) for title, *ways in entries for written in ways]


_BRAND = Lexicon(_names(_BRANDS), r"(?:'?(?:n?[dt][ae]n?|n?[iu]n|y?[aeiu]))?\b", _names(_NEARLY_BRANDS))
_PROGRAM = Lexicon(_names(_PROGRAMS), r"(?:'\w+|[dt][ae](?:n|ki)?|y?[aeiu]|[iu][nm])?\b", _names(_NEARLY_PROGRAMS))
_THING = Lexicon(_names(_THINGS), "", _names(_NEARLY_THINGS))
_MODEL = re.compile(
    r"(?:[ -](?:laser ?jet(?: pro| enterprise)?|desk ?jet|office ?jet|color laser ?jet|ecosys|i-?sensys|imagerunner"
    r"|work ?centre|phaser|optiplex|latitude|vostro|inspiron|think ?pad|think ?centre|idea ?pad|pro ?desk|elite ?desk"
    r"|pro ?book|elite ?book|scan ?jet|workforce|ecotank|bizhub)\b)?(?:[ -](?:mfp|mfc|dcp|hl|lbp|mf)\b(?=[ -]\w*\d))?"
    r"(?:[ -](?:[a-z]{1,8}-?(?:[a-z]{1,2})?\d{2,5}[a-z]{0,4}|\d{3,5}[a-z]{0,4}|\d\d[a-z]{1,3})\b"
    r"(?! ?(?:nolu|no'?lu|numara|oda|sicil|dahili|kisi|adet|tane|gun|kat\b|yil|sayfa|sayili)|[.:/]\d))?"
)


def device(said: Said) -> str | None:
    """The first make, with its model; else the first thing. `said` without the words of errors and quotations."""
    for brand in _BRAND.found(said):
        model = _MODEL.match(said.plain, brand.end)
        return f"{brand.meaning} {said.typed(model.span()) if model is not None else ''}".strip()
    return _THING.first(said)


_LINES = frozenset(
    {"LaserJet", "ThinkPad", "OptiPlex", "EliteBook", "ProBook", "Ecosys", "MacBook", "iPad", "iPhone", "FortiGate"}
)
"""Series of a make, which stand in a list where its models do."""


def make_in(text: str) -> tuple[str, str]:
    """The first make that a text of few words names, and the text without it: "HP ProBook 450" is ("HP",
    "ProBook 450"). The make is empty where none is named."""
    said = Said.of(text)
    for brand in _BRAND.found(said):
        if brand.meaning not in _LINES:
            rest = f"{said.seen[: brand.start]} {said.seen[brand.end :]}"
            return brand.meaning, " ".join(rest.split()).strip(" /-,()")
    return "", text


def made_by(said: Said) -> list[tuple[str, str]]:
    """Each make that is named, with its model or nothing."""
    found = []
    for brand in _BRAND.found(said):
        model = _MODEL.match(said.plain, brand.end)
        found.append((brand.meaning, said.typed(model.span()) if model is not None else ""))
    return found


def thing(said: Said) -> str | None:
    """What kind of thing is named first: `yazıcı`."""
    return _THING.first(said)


def program(said: Said) -> str | None:
    return _PROGRAM.first(said)
