"""Articles: what to try, one Markdown file each, YAML in its head."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from knowledge.catalogue import Catalogue
from knowledge.errors import KnowledgeError
from knowledge.yaml_nodes import parse_yaml, read_text

ASKS = ("oda", "cihaz", "demirbas", "hata", "kisi", "program", "tarih")
PRIORITIES = ("dusuk", "normal", "yuksek", "acil")
_KEYS = ("id", "category", "title", "symptoms", "asks", "priority")
_HEAD = re.compile(r"---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Article:
    """`symptoms`: how people say it. `steps`: the body, Markdown, in Turkish. `asks`: what a ticket needs to know."""

    id: str
    category: str
    title: str
    symptoms: tuple[str, ...]
    asks: tuple[str, ...]
    priority: str
    steps: str


def parse_article(file: Path, text: str, catalogue: Catalogue) -> Article:
    """One article from the text of its file.

    Raises:
        KnowledgeError: the head is broken, a key is missing or unknown, the category is not of the catalogue.
    """
    head = _HEAD.match(text)
    if head is None:
        raise KnowledgeError(file, 1, "no head", "a head of YAML between two lines '---' at the very start")
    root = parse_yaml(file, head.group(1), offset=1)
    fields = root.mapping(known=_KEYS, required=("id", "category", "title"))
    article_id = fields["id"].identifier()
    if article_id != file.stem:
        raise fields["id"].error(f"the id '{article_id}'", f"'{file.stem}', as the file is named")
    category = fields["category"].text()
    if category not in catalogue.categories:
        near = catalogue.categories_like(category)
        expected = f"one of the catalogue's ids{f' (did you mean {near[0]}?)' if near else ''}"
        raise fields["category"].error(f"the unknown category '{category}'", expected)
    asks = [(item, item.choice(ASKS)) for item in fields["asks"].items()] if "asks" in fields else []
    return Article(
        id=article_id,
        category=category,
        title=fields["title"].text(),
        symptoms=tuple(item.text() for item in fields["symptoms"].items()) if "symptoms" in fields else (),
        asks=tuple(dict.fromkeys(name for _, name in asks)),
        priority=fields["priority"].choice(PRIORITIES) if "priority" in fields else "normal",
        steps=text[head.end() :].strip(),
    )


def load_articles(folder: Path, catalogue: Catalogue, own: Path | None = None) -> Mapping[str, Article]:
    """Every `*.md` of a folder and the folders below, by id.

    `house`: a folder with articles of the house's own, beside those; without the folders below it, and it may be
    missing.

    Raises:
        KnowledgeError: no such folder, a broken article, or two with one id.
    """
    if not folder.is_dir():
        raise KnowledgeError(folder, None, "no folder of that name", "a folder of articles (*.md)")
    articles: dict[str, Article] = {}
    files: dict[str, Path] = {}
    for file in [*sorted(folder.rglob("*.md")), *(sorted(own.glob("*.md")) if own else ())]:
        article = parse_article(file, read_text(file), catalogue)
        if article.id in articles:
            raise KnowledgeError(
                file, 2, f"the id '{article.id}' of {files[article.id]}", "every article with an id of its own"
            )
        articles[article.id] = article
        files[article.id] = file
    return MappingProxyType(articles)


# --- as the house edits one ----------------------------------------------------------------------
_NUMBERED = re.compile(r"^\s*\d+[.)]\s+")
_URGENT = "acil"


def written_out(article: Article) -> str:
    """What may be edited of it: title, a symptom a line behind a dash, an empty line, steps. See `rewritten`."""
    return "\n".join([article.title, *(f"- {one}" for one in article.symptoms), "", article.steps])


def rewritten(article: Article, text: str) -> Article:
    """It with what `written_out` wrote, as somebody changed it; what it is about stays."""
    head, _, steps = text.partition("\n\n")
    title, *symptoms = head.split("\n")
    return replace(
        article,
        title=title.strip(),
        symptoms=tuple(one.removeprefix("- ").strip() for one in symptoms if one.removeprefix("- ").strip()),
        steps=steps.strip(),
    )


def safety_notes(article: Article) -> tuple[str, ...]:
    """The lines of its steps that somebody in danger must read, without their numbers: of what is urgent every one."""
    if article.priority != _URGENT:
        return ()
    return tuple(_NUMBERED.sub("", line).strip() for line in article.steps.splitlines() if line.strip())


def without_safety(shipped: Article, edited: Article) -> tuple[str, ...]:
    """Safety notes of the one that the other lacks."""
    kept = {_NUMBERED.sub("", line).strip() for line in edited.steps.splitlines()}
    return tuple(note for note in safety_notes(shipped) if note not in kept)
