"""One server, one other site and one of each browser for all tests of the page.

A browser that is missing is left out with a word about it; with CI=true that is a failure.
"""

import asyncio
import shutil
import tempfile
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import async_playwright

from tests.leaving_out import leave_out
from tests.web import chromium as chromium_room
from tests.web import firefox as firefox_room
from tests.web.chromium import Chromium
from tests.web.firefox import Firefox
from tests.web.running import Away, Site


def shared(function):
    """A fixture that all tests share, on the loop that they share."""
    return pytest_asyncio.fixture(scope="session", loop_scope="session")(function)


def there(name, path):
    """Leave the test out where the browser is missing; never where CI must run it."""
    if path is None:
        leave_out(f"{name} is not installed: .ci/browsers installs it")


@pytest.fixture(scope="session")
def place():
    """A folder for servers and profiles."""
    folder = Path(tempfile.mkdtemp(prefix="web-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@shared
async def away():
    other = Away()
    await other.start()
    yield other
    await other.stop()


@shared
async def site(place, away):
    async with Site(place / "site", away.address) as served:
        yield served


@shared
async def playwright():
    there("Chromium", chromium_room.PATH)
    async with async_playwright() as started:
        yield started


@shared
async def chromium(playwright, place):
    """The Chromium that all tests share; each test has private tabs of its own."""
    browser = Chromium(playwright, place / "chromium")
    await browser.start()
    yield browser
    await browser.close()


@shared
async def firefox(place):
    """The Firefox that all tests share."""
    there("Firefox", firefox_room.PATH)
    browser = Firefox(place / "firefox")
    await browser.start()
    yield browser
    await browser.close()


@pytest.fixture(params=["chromium", "firefox"])
def browser(request):
    """Both browsers, one after the other."""
    return request.getfixturevalue(request.param)


@pytest_asyncio.fixture(loop_scope="session")
async def tab(browser):
    """A tab at phone size."""
    opened = await browser.tab()
    yield opened
    await opened.close()


@pytest_asyncio.fixture(loop_scope="session")
async def fresh(playwright, tmp_path):
    """Starts a Chromium with a new profile; it is killed at the end if it still runs."""
    started = []

    async def start(*more, profile="profile"):
        browser = Chromium(playwright, tmp_path / profile)
        started.append(browser)
        await browser.start(*more)
        return browser

    yield start
    for each in started:
        each.kill()
        await asyncio.sleep(0)


@pytest_asyncio.fixture(loop_scope="session")
async def other_firefox(tmp_path):
    """A Firefox with a new profile."""
    there("Firefox", firefox_room.PATH)
    browser = Firefox(tmp_path / "firefox")
    await browser.start()
    yield browser
    await browser.kill()
