"""`masa kb`: check, try, measure and train the knowledge. Needs no database and no settings, but for `learn`.

`knowledge` is imported inside the commands: `masa kb --help` must not wait for it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from knowledge import Reading
    from knowledge.evaluation import Evaluation

app = typer.Typer(no_args_is_help=True, help="Çözüm adımları ve konular: denetle, ölç, dene.")

Articles = Annotated[
    Path | None, typer.Option("--articles", metavar="KLASÖR", help="Başka bir kurumun çözüm adımları (*.md).")
]
CatalogueFile = Annotated[
    Path | None, typer.Option("--catalogue", metavar="DOSYA", help="Başka bir kurumun konu kataloğu (YAML).")
]
AsJson = Annotated[bool, typer.Option("--json", help="Programlar için JSON yazar.")]


@app.command(help="Maddeleri ve kataloğu denetler; birbirinin iletilerini kapan maddeleri söyler.")
def check(articles: Articles = None, catalogue: CatalogueFile = None, as_json: AsJson = False) -> None:
    from knowledge import Knowledge
    from knowledge.article_lint import warnings

    knowledge = Knowledge.load(articles, catalogue)
    found = list(warnings(knowledge))
    if as_json:
        _print_json(
            {
                "articles": len(knowledge.articles),
                "categories": len(knowledge.catalogue.categories),
                "warnings": found,
            }
        )
        return
    for line in found:
        print(f"uyarı: {line}")
    print(f"{len(knowledge.articles)} madde, {len(knowledge.catalogue.categories)} konu sağlam; {len(found)} uyarı.")


@app.command(help="Her satırda bir ileti okur, her satırda bir yanıt yazar.")
def match(articles: Articles = None, catalogue: CatalogueFile = None, as_json: AsJson = False) -> None:
    from knowledge import Knowledge

    knowledge = Knowledge.load(articles, catalogue)
    for line in _lines():
        reading = knowledge.read(line)
        if as_json:
            _print_json(_answer(reading))
        else:
            print(_described(reading))
        sys.stdout.flush()


@app.command(name="eval", help="Etiketli iletilerle ölçer: text ve category alanlı JSON satırları.")
def evaluate_file(
    file: Annotated[Path, typer.Argument(metavar="DOSYA.jsonl", help="Etiketli iletiler.", show_default=False)],
    articles: Articles = None,
    catalogue: CatalogueFile = None,
    as_json: AsJson = False,
) -> None:
    from dataclasses import asdict

    from knowledge import Knowledge
    from knowledge.corpus import labelled_messages
    from knowledge.evaluation import evaluate

    knowledge = Knowledge.load(articles, catalogue)
    examples = labelled_messages(file, knowledge.catalogue)
    found = evaluate(knowledge, examples, _progress(len(examples)))
    if as_json:
        _print_json(asdict(found))
    else:
        _print_evaluation(found)


@app.command(help="Bir iletinin neden böyle anlaşıldığını söyler.")
def why(
    message: Annotated[str, typer.Argument(metavar="İLETİ", help="İletinin kendisi.", show_default=False)],
    articles: Articles = None,
    catalogue: CatalogueFile = None,
) -> None:
    from knowledge import Knowledge

    knowledge = Knowledge.load(articles, catalogue)
    reading = knowledge.read(message)
    print(_described(reading))
    for candidate in reading.candidates:
        title = knowledge.catalogue.categories[candidate.category].title
        print(f"  {candidate.score:5.0%}  {title} ({candidate.category}, {candidate.article or 'maddesi yok'})")
    if reading.reasons:
        print("Neden: " + ", ".join(f"“{reason}”" for reason in reading.reasons))
    print("En yakın bilinen cümleler:")
    for example, like in knowledge.why(message):
        print(f"  {like:5.0%}  {example.label}: {example.text}")


@app.command(help="Modeli maddelerden ve eğitim cümlelerinden yeniden kurar; birkaç saniye sürer.")
def train(
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DOSYA", help="Modelin yazılacağı dosya.", show_default=False)
    ] = None,
) -> None:
    from knowledge import corpus, talk
    from knowledge.matcher import MODEL, read_bundle
    from knowledge.training import train as make

    examples = read_bundle().examples
    made = make(examples, corpus.digest(examples))
    file = out or MODEL
    made.save(file)
    print(f"{len(examples)} cümleden, {len(made.labels)} etiketle eğitildi: {file} ({file.stat().st_size:,} bayt)")
    if out is None:
        heard = talk.make()
        heard.save(talk.MODEL)
        print(f"Sohbet sözleri: {len(heard.phrases)} cümleden, {len(heard.labels)} niyetle: {talk.MODEL}")


@app.command(help="Kurumun kendi işinden (ya da bir dosyadan) öğrenir; yeni model daha kötüyse eskisi kalır.")
def learn(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="DOSYA.jsonl", help="Etiketli örnekler; yoksa veritabanındakiler.", show_default=False),
    ] = None,
    folder: Annotated[
        Path | None,
        typer.Option(
            "--models", metavar="KLASÖR", help="Kurumun model klasörü; yoksa ayarlardaki.", show_default=False
        ),
    ] = None,
    back: Annotated[bool, typer.Option("--back", help="Bir önceki modele döner.")] = False,
) -> None:
    from bot.config import load
    from bot.filestore.knowledge import InstalledKnowledge
    from knowledge import retraining
    from knowledge.catalogue import load_catalogue
    from knowledge.corpus import labelled_messages
    from knowledge.matcher import CATALOGUE

    installed = InstalledKnowledge(load())
    installed.models = folder or installed.models
    if back:
        retraining.go_back(installed.models)
        print("Bir önceki modele dönüldü.")
        return
    if file is not None:
        examples = labelled_messages(file, load_catalogue(installed.catalogue or CATALOGUE))
        outcome = retraining.learn(
            examples, installed.models, installed.articles, installed.catalogue, own=installed.own_articles
        )
    else:
        from bot.commands.sources import opened_store
        from bot.runtime.training_job import learn_from_work

        with opened_store() as store:
            outcome = learn_from_work(store, installed)
    match outcome:
        case retraining.TooFew(held_back, needed):
            print(f"Örnek az: ölçmek için {held_back} örnek ayrıldı, en az {needed} gerekir. Değişen bir şey yok.")
        case retraining.TrainingAccepted(before, after, learned_from):
            print(f"{learned_from} örnekten öğrenildi: ilk sırada doğru {_share(before.top1)} → {_share(after.top1)}.")
        case retraining.TrainingRejected(before, after):
            print(f"Yeni model daha kötü ({_share(before.top1)} → {_share(after.top1)}); eskisi kaldı.")


def _lines() -> Iterator[str]:
    """The lines of stdin, blank ones too, without their line ends; bytes that are no UTF-8 are replaced."""
    for raw in sys.stdin.buffer:
        yield raw.decode("utf-8", "replace").rstrip("\r\n")


def _print_json(document: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(document) + "\n")


def _answer(reading: Reading) -> dict[str, Any]:
    return {
        "text": reading.text,
        "decision": str(reading.decision),
        "intent": str(reading.intent),
        "unit": reading.unit,
        "candidates": [{"category": c.category, "article": c.article, "score": c.score} for c in reading.candidates],
    }


_DECISIONS = {"suggest": "öner", "ask": "sor", "reject": "bizim işimiz değil"}


def _described(reading: Reading) -> str:
    first = reading.candidates[0] if reading.candidates else None
    parts = [_DECISIONS[str(reading.decision)]]
    if str(reading.intent) != "report":
        parts.append(str(reading.intent))
    elif first:
        parts.append(f"{first.category} ({first.article or 'maddesi yok'}, {first.score:.0%})")
    if reading.hazard:
        parts.append(f"ACİL: {reading.hazard}")
    if reading.second:
        parts.append(f"ikinci sorun: {reading.second.category}")
    return " · ".join(parts)


def _progress(total: int) -> Any:
    """A counter on stderr where somebody watches and it takes long; else nothing."""
    if total < 500 or not sys.stderr.isatty():
        return None

    def told(done: int) -> None:
        if done % 100 == 0 or done == total:
            sys.stderr.write(f"\r{done}/{total}" + ("\n" if done == total else ""))
            sys.stderr.flush()

    return told


def _share(share: float | None) -> str:
    return "—" if share is None else f"%{share * 100:.1f}".replace(".", ",")


def _print_evaluation(found: Evaluation) -> None:
    print(f"{found.messages} ileti, {found.ours} tanesi bizim")
    for told, share in (
        ("konu ilk sırada", found.top1),
        ("konu ilk üçte", found.top3),
        ("birim doğru", found.unit),
        ("bizim olmayan tanındı", found.refused_rightly),
        ("yanlışlıkla geri çevrildi", found.refused_wrongly),
        ("doğrudan önerildi", found.suggested),
        ("önerilenlerde doğru", found.suggested_right),
        ("sorulanlarda ilk üçte", found.asked_right),
    ):
        print(f"  {told:26} {_share(share)}")
    weak = sorted((s for s in found.categories if s.first < s.messages), key=lambda s: s.first / s.messages)
    if weak:
        print("En zayıf konular (ilk sırada / ilk üçte / ileti):")
        for score in weak[:10]:
            print(f"  {score.category:24} {score.first} / {score.among_three} / {score.messages}")
    if found.confusions:
        print("En çok karışanlar:")
        for confusion in found.confusions[:10]:
            print(f"  {confusion.count:3} {confusion.wanted} → {confusion.read}: {confusion.example[:90]}")
