"""The desk learns from its own work, at night, and never uses a model that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.config import KnowledgeSection as KnowledgePlaces
from bot.config import Settings
from bot.diagnostics.checks import CheckContext
from bot.diagnostics.checks import knowledge as check_knowledge
from bot.diagnostics.finding import Severity
from bot.filestore.knowledge import InstalledKnowledge
from bot.runtime.training_job import UNUSABLE, NightlyTraining, learn_from_work, sorted_out
from handlers.context import Desk, UseCaseContext
from handlers.domain.people import Person, PersonId
from handlers.ports import UnitOfWork
from handlers.tickets.training_examples import Source, forget_secrets, keep_example
from knowledge.retraining import TooFew, TrainingAccepted, TrainingRejected
from storage import Store
from tests.clock import START, FakeClock
from tests.knowledge.bundles import build
from tests.scenarios.stage import shared_desk
from tests.storage.stores import open_sqlite

SAID = "teyp dikte kasetli banttan kayıt ses bant kaset makara dikteli teypten makaralı bantlı kasetten"
SPOKEN = SAID.split()
NIGHT = datetime(2026, 11, 24, 0, 10, tzinfo=UTC)
"""03:10 in Istanbul."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    installed = build(tmp_path / "installed")
    return Settings(
        database_url=f"sqlite:///{tmp_path / 'masa.db'}",
        data_dir=tmp_path / "data",
        knowledge=KnowledgePlaces(articles=installed / "articles", catalogue=installed / "catalogue.yaml"),
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_sqlite(tmp_path) as opened:
        yield opened


@pytest.fixture
def desk(settings: Settings) -> Desk:
    return replace(shared_desk(), knowledge=InstalledKnowledge(settings).load())


def _somebody(uow: UnitOfWork) -> PersonId:
    """Who said it."""
    known = uow.people.by_handle("su")
    return (known or uow.people.add(Person(handle="su", name="Su Can"))).id


def teach(store: Store, desk: Desk, category: str, source: Source, words: list[str] = SPOKEN, tail: str = "") -> None:
    def keep(uow: UnitOfWork) -> None:
        work = UseCaseContext(desk=desk, uow=uow, now=START)
        for a in words:
            for b in words:
                if a != b:
                    keep_example(work, f"{a} {b} dönmüyor{tail}", category, source, of=_somebody(uow))

    store.write(keep)


def test_what_technicians_corrected_is_learned(store: Store, desk: Desk, settings: Settings) -> None:
    installed = InstalledKnowledge(settings)
    teach(store, desk, "yazici", "recategorised")
    outcome = learn_from_work(store, installed)
    assert isinstance(outcome, TrainingAccepted)
    assert installed.refresh(desk)
    assert desk.knowledge.read("kaset dönmüyor").candidates[0].category == "yazici"


def test_the_desks_own_guesses_never_outweigh_what_people_said(store: Store, desk: Desk, settings: Settings) -> None:
    teach(store, desk, "ag", "opened")
    assert isinstance(learn_from_work(store, InstalledKnowledge(settings)), TooFew)
    teach(store, desk, "yazici", "recategorised")
    for _ in range(3):
        teach(store, desk, "ag", "opened")
    installed = InstalledKnowledge(settings)
    assert isinstance(learn_from_work(store, installed), TrainingAccepted)
    assert installed.load().read("kaset dönmüyor").candidates[0].category == "yazici"


def test_of_the_same_words_the_surest_source_counts_whenever_it_came() -> None:
    rows = [
        ("kaset", "yazici", "recategorised"),
        ("kaset", "ag", "chosen"),
        ("kaset", "parola", "worked"),
        ("kaset", "ag", "opened"),
    ]
    said, guessed = sorted_out(rows)
    assert (said[-1].text, said[-1].label) == ("kaset", "yazici")
    assert [example.label for example in guessed] == ["ag"]


def test_a_worse_model_is_refused(store: Store, desk: Desk, settings: Settings) -> None:
    installed = InstalledKnowledge(settings)
    teach(store, desk, "yazici", "chosen")
    assert isinstance(learn_from_work(store, installed), TrainingAccepted)
    good = installed.model.read_bytes()

    def contradict(uow: UnitOfWork) -> None:
        from knowledge.corpus import Example
        from knowledge.retraining import held_back

        work = UseCaseContext(desk=desk, uow=uow, now=START + timedelta(days=1))
        for a in SPOKEN:
            for b in SPOKEN:
                text = f"{a} {b} dönmüyor"
                if a != b and not held_back(Example(text, "yazici")):
                    keep_example(work, text, "ag", "recategorised", of=_somebody(uow))

    store.write(contradict)
    assert isinstance(learn_from_work(store, installed), TrainingRejected)
    assert installed.model.read_bytes() == good


def test_personal_data_never_reaches_the_database_nor_the_model(store: Store, desk: Desk, settings: Settings) -> None:
    secrets = " 0532 123 45 67, Fatma Demir, ayse@belediye.gov.tr, 12345678901"
    teach(store, desk, "yazici", "worked", tail=secrets)
    kept = " ".join(text for text, _, _ in store.read(lambda uow: list(uow.feedback.since(None))))
    installed = InstalledKnowledge(settings)
    outcome = learn_from_work(store, installed)
    assert isinstance(outcome, TrainingAccepted)
    learned = " ".join(example.text for example, _ in installed.load().why("kaset bant dönmüyor", 50))
    assert "dönmüyor" in learned
    for secret in ("0532", "123 45", "Fatma", "Demir", "ayse@", "12345678901"):
        assert secret not in kept
        assert secret not in learned


@pytest.mark.parametrize("damage", [b"", b"no model at all", b"PK\x03\x04 half"])
def test_a_damaged_model_is_said_and_the_shipped_one_used(
    store: Store, desk: Desk, settings: Settings, damage: bytes
) -> None:
    installed = InstalledKnowledge(settings)
    installed.models.mkdir(parents=True)
    installed.model.write_bytes(damage)
    knowledge, trouble = installed.read()
    assert [error.file for error in trouble] == [installed.model]
    assert knowledge.read("çıktı gelmiyor").candidates[0].category == "yazici"
    found = list(
        check_knowledge(CheckContext(settings=settings, store=None, catalogue=knowledge.catalogue, clock=FakeClock()))
    )
    assert any(f.state is Severity.ERROR and "teslim edilen model" in f.says for f in found)
    before = desk.knowledge
    assert not installed.refresh(desk)
    assert desk.knowledge is before
    teach(store, desk, "yazici", "chosen")
    assert isinstance(learn_from_work(store, installed), TrainingAccepted)
    assert (installed.models / UNUSABLE).read_bytes() == damage
    assert installed.read()[1] == []


def test_it_learns_once_a_night_and_the_running_desk_has_it_at_once(
    store: Store, desk: Desk, settings: Settings
) -> None:
    installed = InstalledKnowledge(settings)
    school = NightlyTraining(store, installed)
    teach(store, desk, "yazici", "recategorised")
    assert school.run_if_due(desk, NIGHT - timedelta(hours=1)) is None
    assert school.run_if_due(desk, NIGHT + timedelta(hours=2)) is None
    before = desk.knowledge
    assert isinstance(school.run_if_due(desk, NIGHT), TrainingAccepted)
    assert desk.knowledge is not before
    assert desk.knowledge.read("kaset dönmüyor").candidates[0].category == "yazici"
    assert school.run_if_due(desk, NIGHT + timedelta(minutes=1)) is None
    assert NightlyTraining(store, installed).run_if_due(desk, NIGHT + timedelta(minutes=2)) is None
    assert school.run_if_due(desk, NIGHT + timedelta(days=1)) is not None


def test_another_process_that_learned_is_noticed(store: Store, desk: Desk, settings: Settings) -> None:
    running = InstalledKnowledge(settings)
    assert not running.refresh(desk)
    teach(store, desk, "yazici", "chosen")
    learn_from_work(store, InstalledKnowledge(settings))
    assert running.refresh(desk)
    assert not running.refresh(desk)


def test_masa_kb_learn_takes_the_examples_of_the_database(
    store: Store, desk: Desk, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MASA_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("MASA_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("MASA_KNOWLEDGE__ARTICLES", str(settings.knowledge.articles))
    monkeypatch.setenv("MASA_KNOWLEDGE__CATALOGUE", str(settings.knowledge.catalogue))
    teach(store, desk, "yazici", "recategorised")
    learned = CliRunner().invoke(app, ["kb", "learn"])
    assert "örnekten öğrenildi" in learned.output, learned.output
    assert InstalledKnowledge(settings).model.exists()
    back = CliRunner().invoke(app, ["kb", "learn", "--back"])
    assert "Bir önceki modele" in back.output
    assert not InstalledKnowledge(settings).model.exists()


def test_examples_of_security_matters_are_forgotten(store: Store, desk: Desk) -> None:
    leak = "vatandaşların kişisel verileri internete sızdı"
    for text, category in ((leak, "ebys-giris"), ("anlamadım", "bilgi-guvenligi"), ("fare kırık", "klavye-fare")):
        store.write(lambda uow, t=text, c=category: uow.feedback.add(START, t, c, "opened"))  # type: ignore[misc] # a loop's
    work = shared_desk()
    forget_secrets(store, work)
    assert [text for text, _, _ in store.read(lambda uow: list(uow.feedback.since(None)))] == ["fare kırık"]

    def keep(uow: UnitOfWork) -> None:
        for text, category in ((leak, "ebys-giris"), ("anlamadım", "bilgi-guvenligi")):
            keep_example(UseCaseContext(desk=work, uow=uow, now=START), text, category, "opened", of=_somebody(uow))

    store.write(keep)
    assert len(store.read(lambda uow: list(uow.feedback.since(None)))) == 1
