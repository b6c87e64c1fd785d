"""docs/talk.md, written from the table that the desk follows: `python -m tests.handlers.chat.talk_table`."""

from __future__ import annotations

from pathlib import Path

from handlers.chat.follow_up import TABLE, Move
from handlers.chat.standing import Standing

FILE = Path(__file__).parents[3] / "docs" / "talk.md"
STANDS = {
    Standing.STEPS: "steps of a fault, no ticket",
    Standing.REQUEST: "a request, **Talep oluştur**",
    Standing.CHOICE: "near subjects as buttons",
    Standing.OPEN_QUESTION: "what happened?",
    Standing.NOT_OURS: "not ours, **Yine de ilet**",
    Standing.WORKED: "the steps helped",
    Standing.QUESTION: "the desk's question of a ticket",
    Standing.TECHNICIAN: "a technician's question or word",
    Standing.RESOLVED: "**Evet, çalışıyor · Hâlâ bozuk**",
    Standing.PERHAPS: "**Evet, çözüldü · Hayır, sürüyor**",
    Standing.TICKET: "an open ticket, nothing asked",
    Standing.ENDED: "a ticket that can be reopened",
    Standing.NOTHING: "nothing",
}
WANTS = {
    "worked": "“düzeldi”",
    "not_worked": "“olmadı yine aynı”",
    "yes": "“evet”, 👍",
    "no": "“hayır”",
    "human": "“biri gelsin”",
    "cancel": "“vazgeçtim”",
    "thanks": "“teşekkürler”",
    "small_talk": "“günaydın”",
    "off_topic": "“yemekte ne var”",
    "word": "“drum nedir”",
    "help": "“yardım”",
    "status": "“kaydım ne oldu”",
    "impatience": "“hâlâ gelen yok”",
    "anger": "“rezalet”",
    "wait": "“bi dk deniyorum”",
    "step_question": "“hangi kablo?”",
    "not_understood": "“anlamadım”, “?”",
    "cannot": "“ben yapamam”",
    "already_tried": "“bunları zaten yaptım”",
    "wrong_guess": "“bu değil benimki”",
    "correction": "“ismim Ali değil Veli”",
    "more": "“312 nolu odadayım”",
    "another": "“bir de internet yok”",
    "wish": "“yarın gelin”",
    "broken_again": "“yine bozuldu”",
    "me_too": "“bende de var”",
    "answer": "what was asked",
    "report": "a fault, a request",
}
_HALVES = (tuple(Standing)[:6], tuple(Standing)[6:])
_HEAD = """# What a line means, and what follows

Written from `handlers/chat/follow_up.py` by `python -m tests.handlers.chat.talk_table`;
`tests/handlers/chat/test_follow_up.py` plays each cell.

The newest thing that was asked or shown owns the next line (`handlers/chat/standing.py`); an older question is answered
by a reply to it. What a line wants is told by its words and by what stands (`handlers/chat/hearing.py`). What opens,
closes, drops or reopens something (`open`, `worked`, `drop`, `confirm`, `reopen`) is done only where it is said in so
many words; a guess is asked about instead (decision 0026).
"""


def text() -> str:
    parts = [_HEAD]
    for columns in _HALVES:
        parts.append("| they write | " + " | ".join(STANDS[one] for one in columns) + " |")
        parts.append("|---" * (len(columns) + 1) + "|")
        parts += [
            f"| {WANTS[wants]} | " + " | ".join(row[one] for one in columns) + " |" for wants, row in TABLE.items()
        ]
        parts.append("")
    parts += ["| | the desk |", "|---|---|", *(f"| {move} | {move.does} |" for move in Move), ""]
    return "\n".join(parts)


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
