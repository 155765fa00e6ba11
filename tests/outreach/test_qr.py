"""QR codes: read back by a reader of its own, with the quiet zone that phones need."""

import io
import re
import subprocess
import sys

import pytest
import zxingcpp
from PIL import Image

from bot.exceptions import SettingsError
from bot.outreach import qr
from bot.outreach.addresses import telegram_address, web_address
from bot.outreach.links import Link
from tests.outreach.writing import LINK, MADE

WIDEST = Link(LINK.code, MADE, language="l" * 8, council="c" * 40)
ADDRESSES = [
    web_address("https://notes.example.org", LINK),
    telegram_address("notes_bot", LINK),
    telegram_address("n" * 32, WIDEST),
]


def rows_of(svg):
    """The dark squares of a drawing, by its path of strokes: x, y and how far each goes."""
    path = re.search(r'<path stroke="#000" d="([^"]+)"', svg)[1]
    dark, x, y = set(), 0.0, 0.0
    for letter, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?:[ ,]?(-?[\d.]+))?", path):
        if letter == "h":
            dark |= {(int(x + step), int(y)) for step in range(int(first))}
            x += int(first)
        else:
            x = float(first) + (x if letter == "m" else 0)
            y = float(second) + (y if letter == "m" else 0)
    return dark


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("scale", [2, 10])
def test_a_picture_is_read_back(address, scale):
    picture = Image.open(io.BytesIO(qr.as_png(address, scale)))
    (found,) = zxingcpp.read_barcodes(picture)
    assert found.text == address
    assert found.format == zxingcpp.BarcodeFormat.QRCode
    assert found.ec_level in {"M", "Q", "H"}
    assert picture.width == picture.height == (len(qr.modules(address)) + 2 * qr.QUIET) * scale


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_rows_are_those_of_the_picture_without_its_quiet_zone(address):
    picture = Image.open(io.BytesIO(qr.as_png(address, 1))).convert("1")
    side = range(picture.width)
    dark = {(x, y) for x in side for y in side if not picture.getpixel((x, y))}
    assert dark == squares(qr.modules(address))


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_drawing_has_the_same_squares(address):
    svg = qr.as_svg(address)
    assert rows_of(svg) == squares(qr.modules(address))
    side = len(qr.modules(address)) + 2 * qr.QUIET
    assert f'width="{side}" height="{side}"' in svg
    assert f'<path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/>' in svg


def squares(rows):
    """The dark squares of a code, moved by the quiet zone."""
    return {
        (x + qr.QUIET, y + qr.QUIET)
        for y, row in enumerate(rows)
        for x, dark in enumerate(row)
        if dark
    }


def test_four_squares_around_a_code_are_light():
    picture = Image.open(io.BytesIO(qr.as_png(ADDRESSES[0], 1))).convert("1")
    dark = [
        (x, y)
        for x in range(picture.width)
        for y in range(picture.height)
        if not picture.getpixel((x, y))
    ]
    assert {min(x for x, _ in dark), min(y for _, y in dark)} == {4}
    assert {max(x for x, _ in dark), max(y for _, y in dark)} == {picture.width - 5}


def test_a_code_of_the_worst_length_still_fits_a_card():
    sides = [len(qr.modules(address)) for address in ADDRESSES]
    assert sides == sorted(sides)
    assert sides[-1] <= 57


def test_the_same_text_is_always_the_same_code():
    assert qr.as_png(ADDRESSES[1]) == qr.as_png(ADDRESSES[1])
    assert qr.as_svg(ADDRESSES[1]) == qr.as_svg(ADDRESSES[1])
    assert qr.modules(ADDRESSES[0]) != qr.modules(ADDRESSES[1])


def test_a_drawing_holds_no_word_of_the_address_and_no_script():
    svg = qr.as_svg(ADDRESSES[1])
    assert "notes" not in svg
    assert set(re.findall(r"<(\w+)", svg)) == {"svg", "path"}


def test_what_no_code_can_hold_is_refused():
    with pytest.raises(SettingsError, match="too long"):
        qr.modules("a" * 3000)


def test_without_segno_there_is_a_sentence_and_everything_else_works(tmp_path):
    """In a process of its own, where segno cannot be found, as without the extra `kit`."""
    hidden = (
        "import sys; sys.modules['segno'] = None; from bot.__main__ import main; sys.exit(main())"
    )
    command = [sys.executable, "-c", hidden, "link", "new", "--venue", "Library"]
    command += ["--file", str(tmp_path / "links.yaml"), "--web", "https://a.org"]
    drawn = subprocess.run(
        [*command, "--qr", str(tmp_path / "a.svg")], capture_output=True, check=False, text=True
    )
    assert drawn.returncode == 2
    assert drawn.stderr.count("\n") == 1
    assert "pip install 'linnet[kit]'" in drawn.stderr
    assert list(tmp_path.iterdir()) == []
    plain = subprocess.run(command, capture_output=True, check=False, text=True)
    assert (plain.returncode, plain.stderr) == (0, "")
