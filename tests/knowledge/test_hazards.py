import pytest

from knowledge.hazards import citizens_waiting, is_secret, spot
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
        ("bir yangın daha çıktı", Hazard.fire),
        ("yangın sönmedi", Hazard.fire),
        ("yangını söndüremedik", Hazard.fire),
        ("yangın hâlâ sürüyor", Hazard.fire),
        ("yangın alarmı çalıyor", Hazard.fire),
        ("arşiv alev alev yanıyor", Hazard.fire),
        ("dumanlar içindeyiz", Hazard.fire),
        ("sistem odasında patlama oldu", Hazard.fire),
        ("dosyalarım şifrelenmiş, bitcoin istiyorlar", Hazard.malware),
        ("ekranda fidye notu var", Hazard.malware),
        ("bilgisayara virüs bulaştı", Hazard.malware),
        ("hacklendik", Hazard.malware),
        ("anydesk ile bağlandılar bilgisayarıma", Hazard.malware),
        ("tanımadığım biri anydeskten girdi", Hazard.malware),
        ("bankadan arayıp teamviewer kurdurdular", Hazard.malware),
        ("e-imza kartımı kaybettim", Hazard.lost_key),
        ("e imza kartım çalındı", Hazard.lost_key),
        ("e-imza kartımı bulamıyorum evde de yok", Hazard.lost_key),
        ("sahte siteye şifremi girdim bir de yazıcı çalışmıyor", Hazard.phishing),
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
        "anydesk ile bağlanıp bakar mısınız",
        "anydesk bağlanmıyor",
        "bilgi işlemden anydesk ile bağlandılar düzelttiler",
        "teknisyen anydesk ile bağlandı",
        "e-imza kartım okunmuyor",
        "bilgisayar e-imza kartını bulamıyor",
        "e-imza sertifikam kayboldu listeden",
        "e-imzalı evrak kayboldu",
        "e-imza menüsü kayboldu ekrandan",
        "duman dedektörü için teknik şartname lazım",
        "kartuş dolum kokusu var mı",
        "antivirüs lisansı bitti",
        "yangın tatbikatı cuma günü",
        "yangın çıkışı tabelası düştü",
        "yangın çıkmasın diye fişi çektim",
        "yangın söndü",
        "yangın algılama sistemi var kapalı",
        "yangın alarmı çalmıyor",
        "odada ışık yanıyor ama ekran siyah",
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
    "typed",
    [
        "kişisel veriler internete sızmış, haber vermek istedim",
        "Eğitim Müdürlüğünden yazıyorum, vatandaş bilgileri sızdı",
        "proje klasöründeki kişisel veriler herkese açık kalmış",
        "ihale teklifleri dışarı sızdı",
        "güvenlik kamerası görüntüleri internete sızmış",
        "yazıcı toner sızdırıyor, vatandaş bilgileri de internete düşmüş",
        "yanlışlıkla tüm maaş listesini başka müdürlüğe gönderdim",
        "personel listesini yanlış kişiye mail attım",
        "maaş bordrom başkasına gitmiş",
        "e-belediyede başka vatandaşın bilgileri çıkıyor",
        "sitede başkasının borcunu görebiliyorum",
        "paylaşım klasöründe herkes maaşları görebiliyor",
        "sunucuya izinsiz giriş olmuş",
        "benim adıma ebys evrak imzalanmış ben imzalamadım",
        "hesabımdan mail atılmış ben atmadım",
    ],
)
def test_what_leaked_is_secret_whatever_else_is_said(typed: str) -> None:
    assert is_secret(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "klavye sızıntı yaptı su döküldü",
        "tavandan su sızıntısı var bilgisayarın üstüne",
        "sunucu odasında sızıntı var su geliyor",
        "toner sızıntı yapmış",
        "web sitesinde kişisel veriler sayfası görünmüyor",
        "dosyanın aslı sizde mi imzaya çıkmış mı",
        "özellik listesi bekleniyor sizden",
        "kişisel veri ihlali eğitimi ne zaman",
        "maaş programı dışarıdan açılmıyor",
        "kimlik kartımı okuyucu okumuyor",
        "taranan kimlikler maille gönderilmiyor tarayıcıdan",
        "vatandaşın tc kimlik numarasını yazınca program donuyor",
        "veri aktarımı hata verdi",
        "klasöre herkes erişebilsin istiyoruz",
        "dosyayı yanlışlıkla sildim geri gelir mi",
        "yanlışlıkla listeyi sildim excel",
        "internet hızımız düşmüş",
        "evrak başka birime gitmiş",
    ],
)
def test_what_only_has_such_words_is_kept_from_nobody(typed: str) -> None:
    assert not is_secret(typed)


@pytest.mark.parametrize(
    "typed", ["vatandaş bekliyor", "vatandas tepemde bekliyo", "kuyruk oluştu", "çift salonda bekliyor"]
)
def test_people_are_waiting(typed: str) -> None:
    assert citizens_waiting(plain(typed))


@pytest.mark.parametrize("typed", ["toner bekliyoruz", "yazı kuyrukta bekliyor", "vatandaşın kaydı görünmüyor"])
def test_nobody_is_waiting(typed: str) -> None:
    assert not citizens_waiting(plain(typed))
