import pytest

from knowledge.language.names import is_talk, naming, said_name


@pytest.mark.parametrize(
    ("typed", "name", "rest"),
    [
        ("Selin Aktaş", "Selin Aktaş", ()),
        ("selin aktas", "selin aktas", ()),
        ("İyi günler, ben Selin Aktaş.", "Selin Aktaş", ()),
        ("adım soyadım: Selin Aktaş", "Selin Aktaş", ()),
        ("Selin Aktaş / Yazı İşleri / 108", "Selin Aktaş", ("Yazı İşleri", "108")),
        ("Selin Aktaş – Yazı İşleri – 108", "Selin Aktaş", ("Yazı İşleri", "108")),
        ("Ali Durmaz", "Ali Durmaz", ()),  # surnames that are verbs
        ("Satılmış Döndü Bilir", "Satılmış Döndü Bilir", ()),
        ("Bilgecan Öztoprak", "Bilgecan Öztoprak", ()),
    ],
)
def test_a_name_is_known(typed: str, name: str, rest: tuple[str, ...]) -> None:
    said = said_name(typed)
    assert said is not None
    assert (said.name, said.rest, said.sure) == (name, rest, True)


@pytest.mark.parametrize("typed", ["bilgecan öztoprak", "Ayşe Gerek", "Sanem Ok", "sular seller"])
def test_what_may_be_one_is_asked_about(typed: str) -> None:
    said = said_name(typed)
    assert said is not None
    assert not said.sure


@pytest.mark.parametrize(
    "typed",
    ["müdür bey bekliyor", "çabuk olun lütfen", "bu ne için?", "niye soruldu", "yazıcı", "kuyruk çok uzadı", "312",
     "hiçbir şey çalışmıyor bizde bugün", "tamam", "alo", "..."],
)  # fmt: skip
def test_what_is_none(typed: str) -> None:
    assert said_name(typed) is None


@pytest.mark.parametrize("typed", ["zemin kat vezne yanı", "koridordaki büyük olan", "Kyocera M2040", "arşiv odası"])
def test_a_place_and_a_device_are_no_talk(typed: str) -> None:
    assert not is_talk(typed)


@pytest.mark.parametrize(
    ("name", "text", "named"),
    [
        ("Ayşe Yılmaz", "AYŞE  YILMAZ", True),
        ("Ayşe Yılmaz", "Satır 2: Ayşe Yilmaz, 4711", True),
        ("Ayşe Yılmaz", "AYŞE YILMAZER", False),
        ("Ayşe", "ayşe", True),
        ("Ayşe", "AYŞE YILMAZ", False),
        ("", "", False),
    ],
)
def test_whether_a_text_names_somebody(name: str, text: str, *, named: bool) -> None:
    assert naming(name)(text) is named
