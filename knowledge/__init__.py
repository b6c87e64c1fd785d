"""Understanding Turkish as it is typed: text in, a ranking and a decision out. No clock, no database, no network."""

from knowledge.article import Article
from knowledge.catalogue import Catalogue, Category, Unit
from knowledge.errors import KnowledgeError, ModelError
from knowledge.matcher import Knowledge
from knowledge.reading import Candidate, Decision, Facts, Fragment, Hazard, Intent, Reading
from knowledge.severity import Impact, Severity, Urgency, severity_of
from knowledge.systems import ShippedSystem, shipped_systems
from knowledge.talk import TalkReader

__all__ = [
    "Article",
    "Candidate",
    "Catalogue",
    "Category",
    "Decision",
    "Facts",
    "Fragment",
    "Hazard",
    "Impact",
    "Intent",
    "Knowledge",
    "KnowledgeError",
    "ModelError",
    "Reading",
    "Severity",
    "ShippedSystem",
    "TalkReader",
    "Unit",
    "Urgency",
    "severity_of",
    "shipped_systems",
]
