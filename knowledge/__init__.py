"""Understanding Turkish as it is typed: text in, a ranking and a decision out. No clock, no database, no network."""

from knowledge.article import Article
from knowledge.catalogue import Catalogue, Category, Unit
from knowledge.errors import KnowledgeError, ModelError
from knowledge.matcher import Knowledge
from knowledge.reading import Candidate, Decision, Facts, Hazard, Intent, Reading
from knowledge.severity import Impact, Severity, Urgency, severity_of

__all__ = [
    "Article",
    "Candidate",
    "Catalogue",
    "Category",
    "Decision",
    "Facts",
    "Hazard",
    "Impact",
    "Intent",
    "Knowledge",
    "KnowledgeError",
    "ModelError",
    "Reading",
    "Severity",
    "Unit",
    "Urgency",
    "severity_of",
]
