"""Firefox: a process with a profile of its own, driven over WebDriver BiDi by a socket."""

import asyncio
import itertools
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import aiohttp

from tests.telegram.running import eventually
from tests.web.tabs import Request, kill_all

PATH = shutil.which("firefox-esr") or shutil.which("firefox")
LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
# As a person has it, but that it calls nobody: the recommended settings of a test would switch
# off the very files that are looked into.
SETTINGS = {
    "remote.prefs.recommended": "false",
    "app.update.auto": "false",
    "app.normandy.enabled": "false",
    "browser.aboutwelcome.enabled": "false",
    "browser.shell.checkDefaultBrowser": "false",
    "browser.safebrowsing.update.enabled": "false",
    "browser.startup.homepage_override.mstone": '"ignore"',
    "browser.startup.page": "0",
    "browser.newtabpage.enabled": "false",
    "browser.sessionstore.max_resumed_crashes": "9",
    "browser.sessionstore.interval": "500",
    "browser.tabs.warnOnClose": "false",
    "browser.warnOnQuit": "false",
    "datareporting.policy.dataSubmissionEnabled": "false",
    "network.captive-portal-service.enabled": "false",
    "network.connectivity-service.enabled": "false",
    "toolkit.telemetry.reportingpolicy.firstRun": "false",
    "toolkit.startup.max_resumed_crashes": "-1",
    "extensions.update.enabled": "false",
    "services.settings.server": '"data:,"',
    "dom.disable_open_during_load": "false",
}
KEYS = {"Shift": "\ue008", "Escape": "\ue00c", "Tab": "\ue004", "Enter": "\ue007", "Space": " "}
EVENTS = ["network.beforeRequestSent", "log.entryAdded"]


class BidiError(Exception):
    """The browser refused a command."""


class FirefoxTab:
    """A tab of Firefox; see `Tab`."""

    def __init__(self, firefox: "Firefox", context: str) -> None:
        self._firefox = firefox
        self.context = context
        self.asked: list[Request] = []
        self.said: list[str] = []

    async def _do(self, method: str, **values: Any) -> dict[str, Any]:
        return await self._firefox.do(method, context=self.context, **values)

    async def go(self, url: str) -> None:
        await self._do("browsingContext.navigate", url=url, wait="complete")

    async def run(self, expression: str) -> Any:
        done = await self._firefox.do(
            "script.evaluate",
            expression=f"JSON.stringify([{expression}])",
            target={"context": self.context},
            awaitPromise=False,
        )
        if done["type"] == "exception":
            raise BidiError(done["exceptionDetails"]["text"])
        return plain(done["result"]["value"])

    async def _act(self, type: str, id: str, steps: list[dict[str, Any]]) -> None:
        await self._do(
            "input.performActions", actions=[{"type": type, "id": id, "actions": steps}]
        )

    async def press(self, *keys: str) -> None:
        for key in keys:
            value = KEYS.get(key, key)
            strokes = [{"type": "keyDown", "value": value}, {"type": "keyUp", "value": value}]
            await self._act("key", "keys", strokes)

    async def write(self, text: str) -> None:
        await self.press(*text)

    async def click(self, x: float, y: float) -> None:
        point = {"type": "pointerMove", "x": round(x), "y": round(y)}
        down, up = ({"type": f"pointer{way}", "button": 0} for way in ("Down", "Up"))
        await self._act("pointer", "mouse", [point, down, up])

    async def move(self, steps: int) -> None:
        await self._do("browsingContext.traverseHistory", delta=steps)

    async def reload(self) -> None:
        await self._do("browsingContext.reload", wait="complete")

    async def close(self) -> None:
        await self._do("browsingContext.close")

    def hear(self, method: str, told: dict[str, Any]) -> None:
        """Note an event of the browser."""
        if method == "log.entryAdded":
            self.said.append(str(told.get("text")))
        elif not told["request"]["url"].startswith("data:"):
            made = told["request"]
            headers = {
                each["name"].lower(): str(each["value"].get("value")) for each in made["headers"]
            }
            self.asked.append(Request(made["method"], made["url"], headers))


class Firefox:
    """A running Firefox over the profile in `folder`."""

    name = "firefox"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process: subprocess.Popen[bytes] | None = None
        self._written = folder.with_suffix(".txt")
        self._numbers = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._tabs: dict[str, FirefoxTab] = {}
        self._session: aiohttp.ClientSession | None = None
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._listener: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start it. Raises AssertionError when it does not come up."""
        self.folder.mkdir(parents=True, exist_ok=True)
        lines = (f'user_pref("{name}", {value});\n' for name, value in SETTINGS.items())
        (self.folder / "user.js").write_text("".join(lines))
        self._written.unlink(missing_ok=True)
        with self._written.open("wb") as written:
            self.process = subprocess.Popen(  # noqa: ASYNC220  # it returns at once
                [
                    PATH or "firefox-esr", "--headless", "--no-remote",
                    "--remote-debugging-port", "0", "--profile", str(self.folder),
                ],
                stdin=subprocess.DEVNULL,
                stdout=written,
                stderr=written,
                start_new_session=True,
            )  # fmt: skip
        assert await eventually(
            lambda: LISTENING.search(self._written.read_text("utf-8", "replace")), 60
        )
        found = LISTENING.search(self._written.read_text("utf-8", "replace"))
        assert found is not None
        self._session = aiohttp.ClientSession()
        self._socket = await self._session.ws_connect(f"{found[1]}/session", max_msg_size=0)
        self._listener = asyncio.create_task(self._listen(self._socket))
        await self.do("session.new", capabilities={})
        await self.do("session.subscribe", events=EVENTS)

    async def _listen(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        async for message in socket:
            told = message.json()
            waiting = self._waiting.pop(told.get("id") or 0, None)
            if waiting is not None and not waiting.done():
                waiting.set_result(told)
            elif told.get("type") == "event":
                self._hear(told["method"], told["params"])
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_result({"error": "gone", "message": "the browser is gone"})

    def _hear(self, method: str, told: dict[str, Any]) -> None:
        context = told.get("context") or told.get("source", {}).get("context")
        tab = self._tabs.get(context or "")
        if tab:
            tab.hear(method, told)

    async def do(self, method: str, **values: Any) -> dict[str, Any]:
        """One command; its result. Raises BidiError."""
        assert self._socket is not None
        number = next(self._numbers)
        self._waiting[number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": number, "method": method, "params": values})
        told = await asyncio.wait_for(self._waiting[number], 30)
        if "error" in told:
            raise BidiError(f"{method}: {told['error']}: {told['message']}")
        return dict(told["result"])

    async def tab(self, *, size: tuple[int, int] = (360, 640), kept: bool = False) -> FirefoxTab:
        """A new tab; it is of the profile in either case."""
        made = await self.do("browsingContext.create", type="tab")
        tab = self._tabs[made["context"]] = FirefoxTab(self, made["context"])
        await self.do(
            "browsingContext.setViewport",
            context=tab.context,
            viewport={"width": size[0], "height": size[1]},
        )
        return tab

    async def tabs(self) -> list[FirefoxTab]:
        """The tabs that stand open."""
        tree = await self.do("browsingContext.getTree")
        return [FirefoxTab(self, each["context"]) for each in tree["contexts"]]

    async def close(self) -> None:
        """Close it as she would: it writes what it wants to keep."""
        if self.process and self.process.poll() is None and self._socket:
            await self.do("browser.close")
            await asyncio.to_thread(self.process.wait, 30)
        await self._hang_up()

    async def kill(self) -> None:
        """End it as an empty battery would."""
        if self.process:
            kill_all(self.process)
        await self._hang_up()

    async def _hang_up(self) -> None:
        if self._listener:
            self._listener.cancel()
            await asyncio.gather(self._listener, return_exceptions=True)
        if self._session:
            await self._session.close()
        self._listener = self._session = self._socket = None


def plain(text: str) -> Any:
    """The one value of a JSON list."""
    return json.loads(text)[0]
