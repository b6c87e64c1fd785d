import pytest

from knowledge.facts import facts, offices
from knowledge.facts.identifiers import Kind, identifiers
from tests.knowledge.facts_measured import wrong


@pytest.mark.parametrize(
    ("typed", "field", "value"),
    [
        ("oda 312", "room", "312"),
        ("312 nolu oda", "room", "312"),
        ("118 numaralı odadayım", "room", "118"),
        ("305 odada", "room", "305"),
        ("yazıcı 404 hatası", "room", None),
        ("3. kat tahakkuk", "floor", "3"),
        ("ikinci kattayız", "floor", "2"),
        ("zemin katta", "floor", "zemin"),
        ("3.kattaki", "floor", "3"),
        ("3 katı fazla", "floor", None),
        ("tahakkuk servisi", "department", "Mali Hizmetler"),
        ("Fen İşlerinden yazıyorum", "department", "Fen İşleri"),
        ("imardan arıyorum", "department", "İmar ve Şehircilik"),
        ("emlak vergisi ekranı", "department", None),
        ("ruhsat basamıyoruz", "department", None),
        ("HP M404 basmıyor", "device", "HP M404"),
        ("HP LaserJet M404 basmıyor", "device", "HP LaserJet M404"),
        ("HP LaserJet Pro yazıcı", "device", "HP LaserJet Pro"),
        ("kyocera'dan çıktı yok", "device", "Kyocera"),
        ("excelde formül bozuldu", "program", "Excel"),
        ("NETCAD'de pafta açılmıyor", "program", "NetCAD"),
        ("kepçe bozuldu", "program", None),
        ("yazici bozuk", "device", "yazıcı"),
        ("0412 demirbaş numaralı", "asset_no", "0412"),
        ("demirbaş no: 255.02.01.0034", "asset_no", "255.02.01.0034"),
        ("sicil 4471", "staff_no", "4471"),
        ("sicil no: 12345", "staff_no", "12345"),
        ("0x80070643 veriyor", "error", "0x80070643"),
        ('"Yazıcı çevrimdışı" yazıyor', "error", "Yazıcı çevrimdışı"),
        ("ORA-00001 hatası", "error", "ORA-00001"),
        ('"2022 İhale" klasörünü sildim', "error", None),
        ('ESET pencere açtı: "Tehdit bulundu"', "error", "Tehdit bulundu"),
        ("öğleden sonra oluyor", "since", None),
        ("bende iki bilgisayar var", "people", None),
        ("dahili 1453", "phone", "1453"),
        ("0532 123 45 67", "phone", "0532 123 45 67"),
        ("sabahtan beri yok", "since", "sabahtan beri"),
        ("üç gündür", "since", "üç gündür"),
        ("dünden beri", "since", "dünden beri"),
        ("5 kişi çalışamıyor", "people", "5"),
        ("üç kişi bekliyoruz", "people", "üç"),
        ("hepimizde aynı hepimiz", "people", "hepimiz"),
        ("nikâh saat 2'de", "deadline", "saat 2'de"),
        ("14:00 te toplantı", "deadline", "14:00 te"),
        ("yarına lazım", "deadline", "yarına lazım"),
        ("nikâh saat 2'de", "soon", True),
        ("10 dakika sonra meclis var", "soon", True),
        ("bugün akşama kadar lazım", "soon", True),
        ("pazartesiden beri bozuk, sunum saat 15:30'da", "soon", True),
        ("yarın nikâh saat 2'de", "soon", False),
        ("cuma saat 14:00'te sunum var", "soon", False),
        ("yarına lazım", "soon", False),
        ("yazıcı bozuk", "soon", False),
    ],
)
def test_a_fact_is_found_as_typed(typed: str, field: str, value: str | None) -> None:
    assert getattr(facts(typed), field) == value


@pytest.mark.parametrize(
    ("text", "department"),
    [
        ("fen isleri md yazıcı bozuk", "Fen İşleri"),
        ("Zabta müdürlüğü internet yok", "Zabıta"),
        ("mali hizm. müdürlüğünde yazıcı çalışmıyor", "Mali Hizmetler"),
        ("insan kaynklari mudurlugu", "İnsan Kaynakları ve Eğitim"),
        ("bilgi işlem müdürlüğü", None),
        ("sağlık işleri müdürlüğü", "Sağlık İşleri"),
        ("SAĞLIK İŞLERİ MÜDÜRLÜĞÜ", "Sağlık İşleri"),
        ("kadın ve aile hizmetleri müdürlüğünden yazıyorum", "Kadın ve Aile Hizmetleri"),
        ("müdürlüğümüz personeli", None),
        ("ilgili müdürlük", None),
        ("sayısını müdürlüklere göre çıkarın", None),
        ("tapu müdürlüğünden gelecek yazı", None),
        ("Zabıta Müdürlüğüne devredilmesi", None),
        ("Zabıta Müdürlüğüne ait tablet", "Zabıta"),
        ("Fen İşleri Müdürlüğünden gelen yazı açılmıyor", None),
        ("özel kalemin numarası kaç", None),
        ("özel kalemde sorun var", "Özel Kalem"),
        ("zabıta gelsin", None),
        ("zabıta olarak istiyoruz", "Zabıta"),
        ("Başkanın basın açıklaması", None),
        ("proje müdürlüğü", None),
        ("evlendrme modülü açılmıyor", None),
    ],
)
def test_a_mudurluk_with_mistakes_is_known_by_what_follows_it(text: str, department: str | None) -> None:
    assert facts(text).department == department


def test_all_that_labelled_sentences_tell_is_read_and_nothing_else() -> None:
    assert wrong() == []


@pytest.mark.parametrize(
    ("typed", "field", "value"),
    [
        ("geçen haftaya kadar giriyordum", "deadline", None),
        ("Parolanızın süresi 0 gün içinde dolacak diyor", "deadline", None),
        ("ip si 10.20.4.55", "deadline", None),
        ("YARIN SAAT 10DA SUNUM VAR", "deadline", "YARIN SAAT 10DA"),
        ("saat 9'da bozuldu", "deadline", None),
        ("15.12.2026", "deadline", "15.12.2026"),
        ("20 Aralık'a kadar", "soon", False),
        ("2 gün içinde taşınacağız", "soon", False),
        ("yarın izinliyim, bugün 17:00'ye kadar bakın", "soon", True),
        ("15 yıllık yazıcıyı kimse istemiyor", "people", None),
        ("40 kişi kuyrukta", "people", None),
        ("üç kişilik kanepe", "people", None),
        ("3 kişilik ekibiz", "people", "3"),
        ("Server Error in '/EBYS' Application. Runtime Error", "error", None),
        ("rapor_2024_son.xlsx açılmıyor", "error", None),
        ("DRIVER_IRQL_NOT_LESS yazıyor", "error", "DRIVER_IRQL_NOT_LESS"),
        ("'hesabın süresi dolmuş' değil 'parolanın süresi doldu' diyor", "error", "parolanın süresi doldu"),
        ("dış birimden merkez sunucuya erişemiyoruz", "device", None),
        ("sunucu kapandı", "device", "sunucu"),
        ("priz kapaklarını söküp takmışlar", "program", None),
        ("Samsun'dan gelen yazı", "device", None),
        ("HP 214 numaralı odada", "device", "HP"),
        ("HP 85A toner", "device", "HP 85A"),
        ("2018000024 fiş no", "phone", None),
        ("50 kat hızlı", "floor", None),
    ],
)
def test_what_only_looks_like_a_fact_is_none(typed: str, field: str, value: str | bool | None) -> None:
    assert getattr(facts(typed), field) == value


@pytest.mark.parametrize(
    ("typed", "kind", "value", "words"),
    [
        ("yazıcı bozuk, demirbaş no: 1453.", Kind.asset_no, "1453", "demirbaş no: 1453"),
        ("sicilim 4471, EBYS açılmıyor", Kind.staff_no, "4471", "sicilim 4471"),
        ("dahilim 1745 arayın", Kind.phone, "1745", "dahilim 1745"),
        ("seri no CN12AB345 olan yazıcı", Kind.serial, "CN12AB345", "seri no CN12AB345"),
        ("1453 sayılı yazı", Kind.document, "1453", "1453 sayılı"),
        ("evrak no 2026/4471 görünmüyor", Kind.document, "2026/4471", "evrak no 2026/4471"),
    ],
)
def test_an_identifier_stands_with_the_words_that_name_it(typed: str, kind: Kind, value: str, words: str) -> None:
    (found,) = identifiers(typed)
    assert (found.kind, found.value, typed[slice(*found.span)]) == (kind, value, words)


def test_where_a_mudurluk_is_named_whoever_sits_there() -> None:
    text = "ben Su ve Kanalizasyon müdürlüğünden Ayşe, Kreş Müdürlüğüne yazı gitmiyor"
    assert [text[start:end] for start, end in offices(text)] == [
        "Su ve Kanalizasyon müdürlüğünden",
        "Kreş Müdürlüğüne",
    ]
