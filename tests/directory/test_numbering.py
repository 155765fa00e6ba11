"""What a number is for."""

import pytest

from bot.directory.numbering import digits, is_short, range_of


@pytest.mark.parametrize(
    ("number", "dialled"),
    [
        ("0121 303 0000", "01213030000"),
        ("+44 (0)121 303-0000", "01213030000"),
        ("0044 121 303 0000", "01213030000"),
        ("(0121) 303.0000", "01213030000"),
        ("116 123", "116123"),
    ],
)
def test_a_number_is_read_as_it_is_dialled(number, dialled):
    assert digits(number) == dialled


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        *(("0121 303 0000", "fixed"), ("020 7008 0151", "fixed"), ("024 7627 7777", "fixed")),
        *(("01902 420041", "fixed"), ("01562 00000", "fixed"), ("0171 303 0000", None)),
        *(("0800 019 8818", "free"), ("0800 1111", "free"), ("0808 2000 247", "free")),
        *(("0300 123 6600", "wide"), ("0330 223 0099", "wide"), ("0310 123 6600", None)),
        *(("116 123", "short"), ("116 000", "short"), ("112", "short"), ("82111", "text")),
        *(("18000", "short"), ("18001 0808 801 0366", "free"), ("18002 0900 000 0000", "dear")),
        *(("07384 466181", "mobile"), ("07624 000000", "mobile"), ("07600 000000", "pager")),
        *(("07000 000 000", "personal"), ("0845 46 47", "dear"), ("0870 600 0000", "dear")),
        *(("07700 900999", "made_up"), ("0121 496 0000", "made_up"), ("01632 960001", "made_up")),
        *(("18001 0808 157 0001", "made_up"), ("18001 18001 111", None), ("0500 000 000", None)),
        *(("0121 103 0000", None), ("020 1234 5678", None), ("0121 303 000", None), ("", None)),
    ],
)
def test_every_number_has_the_range_that_it_is_for(number, kind):
    assert range_of(number) == kind


def test_figures_of_other_scripts_are_in_no_range():
    assert range_of("٠١٢١٣٠٣٠٠٠٠") is None
    assert not is_short("٨٢١١١")


@pytest.mark.parametrize(
    ("number", "short"), [("111", True), ("60000", True), ("0123", False), ("99", False)]
)
def test_a_short_number_has_no_code(number, short):
    assert is_short(number) is short
