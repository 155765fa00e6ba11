"""PDF: true sizes, each picture once, the same bytes each time, and nothing about anybody."""

import re
import zlib

import pypdfium2
import pytest

from bot.outreach.papers import PAPERS
from bot.outreach.pdf import POINTS
from tests.outreach.printing import made


def streams(pdf):
    found = re.findall(rb"(<<[^\n]*>>)\nstream\n(.*?)\nendstream", pdf, re.DOTALL)
    return [(head, zlib.decompress(data).decode()) for head, data in found]


@pytest.mark.parametrize("paper", PAPERS)
def test_pages_have_their_true_size(paper):
    wide, high = (PAPERS["a5"].width, PAPERS["a5"].height) if paper == "a5" else (210, 297)
    page = pypdfium2.PdfDocument(made("en", paper=paper))[0]
    assert page.get_size() == pytest.approx((wide * POINTS, high * POINTS), abs=0.01)


def test_a_thousand_cards_are_a_hundred_pages_and_one_picture():
    one, many = made("en", count=10), made("en", count=1000)
    assert len(pypdfium2.PdfDocument(many)) == 100
    forms = [head for head, _ in streams(many) if b"/Form" in head]
    assert len(forms) == 1
    assert len(many) < len(one) + 100 * 300


def test_it_is_the_same_each_time_and_tells_nothing():
    pdf = made("ur", "recipe")
    assert pdf == made("ur", "recipe")
    document = pypdfium2.PdfDocument(pdf)
    assert set(document.get_metadata_dict().values()) <= {""}
    whole = pdf + "".join(text for _, text in streams(pdf)).encode()
    for word in (b"Info", b"Producer", b"Date", b"Linnet", b"example", b"Font", b"URI", b"JavaS"):
        assert word not in whole


def test_the_table_says_where_each_object_begins():
    pdf = made("en", paper="a4", count=3)
    start = int(pdf.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    assert pdf[start:].startswith(b"xref\n")
    places = re.findall(rb"(\d{10}) 00000 n ", pdf[start:])
    for number, place in enumerate(places, 1):
        assert pdf[int(place) :].startswith(b"%d 0 obj" % number)


def test_programs_are_asked_not_to_shrink_it():
    assert b"/PrintScaling /None" in made("en")
