from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.directory import places
from bot.directory.places import Places, outward, read_outcodes, read_places
from tests.directory.entries import DIRECTORY, shipped_places


@pytest.mark.parametrize(
    ("text", "outcode"),
    [
        ("b12", "B12"),
        ("B12 9xx", "B12"),
        ("b129xx", "B12"),
        ("my postcode is B12 9XX", "B12"),
        ("WV1 1AA, please", "WV1"),
        ("ws 10 2ab", "WS10"),
        ("  b  12 ", "B12"),
        ("B１２", "B12"),
        ("Ｂ12", "B12"),
        ("b١٢", "B12"),
        ("ST۴ 2AA", "ST4"),
        ("B12 9XX or b12 9xx", "B12"),
        ("sw1a 1aa", "SW1A"),
        ("E1W", "E1W"),
        ("O12", None),
        ("I12 9XX", None),
        ("l8r", None),
        ("g2g now", None),
        ("B1234", None),
        ("B12 or WV1", None),
        ("I need help at 7", None),
        ("07700", None),
        ("", None),
        ("birmingham", None),
    ],
)
def test_the_outward_half_is_found_in_what_she_typed(text, outcode):
    assert outward(text) == outcode


def test_the_inward_half_is_kept_nowhere():
    inward = "7QZ"
    assert outward(f"i live at b12 {inward.lower()}") == "B12"
    assert inward not in repr(vars(places)).upper()
    assert not any(hasattr(value, "cache_info") for value in vars(places).values())


@given(st.text(max_size=60))
def test_nothing_but_an_outward_half_ever_comes_out(text):
    found = outward(text)
    assert found is None or (2 <= len(found) <= 4 and found.isascii() and found[0].isalpha())


@pytest.mark.parametrize(
    ("outcode", "councils"),
    [
        ("B12", ("birmingham",)),
        ("WS10", ("sandwell", "walsall")),
        ("DY9", ("dudley", "worcestershire")),
        ("WS15", ("staffordshire",)),
        ("HR9", ("herefordshire",)),
        ("SY20", ()),
        ("SW1A", ()),
        ("", ()),
    ],
)
def test_an_outcode_lies_in_its_councils_largest_share_first(outcode, councils):
    assert shipped_places().councils_of(outcode) == councils


def test_at_most_five_councils_and_no_sliver_are_named(tmp_path: Path) -> None:
    councils = "".join(f"  - {{id: c{n}, name: C {n}, districts: [D{n}]}}\n" for n in range(7))
    (tmp_path / "places.yaml").write_text(f"schema: 1\ncouncils:\n{councils}")
    (tmp_path / "outcodes.csv").write_text(
        "outcode,lat,lon,la_shares\nB1,52,-1,D0:1;D1:40;D2:20;D3:15;D4:9;D5:8;D6:7\nB2,52,-1,D0:1\n"
    )
    found, problems = read_places(tmp_path, "directory")
    assert problems == []
    assert found.councils_of("B1") == ("c1", "c2", "c3", "c4", "c5")
    assert found.councils_of("B2") == ()


@pytest.mark.parametrize(
    ("other", "band"),
    [
        ("B1", "near"),
        ("B2", "near"),
        ("B12", "near"),
        ("B30", "close"),
        ("WV1", "far"),
        ("HR9", "away"),
        ("SW1A", None),
    ],
)
def test_distance_is_told_in_words(other, band):
    assert shipped_places().distance_band("B1", other) == band
    assert shipped_places().distance_band(other, "B1") == band


def test_neighbours_are_known_by_council():
    assert set(shipped_places().neighbours("coventry")) == {"solihull", "warwickshire"}
    assert shipped_places().neighbours("paris") == ()


def test_the_shipped_places_are_whole():
    found, problems = read_places(DIRECTORY, "directory")
    assert problems == []
    assert len(found.councils) == 14
    assert len(found.outcodes) == 482
    assert all(council.neighbours for council in found)


def test_every_outcode_of_the_region_is_one_that_she_can_type():
    assert all(outward(code) == code for code in shipped_places().outcodes)


def test_whose_data_the_table_is_stands_beside_it():
    for name in ("ATTRIBUTION.txt", "README.md"):
        text = (DIRECTORY / name).read_text(encoding="utf-8")
        assert "Office for National Statistics" in text
        assert "Crown copyright" in text
        assert "Royal Mail copyright" in text


@pytest.mark.parametrize("data", [b"\xff", None, b"outcode\nB1\n", b"a\0b,c\n1,2\n"])
def test_a_table_that_cannot_be_read_is_reported(tmp_path, data):
    path = tmp_path / "outcodes.csv"
    if data is not None:
        path.write_bytes(data)
    found, problems = read_outcodes(path, "outcodes.csv")
    assert found == {}
    assert [problem.rule for problem in problems] == ["outcode-row"]


@pytest.mark.parametrize("place", ["nan,-1.9", "52.4,inf", "91,0", "0,-181", "1e400,0"])
def test_an_area_that_lies_nowhere_on_earth_is_left_out(tmp_path, place):
    path = tmp_path / "outcodes.csv"
    path.write_text(f"outcode,lat,lon,la_shares\nB1,{place},E08000025:100\n", encoding="utf-8")
    found, problems = read_outcodes(path, "outcodes.csv")
    assert found == {}
    assert [problem.rule for problem in problems] == ["outcode-row"]


def test_places_without_a_file_are_empty_and_reported(tmp_path: Path) -> None:
    found, problems = read_places(tmp_path, "directory")
    assert found == Places({}, {})
    assert [problem.rule for problem in problems] == ["outcode-row", "unreadable"]


def test_a_council_without_a_name_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "places.yaml").write_text("schema: 1\ncouncils:\n  - {id: dudley}\n")
    (tmp_path / "outcodes.csv").write_text("outcode,lat,lon,la_shares\n")
    found, problems = read_places(tmp_path, "directory")
    assert found.councils == {}
    assert [problem.rule for problem in problems] == ["missing"]
