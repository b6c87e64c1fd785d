from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from handlers.domain.errors import NotFound
from handlers.domain.people import PersonId
from handlers.messages import Button, Delivered, Outgoing, Recorded
from handlers.ports import Attachment, Transactions
from tests.clock import START
from tests.storage.builders import add_person, add_private, add_room, card, open_ticket

HERE = "web:p:ayse"
TELEGRAM = "telegram:r:-1"


@pytest.fixture(autouse=True)
def places(store: Transactions) -> None:
    def fill(uow):
        add_person(uow, "ayse")
        add_room(uow)
        add_room(uow, TELEGRAM)

    store.write(fill)


def ayse(store: Transactions) -> int:
    return store.read(lambda uow: uow.people.by_handle("ayse")).id


def put(store: Transactions, *said: Outgoing) -> None:
    def work(uow):
        for one in said:
            uow.messages.put(one)

    store.write(work)


def timeline(store: Transactions, conversation: str = HERE, after: int = 0):
    return store.read(lambda uow: uow.timeline.since(conversation, after))


def shown(store: Transactions, conversation: str = HERE) -> list[tuple[str, list[str]]]:
    """Texts with the labels of their buttons, in the order they were written."""
    page = store.read(lambda uow: uow.timeline.page(conversation))
    return [(message.text, [button.label for button in message.buttons]) for message in page]


def test_what_is_said_stands_in_order(store: Transactions) -> None:
    own = ayse(store)

    def talk(uow):
        uow.messages.record(Recorded(conversation=HERE, person=own, text="yazıcı bozuk", event_key="web:1"))
        uow.messages.put(card("deneyin", "worked", "open"))

    store.write(talk)
    put(store, card("kart", conversation="web:r:donanim"))
    mine, answer = timeline(store)
    assert (mine.author, mine.author_name, mine.text, mine.seq) == (own, "Ayse", "yazıcı bozuk", 1)
    assert (answer.author, answer.author_name, answer.text, answer.seq) == (None, "", "deneyin", 2)
    assert [button.label for button in answer.buttons] == ["Worked", "Open"]
    assert answer.at == START.isoformat()
    assert not answer.edited
    assert store.read(lambda uow: uow.timeline.last_seq(HERE)) == 2
    assert store.read(lambda uow: uow.timeline.last_seq("web:r:donanim")) == 1
    assert store.read(lambda uow: uow.timeline.last_seq("web:p:nobody")) == 0


def test_a_slot_is_edited_in_place(store: Transactions) -> None:
    put(store, card("açık", "claim:1"), card("başka", slot=None))
    put(store, card("üstlenildi", "resolve:1"))
    assert shown(store) == [("üstlenildi", ["Resolve:1"]), ("başka", [])]
    (change,) = timeline(store, after=2)
    assert (change.seq, change.first_seq, change.edited) == (3, 1, True)
    assert list(store.read(lambda uow: uow.messages.standing_in("card:1"))) == [HERE]


def test_the_same_slot_stands_in_many_conversations(store: Transactions) -> None:
    put(store, card("kart"), card("kart", conversation="web:r:donanim"), card("kart", conversation=TELEGRAM))
    assert list(store.read(lambda uow: uow.messages.standing_in("card:1"))) == [TELEGRAM, HERE, "web:r:donanim"]
    assert list(store.read(lambda uow: uow.messages.standing_in("card:2"))) == []


def test_two_puts_of_one_work_are_one_message(store: Transactions) -> None:
    put(store, card("bir", "a"), card("iki", "b"))
    assert shown(store) == [("iki", ["B"])]
    assert not timeline(store)[0].edited


def test_an_edit_that_changes_nothing_is_none(store: Transactions) -> None:
    put(store, card("aynı", "a"))
    put(store, card("aynı", "a"))
    assert store.read(lambda uow: uow.timeline.last_seq(HERE)) == 1


def test_fresh_goes_to_the_end_and_takes_the_slot(store: Transactions) -> None:
    put(store, card("kart", "claim:1"), card("arada", slot=None))
    put(store, card("kart yine", "claim:1", fresh=True))
    assert shown(store) == [("kart", []), ("arada", []), ("kart yine", ["Claim:1"])]
    put(store, card("üstlenildi"))
    assert shown(store)[2] == ("üstlenildi", [])


def test_settle_takes_the_buttons_off(store: Transactions) -> None:
    put(store, card("soru", "yes", "no"))
    token = timeline(store)[0].buttons[0].token
    store.write(lambda uow: uow.messages.disable_buttons(HERE, "card:1"))
    assert shown(store) == [("soru", [])]
    press = store.read(lambda uow: uow.messages.press(token))
    assert (press.action, press.label, press.live) == ("yes", "Yes", False)
    before = store.read(lambda uow: uow.timeline.last_seq(HERE))
    store.write(lambda uow: uow.messages.disable_buttons(HERE, "card:1"))
    store.write(lambda uow: uow.messages.disable_buttons(HERE, "card:none"))
    assert store.read(lambda uow: uow.timeline.last_seq(HERE)) == before


def test_a_button_that_stays_keeps_its_token(store: Transactions) -> None:
    put(store, card("kart", "claim:1", "more:1"))
    claim, more = (button.token for button in timeline(store)[0].buttons)
    put(store, card("kart 2", "more:1", "resolve:1"))
    kept, new = timeline(store)[0].buttons
    assert (kept.token, kept.label, new.label) == (more, "More:1", "Resolve:1")
    assert new.token not in (claim, more)
    assert [store.read(lambda uow, t=t: uow.messages.press(t)).live for t in (claim, more, new.token)] == [
        False,
        True,
        True,
    ]


def test_a_token_is_known_by_itself_alone(store: Transactions) -> None:
    put(store, card("kart", "claim:17", ticket=None, kind="card"))
    press = store.read(lambda uow: uow.messages.press(timeline(store)[0].buttons[0].token))
    assert (press.action, press.live, press.message.slot, press.message.kind) == ("claim:17", True, "card:1", "card")
    assert store.read(lambda uow: uow.messages.press("forged")) is None


def test_a_work_sees_what_it_said(store: Transactions) -> None:
    def work(uow):
        uow.messages.put(card("kart", "claim:1"))
        (message,) = uow.timeline.since(HERE, 0)
        press = uow.messages.press(message.buttons[0].token)
        return press.action, uow.messages.by_ref(HERE, str(message.id)).text, uow.messages.standing_in("card:1")

    assert store.write(work) == ("claim:1", "kart", [HERE])


def test_a_message_by_its_ref(store: Transactions) -> None:
    own = ayse(store)
    store.write(lambda uow: uow.messages.record(Recorded(conversation=HERE, person=own, text="a", event_key="web:1")))
    put(store, card("telgraf", conversation=TELEGRAM))
    (delivery,) = store.write(lambda uow: uow.outbox.lease("r", START, 9, 30, channel="telegram"))
    store.write(lambda uow: uow.outbox.record_outcome(delivery.id, Delivered("4711"), START))
    (mine,) = timeline(store)
    found = store.read(
        lambda uow: [
            uow.messages.by_ref(HERE, str(mine.id)),
            uow.messages.by_ref(TELEGRAM, "4711"),
            uow.messages.by_ref(HERE, "4711"),
            uow.messages.by_ref(TELEGRAM, str(mine.id)),
            uow.messages.by_ref(HERE, "9" * 40),
            uow.messages.by_ref(HERE, "x' OR 1=1"),
        ]
    )
    assert [standing and standing.text for standing in found] == ["a", "telgraf", None, None, None, None]
    assert (found[0].author, found[0].event_key) == (own, "web:1")


def test_a_message_is_shown_where_it_is_said_and_on_a_platform_once_it_arrived(store: Transactions) -> None:
    put(store, card("burada"), card("telgraf", conversation=TELEGRAM))

    def shown(slot: str = "card:1", by: datetime = START) -> list[str | None]:
        found = store.read(lambda uow: [uow.messages.shown(place, slot, by) for place in (HERE, TELEGRAM)])
        return [message and message.text for message in found]

    assert shown() == ["burada", None]
    (delivery,) = store.write(lambda uow: uow.outbox.lease("r", START, 9, 30, channel="telegram"))
    assert shown() == ["burada", None]
    store.write(lambda uow: uow.outbox.record_outcome(delivery.id, Delivered("4712"), START))
    assert shown() == ["burada", "telgraf"]
    assert shown(by=START - timedelta(seconds=1)) == [None, None]
    assert shown("card:2") == [None, None]


def test_a_person_changes_or_takes_back_what_they_wrote(store: Transactions) -> None:
    def talk(uow):
        own = uow.people.by_handle("ayse").id
        add_private(uow, own, "telegram:p:7")
        uow.messages.record(Recorded(conversation="telegram:p:7", person=own, text="bozk", native_ref="55"))

    store.write(talk)
    store.write(lambda uow: uow.messages.rewrite("telegram:p:7", "55", "bozuk"))
    (mine,) = timeline(store, "telegram:p:7")
    assert (mine.text, mine.edited, mine.deleted) == ("bozuk", True, False)
    store.write(lambda uow: uow.messages.rewrite("telegram:p:7", "55", ""))
    (mine,) = timeline(store, "telegram:p:7")
    assert (mine.text, mine.deleted) == ("", True)
    store.write(lambda uow: uow.messages.rewrite("telegram:p:7", "56", "nothing there"))


def test_nobody_rewrites_what_the_desk_said(store: Transactions) -> None:
    put(store, card("masa"))
    (said,) = timeline(store)
    store.write(lambda uow: uow.messages.rewrite(HERE, str(said.id), "başka"))
    assert shown(store) == [("masa", [])]


def test_erasing_empties_all_that_a_person_wrote(store: Transactions) -> None:
    own = ayse(store)

    def talk(uow):
        uow.messages.record(Recorded(conversation=HERE, person=own, text="bir"))
        uow.messages.record(Recorded(conversation="web:r:donanim", person=own, text="iki"))
        uow.messages.put(card("masa"))

    store.write(talk)
    assert store.write(lambda uow: uow.messages.erase_written_by(own)) == 2
    assert [text for text, _ in shown(store) + shown(store, "web:r:donanim")] == ["", "masa", ""]
    assert store.write(lambda uow: uow.messages.erase_written_by(own)) == 0


def test_erasing_takes_files_off_and_what_was_written_in_an_event(store: Transactions) -> None:
    own = ayse(store)

    def talk(uow):
        uow.messages.record(Recorded(conversation=HERE, person=own, text="", files=("f1", "f2"), event_key="web:1"))
        uow.messages.record(Recorded(conversation=HERE, person=own, text="iki", event_key="web:2"))
        uow.messages.record(Recorded(conversation=HERE, person=own, text="üç", event_key="web:3"))

    store.write(talk)
    store.write(lambda uow: uow.messages.erase_events(own, {"web:2"}))
    assert [text for text, _ in shown(store)] == ["", "", "üç"]
    store.write(lambda uow: uow.attachments.add(file("f2")))
    assert store.write(lambda uow: uow.messages.erase_written_by(own, {"f1"})) == 1
    (message, *_) = store.read(lambda uow: uow.timeline.page(HERE))
    assert [one.id for one in message.files] == ["f2"]


def file(name: str) -> Attachment:
    values = {"media_type": "text/plain", "size": 1, "sha256": "0", "uploader": None, "conversation": HERE, "at": START}
    return Attachment(id=name, name=name, **values)


def test_where_somebody_wrote_is_known(store: Transactions) -> None:
    own = ayse(store)
    put(store, card("masanın sözü", conversation=TELEGRAM, slot=None))
    assert store.read(lambda uow: uow.messages.written_in(own)) == set()
    words = [Recorded(conversation=HERE, person=own, text=text) for text in ("bir", "iki")]
    store.write(lambda uow: [uow.messages.record(one) for one in words])
    assert store.read(lambda uow: uow.messages.written_in(own)) == {HERE}


def test_what_repeats_somebodys_words_is_found_and_withdrawn(store: Transactions) -> None:
    own = ayse(store)
    ticket = store.write(lambda uow: open_ticket(uow, own)).id
    put(
        store,
        card("kopya", conversation=TELEGRAM, kind="work_reply", ticket=ticket, slot="entry:1"),
        card("kart", kind="card", ticket=ticket),
        card("bulundu", "search_older:9:gizli", kind="found", slot=None),
        card("bulundu", conversation=TELEGRAM, kind="found", slot=None),
        card("özet", kind="digest", slot=None),
    )

    def found(uow):
        return uow.messages.repeating({"work_reply", "found"}, tickets={ticket}, places={HERE})

    assert [(one.kind, one.conversation) for one in store.read(found)] == [("work_reply", TELEGRAM), ("found", HERE)]
    assert [one.conversation for one in store.read(lambda uow: uow.messages.lists())] == [HERE, TELEGRAM]
    token = next(m for m in store.read(lambda uow: uow.timeline.page(HERE)) if m.buttons).buttons[0].token
    store.write(lambda uow: [uow.messages.withdraw(one, "silindi") for one in found(uow)])
    assert shown(store)[1] == ("silindi", [])
    assert shown(store, TELEGRAM)[0] == ("silindi", [])
    pressed = store.read(lambda uow: uow.messages.press(token))
    assert (pressed.action, pressed.label, pressed.live) == ("", "", False)
    seq = store.read(lambda uow: uow.timeline.last_seq(HERE))
    store.write(lambda uow: [uow.messages.withdraw(one, "silindi") for one in found(uow)])
    assert store.read(lambda uow: uow.timeline.last_seq(HERE)) == seq


def test_pages_go_backwards(store: Transactions) -> None:
    put(store, *(card(str(number), slot=None) for number in range(7)))
    newest = store.read(lambda uow: uow.timeline.page(HERE, limit=3))
    assert [message.text for message in newest] == ["4", "5", "6"]
    older = store.read(lambda uow: uow.timeline.page(HERE, before=newest[0].id, limit=3))
    assert [message.text for message in older] == ["1", "2", "3"]


def test_since_has_a_limit(store: Transactions) -> None:
    put(store, *(card(str(number), slot=None) for number in range(5)))
    first = store.read(lambda uow: uow.timeline.since(HERE, 0, limit=2))
    rest = store.read(lambda uow: uow.timeline.since(HERE, first[-1].seq, limit=9))
    assert [message.text for message in [*first, *rest]] == ["0", "1", "2", "3", "4"]


def test_unread_counts_what_others_wrote(store: Transactions) -> None:
    own = ayse(store)

    def talk(uow):
        uow.messages.put(card("bir"))
        uow.messages.record(Recorded(conversation=HERE, person=own, text="iki"))
        uow.messages.put(card("üç", slot=None))

    store.write(talk)
    places = [HERE, "web:r:donanim", "web:p:nobody"]
    assert store.read(lambda uow: uow.timeline.unread(own, places)) == dict(zip(places, [2, 0, 0], strict=True))
    store.write(lambda uow: uow.timeline.mark_seen(HERE, own, 1))
    assert store.read(lambda uow: uow.timeline.unread(own, [HERE])) == {HERE: 1}
    store.write(lambda uow: uow.timeline.mark_seen(HERE, own, 3))
    store.write(lambda uow: uow.timeline.mark_seen(HERE, own, 2))
    assert store.read(lambda uow: uow.timeline.seen(HERE, own)) == 3
    put(store, card("bir, düzeltildi"))
    assert store.read(lambda uow: uow.timeline.unread(own, [HERE])) == {HERE: 0}
    assert store.read(lambda uow: uow.timeline.unread(own, [])) == {}


def test_what_rang_and_was_not_read_counts_however_quietly_it_is_edited(store: Transactions) -> None:
    own = ayse(store)
    put(store, card("kart"))
    put(store, replace(card("üstlenildi"), rings=False))
    assert store.read(lambda uow: uow.timeline.unread(own, [HERE])) == {HERE: 1}
    put(store, replace(card("sessiz", slot="quiet"), rings=False))
    assert store.read(lambda uow: uow.timeline.unread(own, [HERE])) == {HERE: 1}


def test_who_has_read_what_was_said_to_all_is_counted_by_channel(store: Transactions) -> None:
    own, ali = ayse(store), "web:p:ali"

    def fill(uow):
        add_person(uow, "ali")
        add_private(uow, uow.people.by_handle("ayse").id, "telegram:p:7")
        uow.messages.put(card("önce", slot=None))

    store.write(fill)
    private = [HERE, ali, "telegram:p:7"]
    put(store, *(card("duyuru", slot="outage:1", conversation=place, kind="outage_announced") for place in private))
    put(store, card("başka", slot="outage:1", conversation="web:r:donanim", kind="card"))

    def counts() -> Mapping[str, tuple[int, int]]:
        return store.read(lambda uow: uow.timeline.read_counts("outage:1", "outage_announced"))

    assert counts() == {"web": (2, 0), "telegram": (1, 0)}
    store.write(lambda uow: uow.timeline.mark_seen(HERE, own, 1))
    assert counts()["web"] == (2, 0)
    store.write(lambda uow: uow.timeline.mark_seen(HERE, own, 2))
    assert counts()["web"] == (2, 1)
    assert store.read(lambda uow: uow.timeline.read_counts("outage:2", "outage_announced")) == {}


def test_files_are_shown_with_their_names(store: Transactions) -> None:
    attachment = Attachment(
        id="f1", name="foto.png", media_type="image/png", size=7, sha256="0", uploader=None, conversation=HERE, at=START
    )

    def talk(uow):
        uow.attachments.add(attachment)
        uow.messages.put(card("resim", files=("f1", "gone")))

    store.write(talk)
    (message,) = timeline(store)
    assert [(file.id, file.name, file.size) for file in message.files] == [("f1", "foto.png", 7)]
    assert store.read(lambda uow: uow.attachments.get("f1")) == attachment
    assert store.read(lambda uow: uow.attachments.get("f2")) is None


def test_markup_and_lone_surrogates_lie_as_they_were_typed(store: Transactions) -> None:
    own = ayse(store)
    typed = "<b>kalın</b> {{7*7}} 😀 \ud83d"
    store.write(lambda uow: uow.messages.record(Recorded(conversation=HERE, person=own, text=typed)))
    assert timeline(store)[0].text == "<b>kalın</b> {{7*7}} 😀 \ufffd"


def test_a_conversation_that_is_not_there(store: Transactions) -> None:
    with pytest.raises(NotFound):
        put(store, card("nereye", conversation="web:p:nobody"))
    with pytest.raises(NotFound):
        store.write(lambda uow: uow.messages.disable_buttons("web:p:nobody", "card:1"))


def test_listeners_hear_which_conversations_changed(store: Transactions) -> None:
    heard: list[frozenset[str]] = []
    store.on_commit(heard.append)
    put(store, card("bir"), card("iki", conversation="web:r:donanim"))
    store.write(lambda uow: uow.audit.log(START, None, "nothing", "", "web"))
    with pytest.raises(NotFound):
        put(store, card("üç"), card("dört", conversation="web:p:nobody"))
    assert heard == [frozenset({HERE, "web:r:donanim"})]


def test_what_was_said_of_a_ticket_is_withdrawn_wherever_it_stands(store: Transactions) -> None:
    own = ayse(store)
    about, other = (store.write(lambda uow: open_ticket(uow, PersonId(own)).id) for _ in range(2))
    mine = Recorded(conversation=HERE, person=own, text="benim", ticket=about)
    store.write(lambda uow: uow.messages.record(mine))
    put(
        store,
        card("kart", "claim", ticket=about, conversation=TELEGRAM),
        card("not", ticket=about, conversation=TELEGRAM, slot=None),
        card("başka", ticket=other, conversation=TELEGRAM, slot=None),
    )
    found = store.read(lambda uow: uow.messages.said_of(about))
    assert [(one.text, one.author) for one in found] == [("kart", None), ("not", None)]

    def withdraw(uow):
        for one in found:
            uow.messages.withdraw(one, "gizli", kind="discreet")
        uow.messages.put(card("kart gizli", ticket=about, conversation=TELEGRAM, kind="card"))

    store.write(withdraw)
    assert shown(store, TELEGRAM) == [("kart gizli", []), ("gizli", []), ("başka", [])]
    assert shown(store)[0][0] == "benim"
    assert [one.kind for one in store.read(lambda uow: uow.messages.said_of(about))] == ["card", "discreet"]


def test_what_is_offered_beside_a_message_is_pressed_like_its_own_and_seen_by_nobody(store: Transactions) -> None:
    put(store, card("kart", "menu:1:more"))
    (shown,) = store.read(lambda uow: uow.timeline.since(HERE, 0))

    def offer(uow):
        standing = uow.messages.by_ref(HERE, str(shown.id))
        return uow.messages.offer(standing, [Button("İptal", "cancel:1"), Button("Geri", "menu:1:main")])

    first, again = store.write(offer), store.write(offer)
    assert [button.label for button in first] == ["İptal", "Geri"]
    assert [button.token for button in first] == [button.token for button in again]
    pressed = store.read(lambda uow: uow.messages.press(first[0].token))
    assert (pressed.action, pressed.message.id) == ("cancel:1", shown.id)
    (after,) = store.read(lambda uow: uow.timeline.since(HERE, 0))
    assert after == shown
    put(store, card("kart", "cancel:1"))
    (edited,) = store.read(lambda uow: uow.timeline.since(HERE, 0))
    assert [button.label for button in edited.buttons] == ["Cancel:1"]
