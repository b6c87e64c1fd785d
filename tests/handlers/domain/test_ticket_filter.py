"""The language of the lists: what an address asks for, and how it is written."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.domain.states import ACTIVE, State
from handlers.domain.ticket_filter import (
    MOST_VALUES,
    Ignored,
    Order,
    Standing,
    TicketFilter,
    Vocabulary,
    parse,
    printed,
)

KNOWN = Vocabulary(
    units={"donanim", "yazilim"}, subjects={"toner-kartus", "internet-yok"}, is_person=lambda one: one == "mehmet"
)


def read(query: str) -> TicketFilter:
    return parse(parse_qsl(query, keep_blank_values=True), KNOWN)[0]


def ignored(query: str) -> list[Ignored]:
    return list(parse(parse_qsl(query, keep_blank_values=True), KNOWN)[1])


@pytest.mark.parametrize(
    ("query", "means"),
    [
        ("", TicketFilter()),
        ("birim=donanim", TicketFilter(units=("donanim",))),
        ("oncelik=yuksek,acil", TicketFilter(priorities=("yuksek", "acil"))),
        ("oncelik=yuksek&oncelik=acil&oncelik=acil", TicketFilter(priorities=("yuksek", "acil"))),
        ("konu=toner-kartus,konusuz", TicketFilter(subjects=("toner-kartus", "konusuz"))),
        ("ustlenen=ben,yok,mehmet", TicketFilter(holders=("ben", "yok", "mehmet"))),
        ("mudurluk=Plan%2C+Proje", TicketFilter(departments=("Plan, Proje",))),
        ("mudurluk=A&mudurluk=B", TicketFilter(departments=("A", "B"))),
        ("durum=bekleyen&dunden=1", TicketFilter(standings=("bekleyen",), since_yesterday=True)),
        ("geciken=1&bugun=0", TicketFilter(late=True)),
        ("durum=bekleyen&sirala=eski", TicketFilter(standings=("bekleyen",), order=Order.OLDEST)),
        ("birim=&durum=&mudurluk=+", TicketFilter()),
    ],
)
def test_an_address_is_read_and_written(query: str, means: TicketFilter) -> None:
    assert read(query) == means
    assert not ignored(query)
    assert read(printed(means)) == means


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("renk=mor", Ignored("renk", None)),
        ("oncelik=mor,acil", Ignored("oncelik", "mor")),
        ("birim=park", Ignored("birim", "park")),
        ("ustlenen=kimbilir", Ignored("ustlenen", "kimbilir")),
        ("sirala=renk", Ignored("sirala", "renk")),
        ("geciken=belki", Ignored("geciken", "belki")),
        ("durum=ACIK", Ignored("durum", "ACIK")),
    ],
)
def test_what_is_not_understood_is_named_and_changes_nothing(query: str, says: Ignored) -> None:
    assert ignored(query) == [says]
    assert read(query) == read(query.replace("mor,", "").replace(f"={says.value}", "=").replace("renk=mor", ""))


def test_without_a_word_on_the_state_it_is_what_is_to_be_done() -> None:
    assert TicketFilter().states == ACTIVE
    assert read("durum=hepsi").states == frozenset(State)
    assert read("durum=sirada,firma").states == {State.OPEN, State.WAITING_VENDOR}
    assert all(one.states for one in Standing)


def test_late_ones_stand_at_the_top_and_what_has_ended_is_sorted_by_its_number_alone() -> None:
    assert read("").sorted_by is Order.DUE
    assert read("birim=donanim&oncelik=acil").sorted_by is Order.DUE
    assert read("durum=sirada").sorted_by is Order.URGENCY, "as it is taken"
    assert read("durum=hepsi&dunden=1").sorted_by is Order.DUE
    assert read("durum=hepsi").sorted_by is Order.NEWEST
    assert read("durum=kapandi&sirala=sure").sorted_by is Order.NEWEST
    assert read("durum=kapandi&sirala=eski").sorted_by is Order.OLDEST
    assert read("durum=hepsi&geciken=1&sirala=sure").sorted_by is Order.DUE


def test_one_thing_is_taken_out_and_the_rest_stays() -> None:
    wanted = read("oncelik=yuksek,acil&geciken=1&sirala=sure")
    assert printed(wanted.without("oncelik", "acil")) == "oncelik=yuksek&geciken=1&sirala=sure"
    assert printed(wanted.without("geciken")) == "oncelik=yuksek,acil&sirala=sure"


@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=200)), max_size=8))
def test_whatever_is_typed_gives_a_list(pairs: list[tuple[str, str]]) -> None:
    wanted, _ = parse(pairs, KNOWN)
    assert parse(parse_qsl(printed(wanted)), KNOWN) == (wanted, [])


@given(st.lists(st.tuples(st.sampled_from(["mudurluk", "oncelik", "geciken"]), st.text(max_size=30)), max_size=8))
def test_whatever_is_typed_behind_a_name_gives_a_list(pairs: list[tuple[str, str]]) -> None:
    wanted, _ = parse(pairs, KNOWN)
    assert parse(parse_qsl(printed(wanted)), KNOWN) == (wanted, [])


def test_of_one_name_so_many_are_looked_at_and_each_once() -> None:
    asked: list[str] = []

    def is_person(handle: str) -> bool:
        asked.append(handle)
        return True

    known = Vocabulary(units=KNOWN.units, subjects=KNOWN.subjects, is_person=is_person)
    handles = [f"h{number}" for number in range(1_000)]
    query = [("ustlenen", ",".join(["h0", "h0", *handles])), ("ustlenen", "h0,z"), ("oncelik", "acil")]
    wanted, refused = parse(query, known)
    assert asked == handles[:MOST_VALUES]
    assert wanted.holders == tuple(handles[:MOST_VALUES])
    assert wanted.priorities == ("acil",)
    assert refused == []
