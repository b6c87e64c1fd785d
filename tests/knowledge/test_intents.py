import pytest

from knowledge.intents import recognise
from knowledge.reading import Intent


@pytest.mark.parametrize(
    ("typed", "intent"),
    [
        ("oldu", "yes"),
        ("düzeldi teşekkürler", "yes"),
        ("evet", "yes"),
        ("çalıştı", "yes"),
        ("tamamdır oldu", "yes"),
        ("👍", "yes"),
        ("olmadı", "no"),
        ("yine aynı", "no"),
        ("olmadı yine aynı", "no"),
        ("hayır", "no"),
        ("düzelmedi hala", "no"),
        ("teknisyen gelsin", "human"),
        ("biri baksın", "human"),
        ("teknisyene ilet", "human"),
        ("TEKNİSYENE İLET", "human"),
        ("durumu ne oldu", "status"),
        ("kaydım ne oldu", "status"),
        ("ne zaman gelirsiniz", "status"),
        ("iptal", "cancel"),
        ("vazgeçtim", "cancel"),
        ("iptal edin lütfen", "cancel"),
        ("teşekkürler", "thanks"),
        ("tesekkurler cok sagolun", "thanks"),
        ("eline sağlık abi", "thanks"),
        ("günaydın", "small_talk"),
        ("merhaba kolay gelsin", "small_talk"),
        ("ok", "small_talk"),
        ("", "small_talk"),
        ("yardım", "help"),
    ],
)
def test_a_message_that_only_answers_or_greets(typed: str, intent: str) -> None:
    assert recognise(typed) is Intent(intent)


@pytest.mark.parametrize(
    "typed",
    [
        "merhaba yazıcı çalışmıyor",
        "teşekkürler ama internet yine gitti",
        "evet, ekran hâlâ siyah",
        "teknisyen gelsin klavye bozuk",
        "günaydın toner bitti iyi çalışmalar",
    ],
)
def test_a_fault_makes_it_a_report_whatever_else_it_holds(typed: str) -> None:
    assert recognise(typed) is None
