import pytest

from bot.directory.contact_checks import digits, is_over
from tests.directory.entries import TODAY, rules


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
    "number",
    [
        *("999", "111", "101", "116 123", "18000", "18001 0808 000 0001", "0800 1111", "85258"),
        *("0800 000 000", "0808 000 0001", "0300 000 0000", "07000 000 000", "0845 46 47"),
        *("+44 121 303 0000", "01562 00000"),
    ],
)
def test_numbers_that_can_be_dialled_in_britain_are_let_through(number):
    assert rules(contact=f'[{{type: phone, number: "{number}"}}]') == []


@pytest.mark.parametrize(
    "number",
    ["0121 30", "+1 212 555 0100", "0121 303 00000", "121 303 0000", "ask Jo", "0800 HELP", "99"],
)
def test_anything_else_is_no_uk_number(number):
    assert rules(contact=f'[{{type: phone, number: "{number}"}}]') == ["phone-not-uk"]


@pytest.mark.parametrize(
    "number", ["0121 303 0000 / 0121 303 0001", "111, 999", "111 or 0121 303 0000"]
)
def test_two_numbers_in_one_field_are_told_apart(number):
    assert rules(contact=f'[{{type: phone, number: "{number}"}}]') == ["two-numbers"]


@pytest.mark.parametrize(
    "number", ["07700 900999", "0121 496 0000", "020 7946 0123", "0808 157 0001", "+447700900123"]
)
def test_numbers_of_films_are_made_up(number):
    assert rules(contact=f'[{{type: phone, number: "{number}"}}]') == ["made-up-number"]


@pytest.mark.parametrize(
    ("number", "cost", "found"),
    [
        ("0800 000 0000", "free", []),
        ("0300 000 0000", "standard", []),
        ("0845 600 0000", "standard", []),
        ("0870 600 0000", "free", ["costs-extra"]),
    ],
)
def test_what_a_number_costs_must_fit_the_number(number, cost, found):
    assert rules(contact=f"[{{type: phone, number: {number}, cost: {cost}}}]") == found


@pytest.mark.parametrize(
    "url",
    ["https://example.org", "https://a.b.example.org:8443/x?y=z#top", "https://example.org?a"],
)
def test_links_in_full_are_let_through(url):
    assert rules(contact=f'[{{type: webchat, url: "{url}"}}]') == []


@pytest.mark.parametrize(
    "url",
    [
        *("javascript:alert(1)", "https://", "https://localhost", "www.example.org"),
        *("https://user@example.org", "https://example.org/a b", "ftp://example.org"),
    ],
)
def test_anything_else_is_no_link(url):
    assert rules(contact=f'[{{type: webchat, url: "{url}"}}]') == ["not-a-link"]


def test_a_draft_may_still_have_an_insecure_link():
    website = "{website: http://example.org}"
    assert rules(status="draft", organisation=website) == []


def test_mail_beside_another_contact_is_safe_enough():
    mail = "{type: email, address: hello@example.org}"
    assert rules(contact=f"[{mail}]") == ["only-email"]
    assert rules(contact=f"[{mail}, {{type: phone, number: 111}}]") == []
    assert rules(contact=f"[{mail}]", status="draft") == []


@pytest.mark.parametrize(
    ("text", "over"),
    [("2026-11-22", True), ("2026-11-23", False), ("2026-11", False), ("2025", True)],
)
def test_a_month_is_over_when_all_of_it_is(text, over):
    assert is_over(text, TODAY) is over


def test_today_is_not_in_the_future():
    assert rules(verified="{on: 2026-11-23, by: editor, how: phone}") == []
    assert rules(verified="{on: 2026-12, by: editor, how: phone}") == ["future-date"]


def test_a_pause_may_go_on():
    assert rules(status="paused", paused="{until: 2027-01}") == []
