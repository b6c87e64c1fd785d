"""Where each page of the panel stands, and the words by which somebody looks for it: "mesai", "yedek", "davet"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.web.panel.house_pages import SUBJECTS
from bot.web.panel.navigation import (
    DEVICE_LISTS,
    DEVICE_WORK,
    DEVICES,
    HANDOVERS,
    NEW_ARTICLE,
    OPERATION,
    PAGES,
    PEOPLE,
    SETTINGS,
    SETUP,
    STAFF,
    STOCK,
    VENDORS,
    PanelPage,
)
from handlers.context import Acting
from handlers.queries import house_settings
from handlers.queries.typed_filter import begins


@dataclass(frozen=True, slots=True)
class PagePlace:
    page: PanelPage
    """Open to whom that page is."""
    address: str
    """Below the panel."""
    path: Sequence[str]
    """In words: the pages above it, then its own title."""
    words: str = ""
    """What it is looked for by beside its title."""

    @property
    def title(self) -> str:
        return " › ".join(self.path)


_WORDS = {
    "kayitlar": "liste sıra görünüm süz dışa aktar excel toplu",
    "pano": "sütun kart taşı",
    "gosterge": "grafik istatistik sayılar rakamlar",
    "cihazlar": "envanter demirbaş bilgisayar yazıcı seri no sicil no zimmet etiket garanti",
    "hurda": "kayıttan düşme hurdaya ayırma komisyon teknik rapor",
    "sayim": "envanter sayımı noksan fazla fark tutanak kurul",
    "teslim": "zimmet devir iade geri al teslim belgesi onay bekleyen tutanak",
    "depo": "malzeme sarf toner stok kalan giriş irsaliye",
    "sureli": "garanti sözleşme lisans hat abonelik sertifika ssl alan adı e-imza bitiş yenile hatırlat",
    "firmalar": "firma tedarikçi servis bakım yüklenici telefon",
    "duyurular": "duyuru duyur okundu okumayan güvenlik bildir",
    "egitimler": "eğitim kurs seminer oturum katılım davet yoklama",
    "evrak": "belge yazı dilekçe bilgi edinme ebys cevap son gün süre",
    "yazilimlar": "program lisans koltuk taahhütname güvenlik testi muhasebe 260",
    "kisiler": "personel rol yetki hesap ayrıldı oturum vekâlet silme kvkk",
    "raporlar": "aylık yıllık haftalık faaliyet pdf ay kilidi kilitle imza",
    "denetim": "iz kim ne yaptı zincir günlük",
    "ara": "bul arama",
    "ayarlar": "ayar",
    "git": "klavye kısayol",
}
_SETTINGS: Sequence[tuple[PanelPage, str, str, str]] = (
    (SETTINGS, "takvim", "Mesai ve tatiller", "çalışma saatleri takvim bayram tatil idari izin öğle arası arife"),
    (SETTINGS, "hedefler", "Hedefler", "süre hedef saat gecikme sla"),
    (SETTINGS, "cozumler", "Çözüm adımları", "makale bilgi yardım konu"),
    (NEW_ARTICLE, "cozumler-yeni", "Yeni çözüm adımı", "makale madde yaz ekle"),
    (SETTINGS, "mudurlukler", "Müdürlükler", "müdürlük kısa ad birleştir"),
    (SETTINGS, "bina-oda", "Yerler", "yer bina kat oda birleştir"),
    (SETTINGS, "gorevler", "Görevler", "görev yetkili taşınır ambar vekil vekâlet kvkk arşiv evrak"),
    (SETTINGS, "metinler", "Metinler", "ileti mesaj söz yazı"),
    (SETTINGS, "hazir-yanitlar", "Hazır yanıtlar", "yanıt şablon cevap"),
    (SETTINGS, "listeler", "Listeler", "kontrol listesi adım"),
    (SETTINGS, "sistemler", "Sistemler", "durum kesinti bakım"),
    (OPERATION, "kanallar", "Kanallar", "kanal telegram slack web bağlantı dene bot"),
    (OPERATION, "yedek", "Yedek", "yedekleme yedekler geri yükleme kopya"),
    (OPERATION, "logo", "Logo", "amblem resim"),
    (OPERATION, "kurulum", "Kurulum", "masa toml dosya ortam adres veritabanı"),
)
_SUBJECT_WORDS = {
    "kurum": "ad belediye adres saat dilimi aydınlatma kvkk",
    "birimler": "birim emek süre",
    "saatler": "özet rapor saat gün sonu",
    "depo": "depodan çıkış emri müdür emri imza toplu emir",
    "yerler": "öncelik yer vezne",
    "saklama": "süre yedek silme kvkk ay gün",
    "dosyalar": "ek fotoğraf boyut megabayt sınır",
    "denetimler": "sistem adres yanıt kesinti",
    "web": "sohbet tarayıcı kanal",
    "telegram": "kanal bot anahtar token",
    "slack": "kanal bot anahtar token",
    "push": "bildirim kanal ses",
}
PLACES: Sequence[PagePlace] = (
    *(PagePlace(one, one.path, (one.title,), _WORDS[one.path]) for one in PAGES),
    PagePlace(DEVICE_WORK, "cihazlar-yeni", (DEVICES.title, "Yeni cihaz"), "cihaz ekle kaydet"),
    PagePlace(DEVICE_WORK, "cihazlar-etiket", (DEVICES.title, "Etiket bas"), "karekod qr etiket yazdır"),
    PagePlace(DEVICES, "cihazlar-agda", (DEVICES.title, "Ağda görülenler"), "ajan envanter ağ kopya tanınmayan glpi"),
    PagePlace(DEVICE_LISTS, "cihazlar-liste", (DEVICES.title, "Cihaz listesi getir"), "excel csv içe aktar demirbaş"),
    PagePlace(HANDOVERS, "cikis-emirleri", (HANDOVERS.title, "Çıkış emirleri"), "depo emir onay imza"),
    PagePlace(HANDOVERS, "resmi-kayit", (HANDOVERS.title, "Resmî kayıt"), "taşınır belge no tkys"),
    PagePlace(HANDOVERS, "mutabakat", (HANDOVERS.title, "Mutabakat"), "resmi liste karşılaştır fark excel taşınır"),
    PagePlace(STOCK, "depo-defter", (STOCK.title, "Depo defteri"), "giriş çıkış defteri yazıcı başına tüketim yıl"),
    PagePlace(STOCK, "depo-tuketim", (STOCK.title, "Aylık tüketim"), "taşınır kodu müdürlük liste"),
    PagePlace(VENDORS, "servis", (VENDORS.title, "Servis formları"), "servis formu defter onay parça seri garanti"),
    PagePlace(STAFF, "kisiler-liste", (PEOPLE.title, "Personel listesi"), "excel csv getir içe aktar yükle"),
    PagePlace(STAFF, "kisiler-ekle", (PEOPLE.title, "Kişi ekle"), "yeni personel memur ekle"),
    PagePlace(STAFF, "kisiler-davet", (PEOPLE.title, "Davetler"), "davet kod katıl karekod qr etiket bağla"),
    *(PagePlace(page, f"ayarlar/{at}", (SETTINGS.title, title), words) for page, at, title, words in _SETTINGS),
    *(
        PagePlace(OPERATION, f"ayarlar/{at}", (SETTINGS.title, subject.title), _SUBJECT_WORDS[at])
        for at, subject in SUBJECTS.items()
    ),
    PagePlace(SETUP, "ilk-kurulum/1", ("İlk kurulum",), "başlangıç kurulum adım"),
)
"""A row for each page there is."""


def places_of(acting: Acting) -> list[PagePlace]:
    return [one for one in PLACES if one.page.is_open_to(acting.person)]


def found_places(acting: Acting, typed: str, most: int) -> list[PagePlace]:
    """Those that have all the words, those first that are called so; then single settings on them."""
    if not any(letter.isalnum() for letter in typed):
        return []
    places = places_of(acting)
    called = [one for one in places if begins([one.path[-1]], typed)]
    meant = [one for one in places if one not in called and begins([*one.path, one.words], typed)]
    settings = [one for one in _settings(acting) if begins([one.path[-1]], typed)]
    return [*called, *meant, *settings][:most]


def _settings(acting: Acting) -> Iterable[PagePlace]:
    if not OPERATION.is_open_to(acting.person):
        return
    for one in house_settings.look(acting).settings:
        for at, subject in SUBJECTS.items():
            if subject.has(one.rule):
                yield PagePlace(OPERATION, f"ayarlar/{at}", (SETTINGS.title, subject.title, one.rule.name))
