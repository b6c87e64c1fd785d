"""What can be typed with a slash: the same on every channel."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from handlers.chat import (
    absences,
    admin_commands,
    announcing,
    approvals,
    articles,
    backup_book,
    calendar,
    cancel,
    canned_replies,
    checklists,
    counting,
    depot,
    deputies,
    devices,
    document_tracks,
    door_cards,
    efforts,
    end_of_day,
    join_command,
    linking,
    lists,
    maintenances,
    months,
    my_data,
    name_command,
    notes,
    on_behalf,
    onboarding,
    outage_notes,
    own_devices,
    priority_rule,
    recurring,
    rooms,
    rota,
    search,
    shortcuts,
    summary,
    systems,
    taking_back,
    targets,
    terms,
    trainings,
    work_hours,
)
from handlers.chat.turn import Turn
from handlers.domain.errors import Invalid
from handlers.domain.officers import Office
from handlers.domain.people import Role
from handlers.messages import PostedMessage
from handlers.people import join_codes, officers
from knowledge.language import comparison
from knowledge.language.folding import folded

STAFF = frozenset({Role.TECHNICIAN, Role.LEAD})
EVERYBODY = frozenset(Role)
WORKERS = STAFF | {Role.DIRECTOR}
ADMINS = frozenset({Role.ADMIN})
DEPUTISED = frozenset({Role.LEAD, Role.DIRECTOR})
KEEPERS_OF_SYSTEMS = STAFF | {Role.DIRECTOR, Role.ADMIN}
ON_LEAVE = STAFF | {Role.DIRECTOR}
LEADERS = frozenset({Role.LEAD, Role.DIRECTOR, Role.AUDITOR})
CLEARING = frozenset({Role.LEAD, Role.DIRECTOR, Role.ADMIN})
KEEPERS_OF_DEVICES = STAFF | {Role.DIRECTOR, Role.AUDITOR}
OF_THE_DEPOT = frozenset({Office.AMBAR, Office.TASINIR_KAYIT})
CALENDAR_KEEPERS = frozenset({Role.LEAD, Role.DIRECTOR, Role.ADMIN})


ON_THE_WAY_IN = ("katil", "isim")
"""What can be commanded before the desk knows who somebody is."""
IN_ANY_GROUP = ("katil", "bagla")
"""What is for groups that are nobody's yet, too."""


@dataclass(frozen=True, slots=True)
class Command:
    """`run` gets the words behind the command and the message it replied to."""

    name: str
    help: str
    run: Callable[[Turn, str, PostedMessage | None], None]
    roles: frozenset[Role] = EVERYBODY
    """Who finds it in /yardim; what they may really do is decided by the rights."""
    takes_files: bool = False
    """What comes with it belongs to it; what comes with another is as if sent alone."""
    in_rooms: bool = False
    """Written in a room it is answered there, as far as those who read along may hear it; any other in private."""
    offices: frozenset[Office] = frozenset()
    """Görevler whose holders find it there, too, whatever their role."""


def _join(turn: Turn, words: str, _answered: PostedMessage | None) -> None:
    join_command.join(turn, words)
    onboarding.resume(turn)


def _help(turn: Turn, _words: str, _answered: PostedMessage | None) -> None:
    roles, offices = turn.person.roles, officers.held_today(turn)
    mine = [command for command in COMMANDS.values() if roles & command.roles or offices & command.offices]
    turn.say(turn.address, "help", commands=mine, person=turn.person)


COMMANDS = {
    command.name: command
    for command in (
        Command("durum", "kayıtlarım ne aşamada (bir kayıt için: /durum 123)", lists.status, in_rooms=True),
        Command("bozuldu", "biten kaydı yeniden açmak: /bozuldu 123", lists.broken_again),
        Command("islerim", "üstlendiğim kayıtlar", lists.mine, STAFF),
        Command("sira", "birimimde bekleyen kayıtlar", lists.queue, STAFF),
        Command("adina", "arayan ya da gelen biri adına kayıt açmak", on_behalf.start, WORKERS, True, True),
        Command("not", "kayda iç not eklemek: /not 123 metin", notes.note_command, WORKERS, True, True),
        Command("ilgili", "iki kaydı ilişkilendirmek: /ilgili 118 151", linking.relate, WORKERS, in_rooms=True),
        Command("altis", "bir işin alt işleri (önce üst iş): /altis 118 151 152", linking.part, WORKERS, in_rooms=True),
        Command(
            "ayir",
            "yazılanı ayrı kayıt yapmak: mesajı yanıtlayıp /ayir ya da /ayir 118",
            linking.split,
            STAFF,
            in_rooms=True,
        ),
        Command("yanit", "hazır yanıtlar: /yanit 123 yoldayim", canned_replies.command, STAFF, in_rooms=True),
        Command("liste", "kontrol listeleri", checklists.command, STAFF),
        Command("duzenli", "belli günlerde açılan düzenli işler: sayım, tatil listesi", recurring.command, STAFF),
        Command("yedek", "yedek defteri: /yedek kasım", backup_book.command, LEADERS),
        Command("onay", "benden istenen onaylar; yazının sayısı: /onay 123 E-1412", approvals.command, WORKERS),
        Command("sure", "bir kayda harcanan süre: /sure 123 45 (dakika)", efforts.command, WORKERS, in_rooms=True),
        Command("makale", "tamamlanan kayıttan çözüm adımları hazırlamak: /makale 123", articles.draft_command, STAFF),
        Command("ara", "kayıt, kişi, çözüm adımı aramak: /ara kelime", search.search, EVERYBODY - {Role.REQUESTER}),
        Command("ozet", "bugünün özeti", summary.show, EVERYBODY - {Role.REQUESTER}, in_rooms=True),
        Command("ay", "bir ayın raporu, kilitlemek: /ay 2026-11", months.show, DEPUTISED),
        Command("iptal", "yazdığımdan ya da kaydımdan vazgeçmek", cancel.cancel_command),
        Command("oncelik", "önceliği ne belirler", priority_rule.show, in_rooms=True),
        Command("takvim", "özel günler; eklemek: /takvim tatil 4 Ocak", calendar.show, CALENDAR_KEEPERS),
        Command(
            "idari",
            "idari izni takvime yazmak: /idari izin 8 Şubat",
            calendar.administrative_leave,
            CALENDAR_KEEPERS,
        ),
        Command("mesai", "mesai düzeni ve saatleri", work_hours.show, CALENDAR_KEEPERS),
        Command("hedef", "üstlenme ve çözüm hedefleri: /hedef yüksek 1 sa 8 sa", targets.show, CALENDAR_KEEPERS),
        Command("izin", "izin yazmak, izinlileri görmek: /izin 3-7 Aralık", absences.show, ON_LEAVE),
        Command("gunsonu", "mesai bitmeden günün özeti: açmak, kapatmak", end_of_day.show, STAFF),
        Command("nobet", "nöbetçiler, nöbet değişmek: /nobet", rota.show, ON_LEAVE),
        Command("vekil", "yerime vekil göstermek: /vekil Zeynep Arslan 3-7 Aralık", deputies.show, DEPUTISED),
        Command(
            "sistem",
            "sistemlerin durumu; kesintiyi derecelendirmek: /sistem EBYS yavaş",
            systems.show,
            KEEPERS_OF_SYSTEMS,
        ),
        Command("kesintinotu", "kesintiden sonra yazılan not: /kesintinotu 140", outage_notes.command, WORKERS),
        Command("odakarti", "kapılara asılacak oda kartları (PDF)", door_cards.show, CALENDAR_KEEPERS),
        Command(
            "planli",
            "planlı çalışmalar; yazmak: /planli EBYS 9 Aralık 18.00-20.00 sürüm yükseltme",
            maintenances.show,
            KEEPERS_OF_SYSTEMS,
        ),
        Command(
            "cihaz",
            "cihaz bulmak, kaydetmek: /cihaz d42",
            devices.command,
            KEEPERS_OF_DEVICES,
            takes_files=True,
            offices=OF_THE_DEPOT,
        ),
        Command("egitim", "davetli olduğum eğitimler", trainings.command),
        Command("duyuru", "okumadığım duyurular; duyurmak: /duyuru metin", announcing.command),
        Command(
            "evrak",
            "cevaplanacak evrak; yazmak: /evrak 45123 konu",
            document_tracks.command,
            WORKERS,
            offices=frozenset({Office.EVRAK}),
        ),
        Command(
            "depo",
            "depodaki malzeme; giriş: /depo giris 10 tn-2421",
            depot.command,
            KEEPERS_OF_DEVICES,
            offices=OF_THE_DEPOT,
        ),
        Command("sayim", "açık sayımda saymak: oda, numara, etiket fotoğrafı", counting.command),
        Command(
            "sureli",
            "süresi dolacaklar: garanti, lisans, hat; /sureli 30",
            terms.command,
            KEEPERS_OF_DEVICES,
            offices=frozenset({Office.HARCAMA_YETKILISI, Office.TASINIR_KAYIT}),
        ),
        Command("zimmetim", "üzerimdeki cihazlar", own_devices.show),
        Command("ilisik", "ayrılanın zimmet durumu: /ilisik Ad Soyad", taking_back.command, CLEARING),
        Command("verilerim", "hakkımda tutulanlar; yazdıklarımı silmek", my_data.show),
        Command("isim", "adımı düzeltmek: /isim Ad Soyad", name_command.correct),
        Command("katil", "koduyla katılmak: /katil KOD", _join),
        Command("bagla", "bu grubu bir birime bağlamak: /bagla donanim", rooms.bind, ADMINS, in_rooms=True),
        Command("davet", "kod üretmek: /davet teknisyen donanim Ad Soyad", admin_commands.invite, ADMINS),
        Command(
            "ayrildi",
            "ayrılan personelin yetkilerini kapatmak: /ayrildi HESAP",
            admin_commands.left,
            ADMINS,
        ),
        Command("yardim", "bu liste", _help),
    )
}
_ALIASES = {
    "start": "yardim",
    "help": "yardim",
    "islerım": "islerim",
    "yardım": "yardim",
    "özet": "ozet",
    "öncelik": "oncelik",
    "sıra": "sira",
    "bağla": "bagla",
    "katıl": "katil",
    "nöbet": "nobet",
    "günsonu": "gunsonu",
    "planlı": "planli",
    "vekalet": "vekil",
    "vekâlet": "vekil",
    "işlerim": "islerim",
    "adına": "adina",
    "oda": "odakarti",
    "odakartları": "odakarti",
    "odakartlari": "odakarti",
    "ayır": "ayir",
    "altiş": "altis",
    "süreli": "sureli",
}


_COMMAND = re.compile(r"/([^\W\d_]+)(?:@\w+)?(?:[\s:,]|_(?=\d))*(.*)", re.DOTALL)
_NUMBER = re.compile(r"^#?[\d-]+:?\s+")
_NAME_ENDS = re.compile(r"[:\n]")


def _split(text: str) -> tuple[str, str]:
    """`/katil@masa_bot KOD` → (`katil`, `KOD`), in any spelling of the Turkish letters, and whatever stands between:
    `/durum:12`, `/durum12`, `/adina`, a line end and a name."""
    match = _COMMAND.match(text.strip())
    word, rest = match.groups() if match is not None else (text.strip()[1:], "")
    return _ALIASES.get(word) or folded(word).replace(" ", ""), rest.strip()


def is_command(text: str, *those: str) -> bool:
    """Whether it is one; with `those`, whether it is one of them."""
    return shortcuts.is_command(text) and (not those or _split(text)[0] in those)


def as_kept(text: str, today: date) -> str:
    """Without a code that must not be read again, and without why somebody is away."""
    if is_command(text, "izin"):
        return absences.without_reason(_split(text)[1], today)
    return f"/katil {join_codes.HIDDEN}" if is_command(text, "katil") else text


def takes_files(text: str) -> bool:
    command = COMMANDS.get(_split(text)[0])
    return command is not None and command.takes_files


def said(text: str) -> str:
    """What stands on a ticket of it: of `/not 123 metin` and `/adina Ad: metin` the words behind."""
    if not is_command(text):
        return text
    name, words = _split(text)
    if name == "not":
        return _NUMBER.sub("", words)
    return "".join(_NAME_ENDS.split(words, maxsplit=1)[1:]).strip() if name == "adina" else text


def run(turn: Turn, text: str, answered: PostedMessage | None = None) -> None:
    """Raises Invalid(`unknown_command`) for one that is none; what the command raises besides."""
    name, words = _split(text)
    command = COMMANDS.get(_ALIASES.get(name, name))
    if command is None:
        mine = [(f"/{one.name}", one.name) for one in COMMANDS.values() if turn.person.roles & one.roles]
        raise Invalid(
            "unknown_command",
            typed=text.split()[0][:40],
            near=comparison.nearest(name[:40], mine, comparison.COMMANDS, limit=2),
        )
    if not command.in_rooms:
        turn.go_private()
    command.run(turn, words, answered)
