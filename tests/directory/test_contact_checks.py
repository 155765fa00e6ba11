import pytest

from bot.directory.contact_checks import is_over
from tests.directory.entries import TODAY, rules


@pytest.mark.parametrize(
    "number",
    [
        *("999", "111", "101", "116 123", "18000", "18001 0808 000 0001", "0800 1111", "85258"),
        *("0800 000 000", "0808 000 0001", "0300 000 0000", "+44 121 303 0000", "01562 00000"),
    ],
)
def test_numbers_that_can_be_dialled_in_britain_are_let_through(number):
    assert rules(contact=f'[{{type: phone, number: "{number}"}}]') == []


@pytest.mark.parametrize(
    "number",
    [
        *("0121 30", "+1 212 555 0100", "0121 303 00000", "121 303 0000", "ask Jo", "0800 HELP"),
        *("99", "1470 0808 2000 247", "*21*0808 2000 247#", "0808 2000 247,1", "0500 000 000"),
        *(
            "44121 303 0000",
            "0808 2000 247p1",
            "0121 003 0000",
            "0121 18001 0808 2000 247",
        ),
    ],
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
        ("0845 600 0000", "standard", ["costs-extra"]),
        ("0300 000 0000", "free", ["free-03"]),
        ("0870 600 0000", "free", ["costs-extra"]),
    ],
)
def test_what_a_number_costs_must_fit_the_number(number, cost, found):
    assert rules(contact=f"[{{type: phone, number: {number}, cost: {cost}}}]") == found


@pytest.mark.parametrize(
    ("number", "found"),
    [
        *(("0900 000 0000", "costs-extra"), ("118 118", "costs-extra")),
        *(("07000 000 000", "personal-number"), ("07600 000 000", "personal-number")),
        *(("60000", "short-number"), ("119", "short-number"), ("18001", "short-number")),
        *(("0121 303 0000 ext. 5", "extension"), ("0121 303 0000x5", "extension")),
        *(("0121 303 0000 #5", "extension"), ("0121 303 0000 option 2", "extension")),
        *(("٠١٢١ ٣٠٣ ٠٠٠٠", "not-ascii"), ("０121 303 0000", "not-ascii")),
        *(("0121 3O3 0000", "phone-not-uk"), ("0121 303 000\u200d0", "not-ascii")),
    ],
)
def test_numbers_that_cost_or_follow_or_hide_are_refused(number, found):
    assert rules(contact=f'[{{type: phone, number: "{number}"}}]') == [found]


def test_a_mobile_number_is_let_through_where_the_service_publishes_it():
    mobile = "type: whatsapp, number: 07384 466181"  # that of Black Country Women's Aid
    assert rules(contact=f"[{{{mobile}}}]") == ["mobile-not-public"]
    assert rules(contact=f"[{{{mobile}, public_mobile: no}}]") == ["mobile-not-public"]
    assert rules(contact=f"[{{{mobile}, public_mobile: yes}}]") == []


def test_the_word_to_text_is_plain_too():
    found = rules(contact='[{type: text, number: "85258", say: SHОUT}]')
    assert set(found) == {"not-ascii", "lookalike-letter"}


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
