"""What an edited text may do: the rules, without a page."""

from __future__ import annotations

import pytest
from jinja2 import Environment

from bot import text_rules, texts
from bot.texts import TemplateTexts, TooLong
from handlers.ports.services import Unsayable
from tests.scenarios.stage import shared_desk

_PARTS = {"part.txt": "{% if view.names %}{{ holder }}{% endif %}{{ unit }}"}
_SHIPPED = """{{ number|bold }}{% if inside and secret %} ({{ secret }}){% elif late %}{{ due }}{% else %}{{ rest }}
{% endif %}{% if not inside %}{{ outside }}{% endif %}{{ '%.1f'|format(average) }}{{ days|join(', ') }}
{% for one in lines %}{{ one.title }}{% for it in one.items if it.open %}{{ it.name }}{% endfor %}{% endfor %}
{% for who in people %}{{ who.name }}{% endfor %}{{ people|length }}{% if rooms.get('oda') %}!{% endif %}
{% if inside %}{% include "part.txt" %}{{ view.subject(desk) }}{% endif %}{{ 'x' if quiet else title }}"""


def said(edited: str) -> str:
    found = text_rules.problem(Environment(), _PARTS.__getitem__, _SHIPPED, edited)
    return "" if found is None else found.what


def test_the_shipped_one_may_do_what_it_does() -> None:
    assert said(_SHIPPED) == ""


@pytest.mark.parametrize(
    "edited",
    [
        "{% if inside and secret %}{{ secret|bold }}{% endif %}",
        "{% if secret %}{% if inside %}{% if late %}{{ secret }}{% endif %}{% endif %}{% endif %}",
        "{% if not inside %}{% if late %}{{ outside }}{% endif %}{% else %}{{ unit }}{% endif %}",
        "{% if inside and secret %}{% else %}{% if late %}{% else %}{{ rest }}{% endif %}{% endif %}",
        "{{ title if not quiet }}",
        "{% for one in lines %}{% for it in one.items if it.open %}{{ it.name }}{% endfor %}{% endfor %}",
        "{{ days|join(' · ') }}{{ days|length }}",
        "{% if inside %}{{ unit }}{% if view.names %}{{ holder }}{% endif %}{% endif %}",
        "{% if rooms.get('oda') %}Oda{% endif %}",
    ],
)
def test_may(edited: str) -> None:
    assert said(edited) == ""


@pytest.mark.parametrize(
    ("edited", "what"),
    [
        ("{{ secret }}", "kept_back"),
        ("{% if inside %}{{ secret }}{% endif %}", "kept_back"),
        ("{% if inside or secret %}{{ secret }}{% endif %}", "kept_back"),
        ("{% if inside and secret %}{% else %}{{ secret }}{% endif %}", "kept_back"),
        ("{% if inside %}{{ outside }}{% endif %}", "kept_back"),
        ("{{ secret if secret }}", "kept_back"),
        ("{{ title }}", "kept_back"),
        ("{% if inside %}{{ holder }}{% endif %}", "kept_back"),
        ("{{ unit }}", "kept_back"),
        ("{{ view.subject(desk) }}", "kept_back"),
        ("{% include 'part.txt' %}", "kept_back"),
        ("{{ one.title }}", "kept_back"),
        ("{% for who in people %}{{ who.name }}{% for who in people %}x{% endfor %}{% endfor %}", "not_done"),
        ("{% for it in one.items if it.open %}x{% endfor %}", "not_done"),
        ("{{ '%50000000.1f'|format(average) }}", "not_done"),
        ("{{ '%.1f'|format(average, average) }}", "not_done"),
        ("{{ days|join(', ', 'written_by') }}", "not_done"),
        ("{{ days|join(attribute='written_by') }}", "not_done"),
        ("{{ people }}", "not_printed"),
        ("{{ average }}", "not_printed"),
        ("{{ rooms.get('oda') }}", "not_done"),
    ],
)
def test_may_not(edited: str, what: str) -> None:
    assert said(edited) == what


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("ticket", "{% if ticket.waiting_for %}{{ ticket.waiting_for }}{% endif %}"),
        ("digest_details", "{% for name, count in d.resolved_by %}{{ name }} {{ count }}{% endfor %}"),
    ],
)
def test_what_one_of_ours_keeps_back_stays_so(name: str, body: str) -> None:
    found = shared_desk().texts.problem(name, body)
    assert found is not None
    assert found.what == "kept_back"


def test_what_grows_too_long_is_stopped_while_it_does(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = shared_desk()
    monkeypatch.setattr(texts, "MAX_SAID_LETTERS", 20)
    with pytest.raises(Unsayable) as raised:
        desk.texts.preview("you_are_welcome", "Ne demek, her zaman bekleriz!", desk)
    assert isinstance(raised.value.__cause__, TooLong)
    assert isinstance(desk.texts, TemplateTexts)
    edited = desk.texts.edited({"you_are_welcome": "Ne demek, her zaman bekleriz!"})
    assert edited.render("you_are_welcome") == desk.texts.render("you_are_welcome"), "the shipped one is said instead"
