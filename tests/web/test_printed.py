"""Printed words beside Chromium's own: the same font, the same sentence, two programs that shape.

The pictures lie in `build/kit/`, for people to look at.
"""

import base64
import io
import re

import pytest
from PIL import Image, ImageChops, ImageOps, ImageStat

from bot.outreach.drawing import Picture, Placed, Sheet, Words
from bot.outreach.fonts import fonts_of
from bot.outreach.svg import svg
from tests.outreach.printing import LANGUAGES, ROOT, content, made, picture, shaper
from tests.web.conftest import shared

pytestmark = pytest.mark.asyncio(loop_scope="session")
FOLDER = ROOT / "build" / "kit"
SIZE = 60  # of the letters, in dots
MIXED = {
    "ur": "دال (red lentils) کا سوپ، 12 منٹ",
    "ps": "د دالو سوپ: 10-12 chat [نور]",
    "bn": "স্যুপ (12) chat ক্ষুদ্র কৌটো",
    "ta": "பருப்பு சூப் (chat) 12, கொழும்பு",
    "hi": "दाल chat 12, क्षत्रिय हिन्दी",
    "pa": "ਸ਼੍ਰੀ chat 12, ਪ੍ਰਿੰਸ",
    "gu": "સૂપ chat 12, ક્ષત્રિય",
}
SENTENCES = [
    *((code, content(code, "recipe").heading.text) for code in MIXED),
    *MIXED.items(),
    ("ru", "Чечевичный суп на четверых"),
    ("ro", "Supă de linte, ștergar și ține"),
]


@shared
async def tab(chromium):
    opened = await chromium.tab(size=(1600, 260))
    yield opened
    await opened.close()


def face(font, name):
    """A font for a page, its letters as large as we print them."""
    data = base64.b64encode(font.read()).decode()
    size = f"size-adjust: {font.scale * 100}%"
    return f"@font-face {{ font-family: {name}; src: url(data:font/ttf;base64,{data}); {size}; }}"


def theirs(code, text, *, rtl):
    """A page on which Chromium sets the words itself."""
    fonts = fonts_of(code, LANGUAGES[code].script)
    faces = "".join(face(font, f"f{n}") for n, font in enumerate(fonts))
    families = ", ".join(f"f{n}" for n in range(len(fonts)))
    style = f"font: {SIZE}px/3.5 {families}; padding: 0 60px; white-space: pre; text-align: left; text-rendering: geometricPrecision"
    side = "rtl" if rtl else "ltr"
    # Behind a Latin word we take blanks and signs from its font as long as they read as it does; a
    # browser always takes them from the first one.
    latin = f"<span style='font-family: f{len(fonts) - 1}'>"
    pattern = "[A-Za-z]([!-~ ]*[A-Za-z])?" if rtl else "[A-Za-z][!-~ ]*"
    text = re.sub(pattern, lambda found: f"{latin}{found[0]}</span>", text)
    return (
        f"<!doctype html><meta charset=utf-8><style>{faces} body {{ margin: 0; background: #fff }}</style>"
        f'<div lang="{code}" dir="{side}" style="{style}">{text}</div>'
    )


def ours(code, text, *, rtl):
    """A page with our outlines of the same words."""
    words = Words(shaper(code).line(text, rtl=rtl), 60, 140, SIZE)
    sheet = Sheet(1600, 260, (Placed(Picture(1600, 260, (words,)), 0, 0),))
    drawn = (
        svg(sheet).decode().replace('width="1600mm" height="260mm"', 'width="1600" height="260"')
    )
    return f"<!doctype html><style>body {{ margin: 0 }}</style>{drawn}"


async def seen(tab, page):
    await tab.page.set_content(page)
    await tab.run("document.fonts.ready.then(() => 1)")
    shot = await tab.page.screenshot()
    return Image.open(io.BytesIO(shot)).convert("L")


def ink(image):
    """What is dark, without the white around it."""
    return image.crop(ImageOps.invert(image).getbbox())


def unlike(one, other):
    """How much of the ink of two pictures is not in the other, from 0 to 1."""
    size = (max(one.width, other.width), max(one.height, other.height))
    both = [ImageOps.pad(each, size, color=255, centering=(0, 0)) if each.size != size else each for each in (one, other)]  # fmt: skip
    difference = ImageStat.Stat(ImageChops.difference(*both)).sum[0]
    dark = sum(ImageStat.Stat(ImageOps.invert(each)).sum[0] for each in both)
    return difference / dark


@pytest.mark.parametrize(("code", "text"), SENTENCES)
async def test_our_words_look_as_chromium_sets_them(tab, code, text):
    rtl = LANGUAGES[code].rtl and not text.isascii()
    one = ink(await seen(tab, ours(code, text, rtl=rtl)))
    other = ink(await seen(tab, theirs(code, text, rtl=rtl)))
    assert abs(one.width - other.width) <= 2 + other.width // 200
    assert abs(one.height - other.height) <= 3
    assert unlike(one, other) < 0.2


async def test_the_comparison_notices_letters_in_another_order(tab):
    right = ink(await seen(tab, ours("hi", "दाल कि सूप", rtl=False)))
    wrong = ink(await seen(tab, theirs("hi", "दाल िक सूप", rtl=False)))
    assert unlike(right, wrong) > 0.3


@pytest.mark.parametrize(("code", "paper"), [("ur", "a4"), ("ta", "card"), ("en", "sticker")])
async def test_both_formats_look_the_same(chromium, code, paper):
    sheet = await chromium.tab(size=(794, 1123))
    drawn = made(code, "recipe", paper, kind="svg").decode()
    page = await seen(sheet, f"<!doctype html><style>body {{ margin: 0 }} svg {{ display: block }}</style>{drawn}")  # fmt: skip
    await sheet.close()
    printed = picture(made(code, "recipe", paper), dots=96).convert("L").resize(page.size)
    FOLDER.mkdir(parents=True, exist_ok=True)
    page.save(FOLDER / f"{code}-{paper}-svg.png")
    printed.save(FOLDER / f"{code}-{paper}-pdf.png")
    assert unlike(page, printed) < 0.2
