"""Who waits for what changes is woken for it, and for nothing else."""

from __future__ import annotations

from bot.runtime.subscriptions import Subscriptions

AYSE, HASAN, ROOM = "web:p:ayse", "web:p:hasan", "web:r:donanim"


async def test_who_watches_a_conversation_hears_of_it_and_of_no_other() -> None:
    watches = Subscriptions()
    async with watches.watch([AYSE]) as ayse, watches.watch([HASAN, ROOM]) as hasan:
        watches.wake(frozenset({AYSE, ROOM, "web:p:zeynep"}))
        assert await ayse.changed() == {AYSE}
        assert await hasan.changed() == {ROOM}
        assert await hasan.changed(timeout=0) == frozenset()


async def test_what_came_together_is_told_together() -> None:
    watches = Subscriptions()
    async with watches.watch([HASAN, ROOM]) as hasan:
        watches.wake(frozenset({ROOM}))
        watches.wake(frozenset({HASAN}))
        assert await hasan.changed() == {HASAN, ROOM}


async def test_where_nobody_knows_what_changed_everybody_looks_at_all() -> None:
    watches = Subscriptions()
    async with watches.watch([AYSE]) as ayse, watches.watch([HASAN, ROOM]) as hasan:
        watches.wake(None)
        assert await ayse.changed() == {AYSE}
        assert await hasan.changed() == {HASAN, ROOM}
        watches.wake(frozenset())
        assert await ayse.changed() == frozenset(), "woken, with nothing to look at"


async def test_who_stopped_watching_is_forgotten() -> None:
    watches = Subscriptions()
    async with watches.watch([AYSE]), watches.watch([AYSE, ROOM]):
        assert len(watches) == 2
    assert len(watches) == 0
    watches.wake(frozenset({AYSE, ROOM}))
    async with watches.watch([AYSE]) as again:
        assert await again.changed(timeout=0) == frozenset()


async def test_where_news_may_be_missed_who_watches_looks_from_time_to_time() -> None:
    watches = Subscriptions()
    watches.look_every = 0.0
    async with watches.watch([HASAN, ROOM]) as hasan:
        assert await hasan.changed() == {HASAN, ROOM}
        assert await hasan.changed(timeout=60) == {HASAN, ROOM}


async def test_they_do_not_all_look_at_once() -> None:
    watches = Subscriptions()
    watches.look_every = 30.0
    due = []
    for _ in range(100):
        async with watches.watch([AYSE]) as watch:
            due.append(watch.look_every)
    tenths = [sum(18 + 2.4 * n <= each < 20.4 + 2.4 * n for each in due if each is not None) for n in range(10)]
    assert sum(tenths) == 100
    assert max(tenths) - min(tenths) <= 2
