"""The form that makes an entry, as a service uses it: fill in, see the card, take the file along.

Pictures of it lie in `build/screens/entry/`, for people to look at.
"""

import asyncio
from pathlib import Path

import pytest

from bot.directory.loader import load_service
from bot.documents import read
from tests.web import looking
from tests.web.conftest import shared
from tests.web.running import Site

pytestmark = pytest.mark.asyncio(loop_scope="session")
SCREENS = Path(__file__).parents[2] / "build" / "screens" / "entry"
SIZES = {"wide": (1280, 900), "phone": (360, 640), "narrow": (320, 568)}
SAID = {
    1: "Rowan Women's Hub",
    2: ["support", "womens_centre"],
    3: "A talk with a worker, and a warm room.",
    4: ["Walsall", "Dudley"],
    5: "0121 728 2500",
    6: "Mo-Fr 09:30-17:00",
    7: "women",
    8: "no",
    9: "yes",
    11: "guaranteed",
    12: ["evening", "school_run"],
    13: "yes",
    15: ["service", "phone"],
}
CHOSEN = {7, 8, 9, 11, 13}  # one of a list


async def fill(page, said):
    """Write the answers into the fields; the rest stays not known."""
    for number, answer in said.items():
        field = page.locator(f"[name=q{number}]")
        if isinstance(answer, list):
            for box in await field.all():
                await box.set_checked(await box.get_attribute("value") in answer)
        elif number in CHOSEN:
            await field.select_option(answer)
        else:
            await field.fill(answer)


@shared
async def preview(place, away):
    async with Site(place / "preview", away.address, ("--preview",)) as served:
        yield served


@shared
async def seen(chromium, preview):
    """What was seen of the form: empty, with a mistake, and with the card and the file."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    found = {}
    for colours in ("light", "dark"):
        tab = await chromium.tab(color_scheme=colours, bypass_csp=True)
        await tab.go(f"{preview.address}entry")
        found[f"empty-{colours}"] = await _look(tab, f"empty-{colours}")
        await fill(tab.page, {**SAID, 5: "0906 123 4567"})
        await tab.page.get_by_role("button", name="See the card").click()
        found[f"wrong-{colours}"] = await _look(tab, f"wrong-{colours}")
        await fill(tab.page, SAID)
        await tab.page.get_by_role("button", name="See the card").click()
        found[f"right-{colours}"] = await _look(tab, f"right-{colours}")
        async with tab.page.expect_download() as told:
            await tab.page.get_by_role("button", name="Download the file").click()
        download = await told.value
        found[f"right-{colours}"]["file"] = (
            download.suggested_filename,
            await asyncio.to_thread(Path(await download.path()).read_bytes),
        )
        found[f"right-{colours}"]["asked"] = [each.url for each in tab.asked]
        await tab.page.context.close()
    return found


async def _look(tab, name):
    looked = {"axe": await looking.axe(tab), "text": await tab.run("document.body.innerText")}
    for size, (width, height) in SIZES.items():
        await tab.page.set_viewport_size({"width": width, "height": height})
        looked[size] = await tab.run(looking.WIDER_THAN_THE_WINDOW)
        if size != "narrow":
            await tab.page.screenshot(path=SCREENS / f"{name}-{size}.png", full_page=True)
    looked["small"] = await tab.run(looking.SMALL_TARGETS)
    looked["unlabelled"] = await tab.run(looking.UNLABELLED)
    return looked


async def test_nothing_stands_in_the_way_of_anybody(seen):
    for name, looked in seen.items():
        for what in ("axe", *SIZES, "small", "unlabelled"):
            assert looked[what] == [], (name, what)


async def test_a_mistake_is_said_beside_its_question_and_no_answer_is_lost(seen):
    text = seen["wrong-light"]["text"]
    assert "0906 numbers cost extra; give one that starts with 01, 02, 03 or 080" in text
    assert "What a woman would see" not in text


async def test_the_card_stands_below_the_answers(seen):
    text = seen["right-light"]["text"]
    assert "What a woman would see" in text
    assert text.count("Rowan Women's Hub") > 1
    assert "A talk with a worker, and a warm room." in text


async def test_the_file_is_an_entry_as_it_is(seen):
    name, data = seen["right-light"]["file"]
    assert name == "rowan-womens-hub.yaml"
    document, unread = read(data, f"directory/services/{name}")
    service, problems = load_service(document)
    assert [*unread, *problems] == []
    assert (service.id, service.status) == ("rowan-womens-hub", "draft")


async def test_the_form_asks_this_machine_alone(seen, preview):
    assert all(url.startswith(preview.address) for url in seen["right-light"]["asked"])
