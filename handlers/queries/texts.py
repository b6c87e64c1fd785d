"""Metinler as pages show them: all that the desk says, where each appears, how it stands; one with its versions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.context import Acting, UseCaseContext
from handlers.domain.audience import Audience
from handlers.domain.house_texts import EditState, HouseText, TextKind, fingerprint
from handlers.domain.text_rights import may_keep_texts
from handlers.queries.articles import Version, compared, differing
from handlers.tickets import template_edits
from knowledge.language.folding import folded

PAGE = 50
_BEGINNING_LETTERS = 110
_TAGS = re.compile(r"\{[%#].*?[%#]\}", re.DOTALL)
_FIELDS = re.compile(r"\{\{.*?\}\}")
PLACES: Mapping[str, str] = {
    "errors/": "yanlış ya da eksik bir girişe yanıt",
    "approval": "onay",
    "article": "çözüm adımı taslağı",
    "backup": "yedek",
    "calendar": "takvim",
    "canned": "hazır yanıt",
    "card": "birimin odasındaki kayıt kartı",
    "check": "kontrol listesi ve düzenli iş",
    "deput": "vekâlet",
    "digest": "günlük özet",
    "draft": "henüz kayıt olmayan bildirim",
    "duty": "nöbet",
    "effort": "harcanan süre",
    "emergency": "acil durum",
    "end_of_day": "mesai sonu",
    "leave": "izin",
    "line_": "kontrol listesi",
    "month": "ayın raporu",
    "morning": "sabah listesi",
    "notice": "aydınlatma metni",
    "opened": "açılan kayıt",
    "outage": "kesinti",
    "prompt": "masanın sorusu",
    "recurring": "düzenli iş",
    "reminder": "hatırlatma",
    "rota": "nöbet",
    "system": "sistemler",
    "target": "hedefler",
    "update": "bildirene kaydın gelişmesi",
    "visit": "ziyaret",
    "warn": "süre uyarısı",
    "weekly": "haftalık rapor",
    "who_": "tanışma",
    "work_hours": "mesai düzeni",
    "work": "çalışanlara ve odalara haber",
}
"""Where a text appears, by how its name begins."""
AUDIENCES: Mapping[Audience, str] = {
    Audience.PERSON: "bir kişiye, özel yazışmada",
    Audience.UNIT: "birimin odasında da",
    Audience.ANYBODY: "herkesin önünde de",
}
NEEDED: Mapping[str, str] = {
    **dict.fromkeys(
        ("notice_page", "notice_waits"),
        "Aydınlatma metni: yasanın (6698, madde 10) istedikleri içinde kalmalı; önce hukuk birimine sorun.",
    ),
    "notice": "Aydınlatma metni: yasanın (6698, madde 10) istedikleri içinde kalmalı; önce hukuk birimine sorun. "
    "Değişince sürümü de değişir, herkese yeniden gösterilir.",
    **dict.fromkeys(
        ("emergency", "emergency_goes_on", "elsewhere"),
        "Güvenlik uyarısı: tehlikedeki birine ne yapacağını söyler. Ne yapılacağını çıkarmayın, kısa tutun.",
    ),
    **dict.fromkeys(
        ("my_data", "erase_sure", "erase_kept", "erased", "words_erased", "not_passed_on"),
        "Kişisel veriler: kişiye yasal hakkını anlatır. Sözü eksiltmeyin.",
    ),
}
"""What a law or a promise needs, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRow:
    name: str
    place: str
    audience: str
    beginning: str
    state: EditState


@dataclass(frozen=True, slots=True, kw_only=True)
class TextList:
    rows: Sequence[TextRow]
    total: int
    further: str
    places: Sequence[str]
    """All that there are, in the order of the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPage:
    row: TextRow
    body: str
    """As it was edited last; the shipped one, where it is not."""
    shipped: str
    edits: bool
    needed: str
    variables: Sequence[str]
    versions: Sequence[Version]
    newer: Sequence[tuple[str, str]]

    @property
    def seen(self) -> int:
        return self.versions[0].text.version if self.versions else 0


def listed(acting: Acting, words: str = "", *, only_edited: bool = False, behind: str = "") -> TextList:
    """By place, then by name; `words`: those that have all of them."""
    newest = {one.name: one for one in acting.uow.house_texts.standing() if one.kind is TextKind.MESSAGE}
    wanted, found = folded(words).split(), []
    for name in sorted(acting.desk.texts.names(), key=lambda one: (folded(_place(one)), one)):
        edited = newest.get(name)
        if only_edited and (edited is None or not edited.body):
            continue
        if wanted:
            body = edited.body if edited is not None else ""
            text = folded(f"{name} {_place(name)} {acting.desk.texts.body(name)} {body}")
            if not all(word in text for word in wanted):
                continue
        found.append(name)
    start = found.index(behind) + 1 if behind in found else 0
    rows = [_row(acting, name, newest.get(name)) for name in found[start : start + PAGE]]
    return TextList(
        rows=rows,
        total=len(found),
        further=rows[-1].name if len(found) > start + PAGE else "",
        places=sorted({_place(name) for name in acting.desk.texts.names()}, key=folded),
    )


def page(acting: Acting, name: str) -> TextPage:
    """Raises NotFound."""
    shipped = template_edits.shipped(acting, name)
    versions = acting.uow.house_texts.versions(TextKind.MESSAGE, name)
    row = _row(acting, name, next(iter(versions), None))
    body = versions[0].body if versions and versions[0].body else shipped
    return TextPage(
        row=row,
        body=body,
        shipped=shipped,
        edits=may_keep_texts(acting.person),
        needed=NEEDED.get(name, ""),
        variables=acting.desk.texts.variables(name),
        versions=compared(acting, versions, shipped),
        newer=differing(body, shipped) if row.state in (EditState.OUTDATED, EditState.LEFT_OUT) else (),
    )


def _row(work: UseCaseContext, name: str, newest: HouseText | None) -> TextRow:
    texts = work.desk.texts
    state = _state(work, name, newest)
    body = newest.body if newest is not None and state in (EditState.EDITED, EditState.OUTDATED) else texts.body(name)
    said = " ".join(_FIELDS.sub("…", _TAGS.sub(" ", body)).split())
    heard = AUDIENCES[texts.audience(name)]
    return TextRow(
        name=name,
        place=_place(name),
        audience=heard if texts.is_confidential(name) else f"{heard}, gizli bir şey söylemez",
        beginning=said if len(said) <= _BEGINNING_LETTERS else f"{said[:_BEGINNING_LETTERS]}…",
        state=state,
    )


def _state(work: UseCaseContext, name: str, newest: HouseText | None) -> EditState:
    if newest is None or not newest.body:
        return EditState.SHIPPED
    if not work.desk.texts.stands_in(name):
        return EditState.LEFT_OUT
    is_new = newest.shipped != fingerprint(work.desk.texts.body(name).strip())
    return EditState.OUTDATED if is_new else EditState.EDITED


def _place(name: str) -> str:
    found = [beginning for beginning in PLACES if name.startswith(beginning)]
    return PLACES[max(found, key=len)] if found else "sohbet"
