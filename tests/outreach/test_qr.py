"""QR codes: read back by another library, and never larger than can be drawn."""

import pytest
import zxingcpp
from PIL import Image

from bot.documents import SettingsError
from bot.outreach.qr import QUIET, modules
from tests.outreach.printing import ADDRESS


def drawn(code, scale=4):
    side = len(code) + 2 * QUIET
    picture = Image.new("L", (side, side), 255)
    for y, row in enumerate(code):
        for x, dark in enumerate(row):
            picture.putpixel((x + QUIET, y + QUIET), 0 if dark else 255)
    return picture.resize((side * scale, side * scale), Image.Resampling.NEAREST)


@pytest.mark.parametrize(
    "text", [ADDRESS, "https://t.me/notes_bot?start=l-ur_c-birmingham_k-k7m2x9pa", "x" * 120]
)
def test_the_rows_are_a_code_that_another_library_reads(text):
    (found,) = zxingcpp.read_barcodes(drawn(modules(text)))
    assert found.text == text
    assert found.ec_level in {"M", "Q", "H"}


def test_a_text_that_no_code_holds_is_refused():
    with pytest.raises(SettingsError, match="too long"):
        modules("x" * 5000)
