"""What Slack shows beside messages: the form for a report, and the Home tab. They show and carry; the desk decides.

Neither is stored: a form that did not open is opened again, a Home tab is drawn anew each time somebody looks.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.channels.slack.inbound import FACTS, REPORT_ACTION, REPORT_VIEW, SAY, files_of, words_of
from bot.channels.slack.settings import SlackSettings
from handlers.domain.ticket import Ticket
from handlers.queries.tickets import OwnWork
from handlers.terms import PRIORITIES, STATE_MARKS, STATES
from knowledge.language.quoting import quoted

Block = dict[str, Any]

MAX_REPORT_LETTERS = 3000
METADATA_LENGTH = 3000
SHOWN = 10
_CARRIED = ("id", "name", "size", "mimetype", "mode", "url_private_download")


# --- the form -----------------------------------------------------------------------------------
def report_view(message: Mapping[str, Any] | None = None, bot: str = "", author: str = "") -> Block:
    """Several facts asked at once; from the shortcut with the message's words and files in it, and whose they are.

    `author`: of the message, where it is somebody else's.
    """
    words = quoted(author, words_of(message, bot))[:MAX_REPORT_LETTERS] if message else ""
    files = [{name: file[name] for name in _CARRIED if name in file} for file in files_of(message or {})]
    return {
        "type": "modal",
        "callback_id": REPORT_VIEW,
        "title": _plain("Masaya bildir"),
        "submit": _plain("Gönder"),
        "close": _plain("Vazgeç"),
        "private_metadata": _metadata(files),
        "blocks": [
            _field("what", "Ne oldu?", "Gördüğünüz gibi yazın; hata iletisi varsa onu da.", words, lines=True),
            _field("oda", "Hangi kat, hangi oda?", "3. kat 312"),
            _field("cihaz", "Hangi cihaz?", "Markası ya da üzerindeki ad"),
            _field("dahili", "Dahili numaranız", "1453"),
        ],
    }


def not_yet() -> Block:
    """The answer to a form whose files are still being fetched: it stays open and says so."""
    return {
        "response_action": "errors",
        "errors": {"report_what": "Ekteki dosya henüz alınamadı. Birkaç saniye sonra yeniden gönderin."},
    }


def _metadata(files: list[dict[str, Any]]) -> str:
    """As many of the files as the form can carry."""
    while files and len(json.dumps({"files": files})) > METADATA_LENGTH:
        files.pop()
    return json.dumps({"files": files}) if files else ""


def _field(name: str, label: str, hint: str, value: str = "", *, lines: bool = False) -> Block:
    element: Block = {
        "type": "plain_text_input",
        "action_id": name,
        "multiline": lines,
        "max_length": MAX_REPORT_LETTERS if lines else 100,
        "placeholder": _plain(hint),
    }
    if value:
        element["initial_value"] = value
    return {
        "type": "input",
        "block_id": f"report_{name}",
        "label": _plain(label),
        "element": element,
        "optional": name in FACTS,
    }


# --- the Home tab -------------------------------------------------------------------------------
def home_view(work: OwnWork | None, settings: SlackSettings) -> Block:
    """My tickets; for technicians what they hold and what waits in their unit."""
    blocks = [
        _section("Bir sorun mu var? Mesajlar sekmesine yazmanız yeter; dilerseniz formu doldurun."),
        _actions("home", [_button("Arıza bildir", REPORT_ACTION, "form", primary=True)]),
    ]
    if work is not None:
        blocks += _list("Kayıtlarım", "/durum", work.reported, work.count_reported, settings)
        if work.works:
            blocks += _list("Üstlendiklerim", "/islerim", work.held, work.count_held, settings)
            blocks += _list("Sırada", "/sira", work.queue, work.count_queue, settings)
    return {"type": "home", "blocks": blocks}


def _list(title: str, command: str, tickets: Sequence[Ticket], total: int, settings: SlackSettings) -> list[Block]:
    """`command`: what shows the whole list in the conversation."""
    blocks: list[Block] = [{"type": "divider"}, {"type": "header", "text": _plain(title)}]
    if not tickets:
        return [*blocks, _section("Kayıt yok.")]
    for ticket in tickets:
        row = _section(_line(ticket, settings))
        row["accessory"] = _button("Göster", f"{SAY}{title}-{ticket.id}", f"/durum {ticket.number}")
        blocks.append(row)
    if total > len(tickets):
        rest = _section(f"Toplam {total} kayıt var, ilk {len(tickets)} tanesi burada.")
        rest["accessory"] = _button("Tümü", f"{SAY}{title}-tumu", command)
        blocks.append(rest)
    return blocks


def _line(ticket: Ticket, settings: SlackSettings) -> str:
    state = f"{STATE_MARKS[ticket.state]} {STATES[ticket.state]}"
    if settings.content == "minimal":
        return f"{ticket.number} · {state}"
    subject = settings.subjects.get(ticket.category or "", "Konusu belirlenecek")
    return f"{ticket.number} · {subject} · {PRIORITIES[ticket.priority]}\n{state}"


# --- pieces: plain text throughout, in which nothing is markup ----------------------------------------
def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": False}


def _section(text: str) -> Block:
    return {"type": "section", "text": _plain(text)}


def _actions(name: str, elements: list[Block]) -> Block:
    return {"type": "actions", "block_id": name, "elements": elements}


def _button(label: str, action: str, value: str, *, primary: bool = False) -> Block:
    button: Block = {"type": "button", "action_id": action, "text": _plain(label), "value": value}
    if primary:
        button["style"] = "primary"
    return button
