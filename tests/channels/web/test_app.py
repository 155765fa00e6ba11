"""The application: one address, one talk, and not a word about it."""

import asyncio
import re
from http import HTTPStatus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.codes import code_of
from tests.channels.web.served import (
    ANOTHER,
    TOKEN,
    both,
    many_times,
)

# ---- the first page


async def test_the_first_page_keeps_nothing(served):
    for _ in range(3):
        assert (await served.get()).status == HTTPStatus.OK
    assert served.store.given == []


async def test_every_first_page_has_a_token_of_its_own(served):
    tokens = {re.search(r'name="t" value="(.{43})"', (await served.get()).text)[1] for _ in "123"}
    assert len(tokens) == 3


async def test_nothing_of_a_talk_is_in_the_first_page_of_whoever_comes_next(served):
    before = await served.get()
    await served.walk("English", "Yes")
    without = [re.sub(r'value="\d{43}"', "", one.text) for one in (before, await served.get())]
    assert without[0] == without[1]


# ---- a talk


@both
async def test_an_answer_to_the_first_card_begins_the_talk(served, kind):
    answer = await served.walk("English", kind=kind)
    assert (answer.status, (await served.kept()).trail) == (200, (("welcome.language", "en"),))


@both
async def test_the_same_answer_twice_changes_nothing_twice(served, kind):
    first = await served.get()
    once = await served.press(first, "English", kind)
    kept = await served.kept()
    again = await served.press(first, "English", kind)
    assert (again.body, await served.kept()) == (once.body, kept)


@both
async def test_two_posts_at_once_begin_one_talk(served, kind):
    first = await served.get()
    posts = [served.press(first, "English", kind) for _ in range(5)]
    answers = {(await one).body for one in asyncio.as_completed(posts)}
    assert (len(answers), (await served.kept()).turn) == (1, 2)


LABELS = ("English", "Yes", "Birmingham", "My drinking", "Done", "Back", "Next question")


@both
@many_times
@given(doubled=st.lists(st.integers(1, 3), min_size=5, max_size=5))
def test_fault_42_lost_replies_change_nothing(made, kind, doubled):
    """Whatever is posted again, and however often, the talk stands where it would stand."""

    async def talk(times):
        served = made()
        answer = await served.get()
        steps = [("English", {}), ("Yes", {}), ("Birmingham", {}),
                 ("Done", {"pick": [code_of("alcohol")]}), ("Back", {})]  # fmt: skip
        for (label, more), count in zip(steps, times, strict=True):
            before = answer
            for _ in range(count):
                answer = await served.press(before, label, kind, **more)
        return answer.body, await served.kept()

    assert asyncio.run(talk(doubled)) == asyncio.run(talk([1] * 5))


@both
async def test_typed_words_that_come_twice_answer_one_question(served, kind):
    await served.walk("English")
    once = await served.post(kind, turn="2", a="say", say="yes")
    kept = await served.kept()
    again = await served.post(kind, turn="2", a="say", say="yes")
    assert (again.body, await served.kept(), kept.turn) == (once.body, kept, 3)


async def test_a_typed_first_answer_that_comes_twice_begins_one_talk(served):
    for _ in range(2):
        await served.post(a="say", say="english")
    assert (await served.kept()).trail == (("welcome.language", "en"),)


@both
async def test_many_choices_are_given_at_once(served, kind):
    card = await served.walk("English", "Yes", "Birmingham")
    picks = [code_of("alcohol"), code_of("drugs"), code_of("alcohol"), "unknown!"]
    await served.press(card, "Done", kind, pick=picks)
    assert (await served.kept()).trail[-1][1] == ("alcohol", "drugs")


async def test_with_and_without_the_script_many_choices_mean_the_same(served):
    for kind, token in (("json", TOKEN), ("form", ANOTHER)):
        card = await served.walk("English", "Yes", "Birmingham", token=token)
        await served.press(card, "Done", kind, token, pick=[code_of("alcohol"), code_of("drugs")])
    one, other = await served.kept(TOKEN), await served.kept(ANOTHER)
    assert one == other


async def test_two_talks_know_nothing_of_each_other(served):
    await served.walk("English", "Yes", token=TOKEN)
    await served.walk("Polski", token=ANOTHER)
    assert {(await served.kept(token)).language for token in (TOKEN, ANOTHER)} == {"en", "pl"}


async def test_nothing_is_kept_under_the_token_itself(served):
    await served.walk("English")
    assert TOKEN not in str(served.store.given)


# ---- typed words


@both
@pytest.mark.parametrize("word", ["leave", "LEAVE", " stop "])
async def test_typed_leave_erases_the_talk(served, kind, word):
    await served.walk("English", "Yes")
    answer = await served.post(kind, turn="3", a="say", say=word)
    assert (answer.status, await served.kept()) == (200, None)
    if kind == "json":
        assert answer.data == {"leave": True}
    else:
        assert answer.headers["Clear-Site-Data".lower()] == '"cache", "cookies", "storage"'


@both
@pytest.mark.parametrize("turn", ["1", "2", "3", "77", "", "x"])
@pytest.mark.parametrize("words", ["help", "please help me now"])
async def test_typed_distress_brings_urgent_help_from_every_card(served, kind, turn, words):
    await served.walk("English", "Yes")
    answer = await served.post(kind, turn=turn, a="say", say=words)
    assert (answer.status, "999" in answer.text) == (200, True)


@both
async def test_typed_distress_is_heard_without_a_talk(served, kind):
    answer = await served.post(kind, turn="9", a="say", say="help")
    assert (answer.status, "999" in answer.text) == (200, True)


@both
@many_times
@given(canary=st.text("qvwxz", min_size=12, max_size=40))
def test_typed_words_are_never_kept_and_never_repeated(made, kind, canary):
    served = made()

    async def typed():
        await served.walk("English", "Yes")
        return await served.post(kind, turn="3", a="say", say=canary)

    answer = asyncio.run(typed())
    assert canary.encode() not in answer.body
    assert canary not in str(served.store.given)


# ---- leaving


async def test_leaving_erases_the_talk_and_clears_the_browser(served):
    await served.walk("English", "Yes")
    answer = await served.raw(TOKEN.encode(), "/exit", content_type="text/plain;charset=UTF-8")
    assert (answer.status, answer.body, await served.kept()) == (204, b"", None)
    assert answer.headers["clear-site-data"] == '"cache", "cookies", "storage"'


async def test_leaving_erases_no_other_talk(served):
    await served.walk("English", token=ANOTHER)
    await served.raw(TOKEN.encode(), "/exit")
    assert await served.kept(ANOTHER)


@pytest.mark.parametrize("body", [b"", b"x", b"\xff" * 43, TOKEN.encode() * 2, b"a" * 4096])
async def test_leaving_without_a_talk_is_the_same_answer(served, body):
    assert (await served.raw(body, "/exit")).status == HTTPStatus.NO_CONTENT


async def test_leaving_twice_is_leaving(served):
    card = await served.walk("English", "Yes")
    answers = [await served.press(card, "Leave and wipe") for _ in range(2)]
    assert [answer.data for answer in answers] == [{"leave": True}] * 2


async def test_leaving_is_answered_while_the_store_is_away(served):
    served.store.fail("delete")
    assert (await served.raw(TOKEN.encode(), "/exit")).status == HTTPStatus.NO_CONTENT


async def test_a_last_page_without_the_script_has_nothing_to_press(served):
    card = await served.walk("English", "Yes")
    answer = await served.press(card, "Leave and wipe", "form")
    assert (answer.status, answer.buttons) == (200, {})
    assert answer.headers["clear-site-data"]
