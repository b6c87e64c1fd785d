"""A password given away is a security matter, however it is told; one that was forgotten or mistyped is none."""

from __future__ import annotations

import pytest

from knowledge.hazards import is_secret, spot
from knowledge.matcher import read_bundle
from knowledge.phishing import gave_away
from knowledge.reading import Hazard
from tests.scenarios.stage import shared_desk

GIVEN_AWAY = (
    "şifremi oltalama sitesine girdim",
    "sahte siteye parolamı yazdım",
    "linke tıklayıp bilgilerimi girdim",
    "gelen maildeki linke tıklayıp kullanıcı adı ve şifremi yazdım",
    "oltalama maili geldi, şifremi verdim",
    "phishing sayfasına şifremi girdim sanırım",
    "Sahte bir siteydi. Şifremi yazdım.",
    "sahte edevlet sayfasına tc ve şifremi girdim",
    "bankadan aradılar diye kart bilgilerimi verdim",
    "telefonda şifremi verdim galiba dolandırıldım napcaz",
    "arayan kişiye sms kodunu söyledim",
    "şifremi kaptırdım",
    "hesabım çalındı",
    "oltaya geldim galiba",
    "mailde bankadan geliyor gibi bir bağlantı vardı tıkladım bilgilerimi girdim",
    "arkadaşım sahte giriş sayfasına parolasını girmiş",
    "memur arkadaş sahte siteye şifresini girdi",
    "Kurum e-postama gelen bağlantıya girip parolamı yazdım, sonra sahte olduğunu anladım",
    "QR kodu okutup şifremi girdim sonradan şüphelendim",
    "tanımadığım birine parolamı verdim",
    "ofise gelen birisi kendini teknisyen diye tanıtıp şifremi sordu, verdim, sonra şüphelendim",
    "e imza pinimi sahte sayfaya yazdım",
    "Oltalama e-postasındaki forma kullanıcı bilgilerimizi doldurmuşuz",
    "SAHTE SİTEYE ŞİFREMİ GİRDİM",
    "sahte siteye sifre girdm",
    "şüpheli maile cevap verip şifremi gönderdim",
    "oltalama linkine tıklayıp şifremi girmişim",
    "kargo mesajındaki linke basıp kredi kartı bilgilerimi girdim",
    "mailime gelen linkten outlook şifremi yazdım başka yere gitti",
    "sahte instagram sayfasına belediye hesabının şifresini yazdım",
    "Eğitim Müdürlüğünden yazıyorum, şifremi oltalama sitesine girdim",
    "şifremi sahte siteye girdim, dersimi aldım",
    "kendini bilgi işlemden diye tanıtan birine şifremi söyledim",
    "maille gelen ebys linkine tıklayıp şifremi girdim",
    "mail gelmiyor. dün gelen maildeki linke tıklayıp şifremi girmiştim",
    "linke tıklayıp şifremle giriş yaptım",
    "kargo sms linkine kart numaramı yazdım",
    "e-devlet gibi görünen siteye şifremi yazdım",
    "edevlet sandım şifremi girdim değilmiş",
    "yanlış siteye şifre girdim",
    "garip bir sayfa açıldı şifremi yazdım kapandı",
    "kullanıcı adı şifremi isteyen bir sayfaya yazdım sonra bir şey olmadı",
    "bankadan arayan birine kodu söyledim",
    "gelen linke tıkladım sms kodunu girdim",
    "parolam başkasının eline geçti",
    "şifrem internete düşmüş",
)
NOT_GIVEN_AWAY = (
    "şifremi yanlış girdim hesap kilitlendi",
    "EBYS şifremi girdim ama açılmadı",
    "phishing mail geldi hepimize, kimse tıklamasın diye haber vereyim dedim",
    "postanızın süresi doluyor buraya tıklayıp şifrenizi girin diyen bir ileti",
    "microsoft destek hattı numarası çıkan sahte uyarı ekranı kapanmıyor",
    "internetten ayakkabı aldım sahte çıktı paramı nasıl alırım",
    "şüpheli bir e-posta geldi, ne yapmalıyım",
    "mail şifremi unuttum",
    "parolamı yazdım hata verdi",
    "oltalama eğitimi için sunum lazım",
    "oltalama eğitiminde sahte siteye şifremi girdim, ne güzel anlattılar",
    "EBYS linkine tıklayıp şifremi girdim hata verdi",
    "portal linkine tıklayıp kullanıcı adımı yazdım açılmıyor",
    "sahte siteye girmedim ama haber vereyim",
    "wifi şifresini girdim bağlanmıyor",
    "kullanıcı adımı yazdım şifre kabul etmiyor",
    "bi arkadaş html ekini açmış, sahte giriş sayfası çıkmış",
    "taklit toner çıktı, yazıcı kabul etmedi",
    "e-devletten gelen sms kodunu girdim hata verdi",
    "gelen sms kodunu yazdım süresi dolmuş diyor",
    "sms ile gelen onay kodunu yazdım geçersiz diyor",
    "whatsapptan gelen doğrulama kodunu girdim açılmadı",
    "mail geldi onay kodunu girdim olmadı",
    "toplantı linkine tıkladım kullanıcı adımı girdim almadı",
    "zoom linkine girip şifremi yazdım ama beni almıyor",
    "karekodu okuttum şifremi girdim wifi bağlanmıyor",
    "qr kod ile giriş yaptım şifremi yazdım ebys mobil açılmadı",
    "telefonda mail kurulumu yaptım şifremi yazdım hata verdi",
    "telefonda verdiğiniz şifreyi yazdım olmadı",
    "gönderdiğiniz linke tıkladım şifremi yazdım hata veriyor",
    "fotokopi makinesine pin kodumu girdim kopya çıkarmıyor",
    "kopya kağıdı bitti pin kodumu girdim çalışmadı",
    "e-imza pinimi 3 kez yanlış girdim",
    "vatandaş kredi kartıyla ödeme yapamıyor, kart bilgilerini girdi hata verdi",
)
SURE = {"bilgi-guvenligi", "virus-zararli"}


@pytest.mark.parametrize("typed", GIVEN_AWAY)
def test_it_is_restricted_whatever_subject_the_matcher_finds(typed: str) -> None:
    assert spot(typed) is Hazard.phishing
    desk = shared_desk()
    assert desk.is_restricted(desk.category_of(Hazard.phishing))


@pytest.mark.parametrize("typed", NOT_GIVEN_AWAY)
def test_what_was_not_given_away_is_none(typed: str) -> None:
    assert not gave_away(typed)


def test_of_ten_thousand_reports_about_other_things_none_becomes_one() -> None:
    found = [(example.label, example.text) for example in read_bundle().examples if is_secret(example.text)]
    assert found
    assert [text for label, text in found if label not in SURE] == []


def test_it_is_found_behind_the_beginning_of_a_long_text() -> None:
    assert is_secret("yazıcı çıktı vermiyor. " * 150 + "Şifremi sahte siteye girdim.")
    assert is_secret("yazıcı çıktı vermiyor. " * 150 + "Kişisel veriler internete sızdı.")
    assert not is_secret("yazıcı çıktı vermiyor. " * 150)
