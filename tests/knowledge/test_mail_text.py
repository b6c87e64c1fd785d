"""What mail programs write around a message changes nothing of how it is understood."""

import pytest

from knowledge import Hazard, Knowledge
from knowledge.mail_text import own_words

SIGNATURES = [
    "\n\nSaygılarımla,\nKemal ÖZTÜRK\nFen İşleri Müdürlüğü\nHarita Teknikeri\nTel: 0326 111 22 33 / 2210",
    "\n\nİyi çalışmalar dilerim.\nKemal Öztürk\nwww.ornek.bel.tr",
    "\n-- \nKemal Öztürk\nDahili: 2210",
    "\n\nKemal Öztürk\nZabıta Amiri\nGSM 0532 000 00 00",
]
NOTICES = [
    (
        "\n\nYASAL UYARI: Bu elektronik posta ve ekleri kişiye özel ve gizlidir. Muhatabı değilseniz siliniz. İçerdiği"
        " virüslerden kurumumuz sorumlu tutulamaz."
    ),
    "\n\nBu mesaj antivirüs yazılımıyla virüslere karşı taranmıştır.",
    "\n\nThis e-mail is confidential and intended only for the recipient.",
    "\n\nLütfen bu e-postayı yazdırmadan önce doğayı düşünün.",
    "\n\niPhone'umdan gönderildi",
]
QUOTES = [
    "\n\nKimden: Kemal <kemal@ornek.bel.tr>\nGönderilme: 3 Şubat 2026 Salı\nKime: Bilgi İşlem\nKonu: YNT: virüs",
    "\n\n3 Şubat 2026 Sal 11:20 tarihinde BİM <bim@ornek.bel.tr> şunu yazdı:\n> internetiniz geldi mi\n> bakınız",
    "\n\n-----Original Message-----\nFrom: Kemal\nSent: Tuesday\nTo: BİM\nSubject: internet",
]
AROUND = [*SIGNATURES, *NOTICES, *QUOTES, SIGNATURES[0] + NOTICES[0] + QUOTES[0]]
UNCLOSED = SIGNATURES[3]
REPORTS = ["klavyenin tuşları basmıyor", "Merhaba,\n\nekranım titriyor, bakar mısınız."]


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load()


@pytest.mark.parametrize("around", AROUND)
def test_a_report_is_understood_as_without_it(knowledge: Knowledge, around: str) -> None:
    _require_same(knowledge, [(report + around, report) for report in REPORTS])


@pytest.mark.parametrize("around", [around for around in AROUND if around != UNCLOSED])
def test_also_where_all_came_in_one_line(knowledge: Knowledge, around: str) -> None:
    """Without a line end and a closing nothing tells where a signature begins."""
    _require_same(knowledge, [(" ".join((report + around).split()), report) for report in REPORTS])


def _require_same(knowledge: Knowledge, told: list[tuple[str, str]]) -> None:
    for whole, report in told:
        read, alone = knowledge.read(whole), knowledge.read(report)
        assert (read.decision, read.intent, read.hazard) == (alone.decision, alone.intent, alone.hazard)
        assert [c.category for c in read.candidates] == [c.category for c in alone.candidates]
        assert read.text == whole


def test_a_signature_still_tells_where_somebody_is(knowledge: Knowledge) -> None:
    assert knowledge.read(REPORTS[0] + SIGNATURES[0]).facts.phone


def test_an_answer_with_a_signature_is_that_answer(knowledge: Knowledge) -> None:
    assert knowledge.read("Düzeldi." + SIGNATURES[0]).explicit


@pytest.mark.parametrize(
    "passed_on",
    [
        "-----İletilen mesaj-----\nKimden: Kemal\nTarih: 3 Şubat\nKonu: İLT: arıza\n\nklavyenin tuşları basmıyor",
        "> klavyenin tuşları basmıyor",
    ],
)
def test_a_mail_that_is_only_passed_on_is_read(knowledge: Knowledge, passed_on: str) -> None:
    assert knowledge.read(passed_on).candidates[0].category == "klavye-fare"


@pytest.mark.parametrize(
    "own",
    [
        "bu e-posta ekini açamıyorum",
        "bu mesaj gizli diyor, açamıyorum",
        "İyi çalışmalar, yazıcım bozuk",
        "yazıcı bozuk iyi çalışmalar internet de yok",
        "yazıcı tarih: yanlış basıyor, kime: satırı da boş",
        "Saygılarımla",
    ],
)
def test_nothing_of_ones_own_is_lost(own: str) -> None:
    assert own_words(own) == own


def test_a_virus_in_the_words_themselves_is_still_one(knowledge: Knowledge) -> None:
    reading = knowledge.read("bilgisayara fidye virüsü girdi, dosyalar şifrelendi" + NOTICES[0])
    assert reading.hazard is Hazard.malware
