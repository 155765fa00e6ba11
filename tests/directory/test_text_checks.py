import pytest

from tests.directory.entries import rules


def said(text):
    return rules(contact=f'[{{type: phone, number: 0121 303 0000, note: "{text}"}}]')


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Ring 0121 303 0001.",
            "Ring 0121-303-0001.",
            "Ring 0.1.2.1.3.0.3.0.0.0.1",
            "+44 121 3030001",
        ),
        *(
            "Text HELP to 60000.",
            "０１２１ ３０３ ０００１",
            "٠١٢١ ٣٠٣ ٠٠٠١",
            "Ring (0121)_303_0001",
        ),
        *("zero one two one, three oh three", "Ring 2025 1234 5678", "Ring ⁰¹²¹ ³⁰³ ⁰⁰⁰¹ now"),
        *("oh eight double two four five", "Ring 0808 20 00 24 7", "07 84 72 71 02 2"),
    ],
)
def test_a_telephone_number_cannot_hide_in_words(text):
    assert said(text) == ["number-in-text"]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "From 09:00 to 17:00.",
            "09.00-17.00 and 18:30-20:00",
            "Since 2026-01-31.",
            "One or two of us.",
        ),
        *("Choose option 2, then 4.", "This is an 0300 number.", "Ages 18-25 in 2026.", "24/7"),
        *("Printed in July 2025, 3 pages.", "for 16 to 24 year olds, 10:00 to 16:00"),
    ],
)
def test_times_and_years_are_no_numbers(text):
    assert said(text) == []


@pytest.mark.parametrize(
    "text",
    [
        *(
            "See example.xyz",
            "Ask @quiet_help",
            "help@example.org",
            "hxxps example",
            "bit.ly/quiet",
        ),
        *(
            "example dot org",
            "example[.]org",
            "See www.example",
            "ｅｘａｍｐｌｅ.org",
            "t.me/quiet",
        ),
    ],
)
def test_a_link_cannot_hide_in_words(text):
    assert "link-in-text" in said(text)


@pytest.mark.parametrize(
    "text", ["E.g. on Mondays.", "At 9 a.m. or 5 p.m.", "Ring. Then come.", "No.2"]
)
def test_full_stops_are_no_links(text):
    assert said(text) == []


def test_a_word_of_two_alphabets_is_refused_and_a_word_of_one_is_not():
    assert said("Sаfe line") == ["lookalike-letter"]
    assert said("Ｓafe line") == ["lookalike-letter"]
    assert said("𝐒𝐚𝐟𝐞 line") == ["lookalike-letter"]
    assert said("Наш дом, پناہ گھر, Łódź, Ελλάδα") == []


@pytest.mark.parametrize("key", ["name", "discreet_name"])
def test_every_text_she_reads_is_looked_at(key):
    assert rules(**{key: "Centre 0121 303 0001"}) == ["number-in-text"]
    assert rules(summary="{en: Talk., pl: Tel. 0121 303 0001}") == ["number-in-text"]
