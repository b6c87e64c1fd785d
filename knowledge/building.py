"""What the house's own technicians and the emergency services see to, and no IT directorate: people in danger, lifts,
water and lavatories. Whoever writes it to the wrong place is told at once whom to call.
"""

from __future__ import annotations

import re
from enum import StrEnum

from knowledge.text import plain


class Matter(StrEnum):
    people = "people"
    """Somebody is shut in, hurt or ill."""
    lift = "lift"
    water = "water"


_LIFT = r"\basansor(?! (?:odas|daire|firma|kamera|ekran))\w*"
_PEOPLE = re.compile(
    rf"{_LIFT}(?: \w+){{0,4}} (?:kal(?:d[iı][kmr]?|dilar|mis\w*|diniz)\b(?! m[iı]\b)"
    r"|mahsur|sikis|kilitli|kapali kal)\w*"
    rf"|\bmahsur (?:kal|var)\w*|\bmahsur\w*(?: \w+){{0,3}} asansor"
    r"|\b(?:iceride|icerde|tuvalette|odada|arsivde|depoda) (?:\w+ )?(?:kilitli|kapali) kal(?:di[km]|mis\w*|dilar)\b"
    r"|\b(?:bayildi|bayilmis|fenalas(?:ti|mis|iyo\w*))\b|\b(?:kalp krizi|nobet) gecir\w*"
    r"|\bambulans (?:cag|lazim|ara|gelsin)\w*"
    r"|\b(?:biri|birisi|arkadas\w*|memur\w*|vatandas\w*|cocuk\w*)(?: \w+){0,2} yaralan(?:di|mis)\w*|\byaralimiz? var\b"
)
_LIFT_FAILS = re.compile(
    rf"{_LIFT}(?: \w+){{0,4}} (?:calism|bozuk|bozul|durdu|duruyo|ariza|gelmiyo|inmiyo|cikmiyo|takil|kapisi|titri)\w*"
    r"|\b(?:bozuk|arizali) asansor\w*"
)
_WATER = re.compile(
    r"\b(?:tuvalet|lavabo|klozet|musluk|wc|sifon|pisuar|rogar|kalorifer|petek|su boru|su tesisat|su saat)\w*"
    r"(?: \w+){0,3} (?:tikan|tas(?:ti|iyo|mis)|ak(?:iyo|iti|ti|mis)|damla|patla|bozu[kl]|su bas"
    r"|kacir|gelmiyo|isitm|isinm)\w*"
    r"|\bsu bas(?:ti|iyo|mis)\w*|\bsular(?:imiz)? (?:kes|akmiyo|gelmiyo)\w*|\b(?:tuvalet|lavabo|wc)\w* su (?:bas|ak)\w*"
)
_OURS = re.compile(
    r"\b(?:bilgisayar|pc|kasa|laptop|yazici|kamera|internet|program|ekran|sunucu|server|sistem oda|switch|kabin|ups"
    r"|kablo|priz|makin[ae]|cihaz|disk|modem"
    r"|turnike|kart oku|modul|ebys|otomasyon|rapor|e belediye|site|sayfa|wifi|telefon)\w*"
)


def matter(text: str) -> Matter | None:
    """Which of those a message tells of. A device beside a lift or under water is ours; people in danger come first."""
    said = plain(text)
    if _PEOPLE.search(said) is not None:
        return Matter.people
    if _OURS.search(said) is not None:
        return None
    if _LIFT_FAILS.search(said) is not None:
        return Matter.lift
    return Matter.water if _WATER.search(said) is not None else None
