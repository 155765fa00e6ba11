"""How many updates the SQLite store remembers."""

from bot.sessions.memory import REMEMBERED


async def test_the_last_ten_thousand_updates_are_remembered(store):
    for number in range(REMEMBERED + 500):
        await store.save(str(number % 3), b"", number // 3, update=f"u{number}")
    forgotten = [
        number for number in range(REMEMBERED + 500) if not await store.seen(f"u{number}")
    ]
    assert forgotten == list(range(len(forgotten)))
    assert 200 < len(forgotten) <= 500
