"""The sheet: fifteen answers are an entry that the check takes, or a sentence that says why not."""

import pytest

from bot.conversation.turns import Turns
from bot.directory.loader import load_service
from bot.documents import read
from bot.serving.sheet import sheets
from bot.sessions.memory import MemoryStore

WHOLE = {
    "q1": "St Anne's Hub",
    "q2": "womens_centre, support",
    "q3": "A quiet place to talk.",
    "q4": "Birmingham",
    "q5": "0121 303 1111",
    "q6": "Mo-Fr 09:00-17:00",
    "q9": "yes",
    "q11": "guaranteed",
}


@pytest.fixture
def fill(data, world, moment):
    return sheets(data, Turns(world, MemoryStore(lambda: 0.0), lambda: moment), moment)


def refused(sheet):
    return {field.name: field.refused for field in sheet.fields if field.refused}


def test_the_empty_sheet_asks_fifteen_questions_and_blames_nobody(fill):
    sheet = fill({})
    assert len(sheet.fields) == 15
    assert (refused(sheet), sheet.file, sheet.card) == ({}, "", None)


def test_answers_become_a_draft_that_loads_and_its_card(fill):
    sheet = fill(WHOLE)
    assert refused(sheet) == {}
    assert sheet.name == "st-annes-hub.yaml"
    document, problems = read(sheet.file.encode(), "st-annes-hub.yaml")
    service, found = load_service(document)
    assert [*problems, *found] == []
    assert (service.name, service.status) == ("St Anne's Hub", "draft")
    assert service.has("worker.female", "guaranteed")
    (shown,) = sheet.card.blocks
    assert "St Anne's Hub" in shown.name
    assert any("0121 303 1111" in way.shown for way in shown.ways)


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("q1", ""),
        ("q4", ""),
        ("q4", "Brimingham"),
        ("q9", "maybe"),
        ("q6", "nine to five"),
        ("q2", "shop"),
    ],
)
def test_an_answer_that_cannot_be_used_is_named_and_nothing_is_made(fill, name, answer):
    sheet = fill({**WHOLE, name: answer})
    assert refused(sheet)
    assert (sheet.file, sheet.card) == ("", None)
    assert {field.name: field.said for field in sheet.fields}["q3"] == WHOLE["q3"]


@pytest.mark.parametrize(
    "number", ["0906 123 4567", "07700 900123", "0121 303 1111 or 0121 303 2222"]
)
def test_a_number_that_the_check_refuses_makes_no_file(fill, number):
    assert fill({**WHOLE, "q5": number}).file == ""


def test_markup_in_an_answer_stays_words(fill):
    sheet = fill({**WHOLE, "q3": '<b>"x"</b> {a: b} # no'})
    document, _ = read(sheet.file.encode(), "x.yaml")
    service, _ = load_service(document)
    assert service.summary["en"] == '<b>"x"</b> {a: b} # no'
