"""What is not wrong with a house's articles, but could be better."""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from knowledge.article import Article
from knowledge.features import features
from knowledge.matcher import Knowledge
from knowledge.phrases import Vocabulary, build
from knowledge.text import plain

_FEW_SYMPTOMS = 5
_STOLEN_SHARE = 0.15
_STOLEN_LEAST = 2
_ALIKE = 0.35
BUTTONS = {
    "ariza": ("İşe yaradı", "Teknisyene ilet", "Sorunum bu değil"),
    "talep": ("Talep oluştur", "Sorunum bu değil"),
}
"""What stands under the steps of a fault, and under what will happen to a request."""


def warnings(knowledge: Knowledge) -> Iterator[str]:
    """One line a weakness, in Turkish: what, where, and what helps."""
    articles = knowledge.articles
    served = {article.category for article in articles.values()}
    for category in knowledge.catalogue.categories:
        if category not in served:
            yield f"{category}: bu konunun çözüm adımı yok"
    for article in articles.values():
        if not article.steps:
            yield f"{article.id}: adımları boş"
        if len(article.symptoms) < _FEW_SYMPTOMS:
            yield f"{article.id}: {len(article.symptoms)} belirti yazılmış, en az {_FEW_SYMPTOMS} belirti iyi olur"
        yield from _other_buttons(article, knowledge.catalogue.categories[article.category].kind)
    yield from _twice(knowledge)
    yield from _stealing(knowledge)
    if not knowledge.current:
        yield "model bu maddelerden önce eğitilmiş; `masa kb train` çalıştırın"


def _other_buttons(article: Article, kind: str) -> Iterator[str]:
    """Steps may speak of the buttons that stand under them, and of no other of the desk's."""
    here = BUTTONS[kind]
    for label in sorted({label for labels in BUTTONS.values() for label in labels} - set(here)):
        if label in article.steps:
            stands = ", ".join(f"“{one}”" for one in here)
            yield f"{article.id}: “{label}” düğmesinden söz ediyor, altında ise {stands} durur"


def _twice(knowledge: Knowledge) -> Iterator[str]:
    first: dict[str, str] = {}
    for article in knowledge.articles.values():
        for symptom in article.symptoms:
            holder = first.setdefault(plain(symptom), article.id)
            if holder != article.id:
                yield f"{article.id}: “{symptom}” {holder} maddesinde de var"


def _stealing(knowledge: Knowledge) -> Iterator[str]:
    """Articles whose symptoms lie nearer to another article's than to their own."""
    owners = [a.id for a in knowledge.articles.values() for _ in (a.title, *a.symptoms)]
    texts = [text for a in knowledge.articles.values() for text in (a.title, *a.symptoms)]
    if not texts:
        return
    found = [features(text) for text in texts]
    index = build(found, Vocabulary.of(found))
    owner = np.array(owners)
    stolen: Counter[tuple[str, str]] = Counter()
    example: dict[tuple[str, str], str] = {}
    for place, text in enumerate(texts):
        like = index.similarities(found[place])
        like[place] = 0
        own = float(like[owner == owners[place]].max(initial=0.0))
        like[owner == owners[place]] = 0
        nearest = int(like.argmax())
        if float(like[nearest]) > max(own, _ALIKE):
            pair = (owners[place], owners[nearest])
            stolen[pair] += 1
            example.setdefault(pair, text)
    sizes = Counter(owners)
    for (victim, thief), count in sorted(stolen.items(), key=lambda item: (-item[1], item[0])):
        if count >= max(_STOLEN_LEAST, _STOLEN_SHARE * sizes[victim]):
            told = example[victim, thief]
            yield f"{victim}: {count} belirtisi {thief} maddesine daha yakın, örneğin “{told}”"
