"""What may stand in a log, and what may not."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from bot.monitoring import logs
from storage.errors import StatementRefused, store_errors


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = io.StringIO()
    logs.configure(json_lines=True, stream=stream, secrets=["s3cret-of-the-webhook", ""])
    yield stream
    root.handlers[:] = before
    root.setLevel(level)
    logging.captureWarnings(False)
    structlog.reset_defaults()


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("bot 123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsawQ", "bot [gizli]"),
        ("GET https://api/bot123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsawQ/getMe", "GET https://api/bot[gizli]/getMe"),
        ("xoxb-12345678-abcdefgh", "[gizli]"),
        ("xapp-1-A123-456-abc", "[gizli]"),
        ("/katil ABCDE-FGH23", "/katil [gizli]"),
        ("postgresql+psycopg://masa:parola@db/masa", "postgresql+psycopg://[gizli]db/masa"),
        ("kimlik 10000000146", "kimlik [kimlik no]"),
        ("0532 123 45 67 aradı", "[telefon] aradı"),
        ("ayse.yilmaz@belediye.bel.tr yazdı", "[e-posta] yazdı"),
        ("TR33 0006 1005 1978 6457 8413 26", "[IBAN]"),
        ("X-Secret: s3cret-of-the-webhook", "X-Secret: [gizli]"),
        ("a\nlevel=error forged", "a\\nlevel=error forged"),
        ("\x1b[31mred\x07", "\\x1b[31mred\\x07"),
        ("ad\u202eters\u2028satır", "ad\\u202eters\\u2028satır"),
        ("Şişli Ünye 2026-000123 oda 312", "Şişli Ünye 2026-000123 oda 312"),
    ],
)
def test_a_line_holds_nothing_that_must_not_be_handed_on(said: str, shown: str, lines: io.StringIO) -> None:
    structlog.get_logger("x").info("event", about=said)
    logging.getLogger("some.library").warning("saw %s", said)
    ours, theirs = (json.loads(line) for line in lines.getvalue().splitlines())
    assert ours["about"] == shown
    assert theirs["event"] == f"saw {shown}"


def test_what_somebody_wrote_is_never_there(lines: io.StringIO) -> None:
    log = structlog.get_logger("x")
    log.info("event", text="yazıcı bozuk", event_key="web:1", inner={"text": "gizli dert", "webhook_secret": "x"})
    record = json.loads(lines.getvalue())
    assert record["text"] == "[12 karakter]"
    assert record["inner"] == {"text": "[10 karakter]", "webhook_secret": "[gizli]"}
    assert record["event_key"] == "web:1"


@pytest.mark.parametrize(
    "key",
    [
        "telegram:123456789:10000000146",
        "telegram:123456789:5321234567",
        f"telegram:123456789:{'0a' * 32}",
        "slack:T012345:5321234567.10000000146.0a1b2c3d",
        "web:05321234-5678-4000-8000-053212345678",
        "terminal:05321234567810000000146000000000",
    ],
)
def test_the_key_of_an_event_stays_whole_whatever_its_numbers_look_like(key: str, lines: io.StringIO) -> None:
    structlog.get_logger("x").error("event_quarantined", key=key, inner={"event_key": key})
    record = json.loads(lines.getvalue())
    assert (record["key"], record["inner"]["event_key"]) == (key, key)


def test_what_only_calls_itself_a_key_is_cleaned_like_anything_else(lines: io.StringIO) -> None:
    structlog.get_logger("x").error("odd", key="kimlik 10000000146", event_key="web:s3cret-of-the-webhook")
    record = json.loads(lines.getvalue())
    assert (record["key"], record["event_key"]) == ("kimlik [kimlik no]", "web:[gizli]")


def test_numbers_in_any_type_are_masked(lines: io.StringIO) -> None:
    structlog.get_logger("x").info("event", who=10000000146, all=["0532 123 45 67"], delivery=17)
    record = json.loads(lines.getvalue())
    assert (record["who"], record["all"], record["delivery"]) == ("[kimlik no]", ["[telefon]"], 17)


def test_an_error_is_its_kind_and_place_without_its_text(lines: io.StringIO) -> None:
    try:
        try:
            raise ValueError("yazıcı bozuk")
        except ValueError as error:
            raise KeyError("Ayşe") from error
    except KeyError:
        structlog.get_logger("x").exception("failed")
    record = json.loads(lines.getvalue())
    assert record["trace"].startswith("KeyError at monitoring/test_logs.py:")
    assert "<- ValueError at" in record["trace"]
    assert "Ayşe" not in lines.getvalue()
    assert "bozuk" not in lines.getvalue()


def test_a_database_error_says_what_the_database_said_without_the_values(lines: io.StringIO) -> None:
    with create_engine("sqlite://", poolclass=NullPool).connect() as connection:
        connection.execute(text("CREATE TABLE t (said TEXT UNIQUE)"))
        insert = text("INSERT INTO t VALUES (:said)")
        connection.execute(insert, {"said": "dertli"})
        with pytest.raises(StatementRefused) as caught, store_errors():
            connection.execute(insert, {"said": "dertli"})
    structlog.get_logger("x").error("failed", exc_info=caught.value)
    assert "UNIQUE constraint failed: t.said" in lines.getvalue()
    assert "dertli" not in lines.getvalue()


@pytest.mark.parametrize("library", ["httpx", "httpcore.http11", "urllib3.connectionpool", "uvicorn.access"])
def test_libraries_that_log_whole_addresses_are_quiet(
    library: str, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger(library), "propagate", True)  # a server of another test may have shut it up
    logging.getLogger(library).info("GET https://api/bot…/getMe")
    logging.getLogger(library).warning("pool is full")
    assert len(lines.getvalue().splitlines()) == 1


def test_for_somebody_who_looks_it_is_a_readable_line() -> None:
    stream = io.StringIO()
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    try:
        logs.configure(json_lines=False, stream=stream)
        structlog.get_logger("relay").warning("delivery_retried", seconds=4, why="429\nx")
    finally:
        root.handlers[:] = before
        root.setLevel(level)
        logging.captureWarnings(False)
        structlog.reset_defaults()
    assert len(stream.getvalue().splitlines()) == 1
    assert "delivery_retried" in stream.getvalue()
