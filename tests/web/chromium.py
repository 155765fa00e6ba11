"""Chromium: a process with a profile of its own, driven by Playwright over its debugging port."""

import asyncio
import shutil
import subprocess
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, Playwright, TimeoutError
from playwright.async_api import Request as Made

from tests.telegram.running import eventually
from tests.web.tabs import Request, kill_all

PATH = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--hide-scrollbars", "--password-store=basic", "--remote-debugging-port=0",
)  # fmt: skip


class ChromiumTab:
    """A tab of Chromium; see `Tab`."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[Request] = []
        self.said: list[str] = []
        page.on("request", self._note)
        page.on("console", lambda line: self.said.append(line.text))
        page.on("pageerror", lambda error: self.said.append(f"error: {error}"))

    def _note(self, made: Made) -> None:
        if not made.url.startswith("data:"):
            self.asked.append(Request(made.method, made.url, made.headers))

    async def go(self, url: str) -> None:
        await self.page.goto(url)

    async def run(self, expression: str) -> Any:
        return await self.page.evaluate(expression)

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.page.keyboard.press(key)

    async def write(self, text: str) -> None:
        await self.page.keyboard.type(text)

    async def click(self, x: float, y: float) -> None:
        await self.page.mouse.click(x, y)

    async def move(self, steps: int) -> None:
        go = self.page.go_back if steps < 0 else self.page.go_forward
        await go(wait_until="commit")

    async def reload(self) -> None:
        await self.page.reload()

    async def close(self) -> None:
        await self.page.close()


class Chromium:
    """A running Chromium over the profile in `folder`."""

    name = "chromium"

    def __init__(self, playwright: Playwright, folder: Path) -> None:
        self._playwright = playwright
        self.folder = folder
        self.browser: Browser | None = None
        self.process: subprocess.Popen[bytes] | None = None

    async def start(self, *more: str) -> None:
        """Start it; Raises AssertionError when it does not come up."""
        port = self.folder / "DevToolsActivePort"
        port.unlink(missing_ok=True)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.process = subprocess.Popen(  # noqa: ASYNC220  # it returns at once
            [PATH or "chromium", *ARGUMENTS, f"--user-data-dir={self.folder}", *more],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        assert await eventually(lambda: port.exists() and port.read_text().count("\n"), 30)
        address = f"http://127.0.0.1:{port.read_text().split()[0]}"
        for last in (False, False, True):  # a browser that just starts may not hear the first call
            try:
                self.browser = await self._playwright.chromium.connect_over_cdp(
                    address, timeout=30_000 if last else 5_000
                )
                break
            except TimeoutError:
                if last:
                    raise

    async def tab(
        self,
        *,
        script: bool = True,
        size: tuple[int, int] = (360, 640),
        kept: bool = False,
        **more: Any,
    ) -> ChromiumTab:
        """A new tab: private, or with `kept` one of the profile, which the disk remembers."""
        assert self.browser is not None
        if kept:
            page = await self.browser.contexts[0].new_page()
            if not script:
                cdp = await page.context.new_cdp_session(page)
                await cdp.send("Emulation.setScriptExecutionDisabled", {"value": True})
            return ChromiumTab(page)
        context = await self.browser.new_context(
            viewport={"width": size[0], "height": size[1]}, java_script_enabled=script, **more
        )
        page = await context.new_page()
        page.on("close", lambda _: None)
        return ChromiumTab(page)

    def tabs(self) -> list[ChromiumTab]:
        """The tabs of the profile that stand open."""
        assert self.browser is not None
        return [ChromiumTab(page) for page in self.browser.contexts[0].pages]

    async def close(self) -> None:
        """Close it as she would: it writes what it wants to keep."""
        if self.browser and self.process:
            cdp = await self.browser.new_browser_cdp_session()
            await cdp.send("Browser.close")
            await asyncio.to_thread(self.process.wait, 20)
            kill_all(self.process)

    def kill(self) -> None:
        """End it as an empty battery would."""
        if self.process:
            kill_all(self.process)
