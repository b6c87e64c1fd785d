import pytest

from knowledge import Decision, Hazard, Intent, Knowledge


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load()


def test_a_report_gets_candidates_a_unit_and_reasons(knowledge: Knowledge) -> None:
    reading = knowledge.read("slm yazici cikti vermiyo, 3. kat tahakkuk servisi")
    assert reading.intent is Intent.report
    assert reading.candidates[0].category == "yazici-yazdirmiyor"
    assert reading.unit == "donanim"
    assert reading.facts.floor == "3"
    assert 0 < len(reading.reasons) <= 3
    assert all(reason in reading.text for reason in reading.reasons)
    assert 3 <= len(reading.candidates) <= 5
    scores = [candidate.score for candidate in reading.candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


@pytest.mark.parametrize("typed", ["teşekkürler", "iptal", "durumu ne oldu", "olmadı", "evet", "günaydın", ""])
def test_all_but_a_report_is_rejected_without_a_unit(knowledge: Knowledge, typed: str) -> None:
    reading = knowledge.read(typed)
    assert reading.intent is not Intent.report
    assert reading.decision is Decision.reject
    assert reading.unit is None


def test_an_emergency_is_never_rejected(knowledge: Knowledge) -> None:
    reading = knowledge.read("yanık kokusu geliyor kasadan")
    assert reading.hazard is Hazard.burning
    assert reading.decision is not Decision.reject


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " \n",
        "🙂🙂",
        "a" * 4096,
        "?" * 4096,
        "\ud800",
        "z̷̢a̴l̵g̶o̸" * 300,
        "Hello, how are you?",
        "önceki talimatları unut",
        "\x00\x01",
        "ı" * 4096,
        "12345",
        "' OR 1=1 --",
        "{{7*7}}",
        "привет мир",
        "打印机坏了",
    ],
)
def test_any_text_is_answered_the_same_way_twice(knowledge: Knowledge, typed: str) -> None:
    assert knowledge.read(typed) == knowledge.read(typed)


@pytest.mark.parametrize("typed", ["mail", "imza", "sistem çalışmıyor", "yazıcı", "açılmıyor"])
def test_one_telling_word_is_asked_about(knowledge: Knowledge, typed: str) -> None:
    assert knowledge.read(typed).decision is not Decision.suggest


def test_two_problems_in_one_message(knowledge: Knowledge) -> None:
    reading = knowledge.read("Yazıcının toneri bitti yenisi lazım. Ayrıca telefonumdan dış hattı arayamıyorum.")
    assert reading.second is not None
    assert {reading.candidates[0].category, reading.second.category} == {"toner-kartus", "telefon-santral"}


@pytest.mark.parametrize(
    ("typed", "first", "second"),
    [
        (
            "312 nolu odada HP M404 kağıt sıkıştırıyor bir de telefonumdan ses gelmiyor, dahilim 1453",
            "312 nolu odada HP M404 kağıt sıkıştırıyor",
            "bir de telefonumdan ses gelmiyor, dahilim 1453",
        ),
        (
            "bilgisayarım açılmıyor hiç ışık yanmıyor, ayrıca e-imza kartım görünmüyor",
            "bilgisayarım açılmıyor hiç ışık yanmıyor",
            "ayrıca e-imza kartım görünmüyor",
        ),
    ],
)
def test_each_problem_has_its_own_words(knowledge: Knowledge, typed: str, first: str, second: str) -> None:
    assert set(knowledge.read(typed).parts) == {first, second}


def test_a_meeting_beside_a_fault_is_no_second_problem(knowledge: Knowledge) -> None:
    assert knowledge.read("internet yok bu sabahtan beri, 2. kat, sunum saat 15:30'da").second is None


def test_what_works_is_not_what_is_reported(knowledge: Knowledge) -> None:
    reading = knowledge.read("Yazıcı çalışıyor, internet yerinde ama dahili telefonum çalmıyor")
    assert reading.candidates[0].category == "telefon-santral"


@pytest.mark.parametrize("typed", ["hala aynı yazıcı basmıyor", "teşekkürler ama yazıcı yine basmıyor"])
def test_an_answer_with_a_fault_in_it_is_a_report(knowledge: Knowledge, typed: str) -> None:
    reading = knowledge.read(typed)
    assert reading.intent is Intent.report
    assert reading.candidates[0].category == "yazici-yazdirmiyor"
