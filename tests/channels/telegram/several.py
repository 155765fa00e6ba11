"""Several workers over one store and one chat, in one program; each may die or be cut off."""

from bot.channels.telegram.faults import Fault
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.shared_painter import SURE_SECONDS, SharedPainter
from bot.channels.telegram.tending import Tending
from bot.exceptions import StoreUnavailable
from tests.channels.telegram.fakes import HIDE_SECONDS, quiet

SOON = 0.4  # seconds that really pass until one that is cut off stops


class Held:
    """Claims in memory, over the store of the test."""

    def __init__(self, wired):
        self._wired = wired
        self._by_key = {}
        self.away = False

    def _answer(self):
        if self.away:
            raise StoreUnavailable("a test wants it so")

    async def claim(self, key, who, seconds):
        self._answer()
        now = self._wired.clock()
        holder, until = self._by_key.get(key, (who, 0))
        if holder != who and until > now:
            return None
        self._by_key[key] = (who, now + seconds)
        stored = await self._wired.store.load(key)
        return stored.version if stored else 0

    async def prolong(self, keys, who, seconds):
        if keys:  # as the real one, which asks nobody about nothing
            self._answer()
        kept = [key for key in keys if self._by_key.get(key, ("", 0))[0] == who]
        for key in kept:
            self._by_key[key] = (who, self._wired.clock() + seconds)
        return kept

    async def release(self, key, who):
        self._answer()
        if self._by_key.get(key, ("", 0))[0] == who:
            del self._by_key[key]


class Worker:
    """One of several programs that serve the same bot; what she does goes to whom she is given."""

    def __init__(self, wired, claims, who, sure_seconds=SURE_SECONDS):
        self.wired, self.claims = wired, claims
        self.painter = SharedPainter(
            wired.api, wired.turns, wired.clock.sleep, lambda: 0.0, HIDE_SECONDS, claims, who,
            sure_seconds,
        )  # fmt: skip
        self.intake = Intake(
            wired.turns, wired.api, self.painter, wired.keys, wired._fresh, wired.gate
        )
        self.tending = Tending(wired.turns, self.painter)

    def takes(self):
        """What she does from now on comes to this one."""
        self.wired.painter, self.wired.intake = self.painter, self.intake

    async def look(self):
        """What it does every second."""
        await self.tending.tend()
        await quiet()


async def seconds(wired, number, *workers):
    """Let seconds pass with a look of each worker in each."""
    for _ in range(int(number)):
        for each in workers:
            await each.look()
        await wired.clock.move(1)


async def unkept(wired, label):
    """She presses, and neither is it kept nor can Telegram be reached; the update."""
    wired.store.fail("load")
    wired.api.fail("edit", Fault.UNREACHABLE)
    update = await wired.press(label)
    assert wired.again
    return update
