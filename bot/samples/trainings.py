"""Sample values: trainings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.samples.builders import NOW, ZEYNEP
from handlers.domain.numbers import Number, Series
from handlers.domain.trainings import Answer, Training

ONE = Training(
    number=Number(Series.TRAINING, 2026, 4),
    title="Excel’e giriş",
    starts=NOW + timedelta(days=1, hours=1),
    place="2. kat toplantı salonu",
    trainer="Zeynep Arslan",
    capacity=20,
    made_by=ZEYNEP,
    made_at=NOW,
)
_ONE: Mapping[str, Any] = {"one": ONE}
_NUMBER = {"number": ONE.number}
IN_ONE: Mapping[str, Mapping[str, Any]] = {
    "training_when": _ONE,
    "training_invited": {**_ONE, "said": Answer.INVITED},
    "training_answered": {**_ONE, "said": Answer.WAITING},
    "training_place_free": _ONE,
    "training_soon": _ONE,
    "training_cancelled": _ONE,
    "trainings_none": {"plans": True},
    "errors/training_words": {"title": 120, "place": 80},
    "errors/training_places": {"most": 500},
    "errors/training_over": _NUMBER,
    "errors/training_not_invited": _NUMBER,
    "errors/training_early": _NUMBER,
    "errors/training_note": {"most": 1500},
    "errors/training_nobody": {"typed": "Ayşa", "several": False},
}
