"""What the pages of Kişiler say of what was asked there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from handlers.people.page_people import PeopleAction

DONE: Mapping[PeopleAction, str] = {
    PeopleAction.TAKE_IN: "Liste alındı.",
    PeopleAction.TAKE_BACK: "Liste geri alındı.",
    PeopleAction.GIVE_ROLE: "Yetkisi yazıldı; kendisine bildirildi.",
    PeopleAction.UNLINK: "Hesap bağı kaldırıldı; oradan artık bu kişi olarak yazılamaz.",
    PeopleAction.END_SESSION: "Oturum kapatıldı.",
    PeopleAction.END_SESSIONS: "Bütün oturumları kapatıldı.",
    PeopleAction.LEFT: "Ayrıldı olarak işlendi: yetkisi ve oturumları kapandı, üzerindeki kayıtlar sıraya döndü.",
    PeopleAction.RETURN: "Geri alındı: yetkisi ve hesapları yine onun. Sıraya dönen kayıtlar sırada kaldı.",
    PeopleAction.RENAME: "Adı düzeltildi.",
    PeopleAction.CORRECT: "Bilgileri yazıldı.",
    PeopleAction.ADD: "Eklendi.",
    PeopleAction.JOIN: "Birleştirildi: hesapları, kayıtları ve konuşması artık bu kişinin.",
    PeopleAction.PART: "Geri alındı: ikisi yine ayrı kişiler; hesapları, kayıtları ve konuşması yine onun.",
    PeopleAction.ERASE: "Yazdıkları silindi; silindiği denetime yazıldı.",
    PeopleAction.ADD_LEAVE: "İzni yazıldı.",
    PeopleAction.DROP_LEAVE: "İzin geri alındı.",
    PeopleAction.NAME_DEPUTY: "Vekâlet yazıldı; kendisine bildirildi.",
    PeopleAction.END_DEPUTY: "Vekâlet sona erdi.",
    PeopleAction.INVITE: "Davet hazırlandı.",
    PeopleAction.REVOKE: "Davet geri alındı; o kod artık geçmez.",
}
UNHEARD: Mapping[PeopleAction, str] = {
    PeopleAction.GIVE_ROLE: "Yetkisi yazıldı.",
    PeopleAction.NAME_DEPUTY: "Vekâlet yazıldı.",
}
"""The same of somebody who has no account: nobody could tell them."""
UNCHANGED = "Bu zaten öyleydi; bir şey değişmedi."


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What stands above the page: what came of what was asked, or what it would do."""

    told: str = ""
    unheard: bool = False
    """Nobody could tell them: they have no account."""
    refused: str | Markup = ""
    waits: str = ""
    asks: PeopleAction | None = None
    """It is done only after a yes to what it would do."""
    given: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
