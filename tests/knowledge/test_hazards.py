import pytest

from knowledge.hazards import citizens_waiting, spot
from knowledge.reading import Hazard
from knowledge.text import plain


@pytest.mark.parametrize(
    ("typed", "hazard"),
    [
        ("kasadan yanık kokusu geliyor", Hazard.burning),
        ("KASADAN YANIK KOKUSU GELİYOR", Hazard.burning),
        ("prizden kivilcim cikti", Hazard.burning),
        ("laptopumun pili şişmiş", Hazard.burning),
        ("yazıcıdan duman çıkıyor", Hazard.fire),
        ("ups alev aldı", Hazard.fire),
        ("dosyalarım şifrelenmiş, bitcoin istiyorlar", Hazard.malware),
        ("ekranda fidye notu var", Hazard.malware),
        ("bilgisayara virüs bulaştı", Hazard.malware),
        ("kişisel veriler internete sızdı", Hazard.data_leak),
        ("bütün binada internet yok", Hazard.building_offline),
        ("butun bina internet yok", Hazard.building_offline),
        ("belediyede komple internet gitti", Hazard.building_offline),
    ],
)
def test_an_emergency_skips_the_steps(typed: str, hazard: Hazard) -> None:
    assert spot(typed) is hazard


@pytest.mark.parametrize(
    "typed",
    [
        "virüs kapmışım doktor üç gün rapor yazdı",
        "odada internet yok",
        "duman dedektörü için teknik şartname lazım",
        "kartuş dolum kokusu var mı",
        "antivirüs lisansı bitti",
        "yangın tatbikatı cuma günü",
        "yanık kokusu yok ama açılmıyor",
        "parkta mangal dumanı var",
        "bütün gün uğraştım internet yavaş",
        "bizim belediyenin internet sitesi çalışmıyor",
        "kasanın ışığı yanıyor ama ekran siyah",
        "akrabamın ateşi var virüs girmiş vücuduna",
    ],
)
def test_no_false_alarm(typed: str) -> None:
    assert spot(typed) is None


@pytest.mark.parametrize(
    "typed", ["vatandaş bekliyor", "vatandas tepemde bekliyo", "kuyruk oluştu", "çift salonda bekliyor"]
)
def test_people_are_waiting(typed: str) -> None:
    assert citizens_waiting(plain(typed))


@pytest.mark.parametrize("typed", ["toner bekliyoruz", "yazı kuyrukta bekliyor", "vatandaşın kaydı görünmüyor"])
def test_nobody_is_waiting(typed: str) -> None:
    assert not citizens_waiting(plain(typed))
