"""The form of the preview: answers in, a card and a file out, and nothing kept."""

import re
from dataclasses import replace
from urllib.parse import urlencode

import pytest

from bot.channels.web.app import application
from bot.channels.web.entry import Entry, Field, Sheet
from bot.conversation.messages import Card, Result
from tests.channels.web.served import FORM, HOST, Served, request

FIELDS = (
    Field("q1", "What is it called?", needed=True),
    Field("q2", "Steps?", (("yes", "yes"), ("no", "no"))),
    Field("q3", "When?", (("school_run", "school run"), ("night", "at night")), many=True),
)
SHEET = Sheet(FIELDS, "a-hub.yaml", "name: A Hub\n", Card("en", "ltr", (Result("A Hub", "", ()),)))


def filled(answers):
    """A sheet that remembers what it was given."""
    fields = tuple(replace(field, said=answers.get(field.name, "")) for field in FIELDS)
    return replace(SHEET, fields=fields)


@pytest.fixture
def ask(world, moment):
    served = Served(world, moment)
    app = application(replace(served.site, entry=Entry(filled, served.site.shell.styles)))

    async def asked(method, fields=None, **headers):
        body = urlencode(fields or {}).encode()
        return await request(app, method, "/entry", {**HOST, **FORM, **headers}, [body])

    return asked


async def test_the_empty_form_has_every_question(ask):
    answer = await ask("GET")
    assert answer.status == 200
    assert all(field.words in answer.text for field in FIELDS)


async def test_several_answers_to_one_question_stay_ticked(ask):
    answer = await ask("POST", [("q3", "school_run"), ("q3", "night"), ("q2", "no")])
    assert re.findall(r'value="(\w+)" (?:checked|selected)', answer.text) == [
        *("no", "school_run", "night"),
    ]


async def test_the_card_and_the_file_stand_below_the_answers(ask):
    answer = await ask("POST", {"q1": "A Hub", "do": "see"})
    assert 'value="A Hub"' in answer.text
    assert "name: A Hub" in answer.text
    assert "<h2><bdi>A Hub</bdi></h2>" in answer.text


async def test_the_file_can_be_downloaded(ask):
    answer = await ask("POST", {"q1": "A Hub", "do": "file"})
    assert answer.text == SHEET.file
    assert answer.headers["content-disposition"] == 'attachment; filename="a-hub.yaml"'


async def test_answers_are_only_ever_words(ask):
    answer = await ask("POST", {"q1": '"><script>alert(1)</script>'})
    assert not re.search("<script", answer.text)


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_normal_start_has_no_form(world, moment, method):
    served = Served(world, moment)
    answer = await request(served.app, method, "/entry", {**HOST, **FORM})
    assert (answer.status, answer.body) == (404, b"")


async def test_another_site_cannot_fill_it_in(ask):
    answer = await ask("POST", {"q1": "A"}, **{"sec-fetch-site": "cross-site"})
    assert (answer.status, answer.body) == (403, b"")


async def test_more_than_an_entry_can_be_is_not_read(ask):
    assert (await ask("POST", {"q1": "x" * 70_000})).status == 413


async def test_what_is_no_form_is_refused(world, moment):
    served = Served(world, moment)
    app = application(replace(served.site, entry=Entry(filled, "")))
    answer = await request(app, "POST", "/entry", {**HOST, **FORM}, [b"\xff\xfe=1"])
    assert answer.status == 400


async def test_the_form_has_styles_of_its_own(world, moment):
    served = Served(world, moment)
    app = application(replace(served.site, entry=Entry(filled, "")))
    answer = await request(app, "GET", "/entry.css", HOST)
    assert (answer.status, answer.headers["content-type"]) == (200, "text/css; charset=utf-8")
