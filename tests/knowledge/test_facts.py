import pytest

from knowledge.facts import facts


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
        ("sağlık işleri müdürlüğü", None),
        ("proje müdürlüğü", None),
        ("evlendrme modülü açılmıyor", None),
    ],
)
def test_a_mudurluk_with_mistakes_is_known_by_what_follows_it(text: str, department: str | None) -> None:
    assert facts(text).department == department
