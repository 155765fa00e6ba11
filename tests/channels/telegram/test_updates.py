"""Updates: what is read of each kind, and that nothing else is."""

import dataclasses

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.channels.telegram.updates import (
    KINDS,
    Blocked,
    Elsewhere,
    Litter,
    Press,
    Text,
    number_of,
    read,
)
from tests.channels.telegram.fakes import HER, message, person, press, private
from tests.telegram.fakeapi import strangers
from tests.telegram.fakeapi.account import Account

GROUP = {"id": -100, "type": "supergroup", "title": "A group"}


def membership(chat, status):
    change = {"user": person(1), "status": status}
    return {"chat": chat, "from": person(HER), "date": 1, "new_chat_member": change}


def reading(**fields):
    return read({"update_id": 7, **fields})


# ---- what she does


def test_a_press_is_read_with_its_query_and_its_data():
    assert reading(callback_query=press(9, data="abc")) == Press(7, HER, 9, "query-9", "abc")


def test_a_press_on_a_message_that_is_not_reachable_any_more_is_a_press():
    gone = {"chat": private(HER), "message_id": 9, "date": 0}
    assert reading(callback_query=press(9, message=gone)) == Press(7, HER, 9, "query-9", "x")


def test_a_press_on_a_message_sent_inline_is_nothing():
    query = press(9, inline_message_id="canary")
    del query["message"]
    assert reading(callback_query=query) is None


def test_a_press_without_data_has_empty_data():
    query = press(9)
    del query["data"]
    assert reading(callback_query=query) == Press(7, HER, 9, "query-9", "")


def test_a_press_by_somebody_else_than_the_chat_is_nothing():
    assert reading(callback_query=press(9) | {"from": person(HER + 1)}) is None


def test_a_press_in_a_group_is_nothing():
    bubble = message(9) | {"chat": GROUP}
    assert reading(callback_query=press(9, message=bubble)) is None


def test_a_text_is_read_as_it_was_typed():
    assert reading(message=message(3, text=" Yes\n🙂 ")) == Text(7, HER, 3, " Yes\n🙂 ")


@pytest.mark.parametrize(
    "more",
    [
        {"photo": [{"file_id": "a"}], "caption": "Canary"},
        {"voice": {"file_id": "a"}},
        {"sticker": {"file_id": "a", "emoji": "🙂"}},
        {"contact": {"phone_number": "+441214960000", "first_name": "Canary"}},
        {"location": {"latitude": 52.4, "longitude": -1.9}},
        {"text": "help", "forward_origin": {"type": "hidden_user"}},
        {"text": "help", "forward_date": 1},
        {"text": "help", "via_bot": person(2)},
        {"text": "help", "sender_chat": GROUP},
        {"text": "help", "business_connection_id": "canary"},
        {"text": ["help"]},
        {},
    ],
    ids=lambda more: " ".join(more) or "nothing",
)
def test_what_she_did_not_type_here_is_litter(more):
    assert reading(message=message(3, **more)) == Litter(7, HER, 3)


def test_an_edited_text_does_not_count_as_typed():
    assert reading(edited_message=message(3, text="help")) == Litter(7, HER, 3)


def test_a_message_by_somebody_else_than_the_chat_is_nothing():
    assert reading(message=message(3, text="x") | {"from": person(HER + 1)}) is None


def test_a_message_without_a_sender_is_nothing():
    unsigned = message(3, text="x")
    del unsigned["from"]
    assert reading(message=unsigned) is None


def test_that_she_blocked_the_bot_is_told():
    assert reading(my_chat_member=membership(private(HER), "kicked")) == Blocked(7, HER)


def test_that_she_let_the_bot_write_again_is_nothing():
    assert reading(my_chat_member=membership(private(HER), "member")) is None


# ---- where the bot must not be


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
@pytest.mark.parametrize("status", ["member", "administrator", "restricted"])
def test_a_group_that_took_the_bot_in_is_elsewhere(kind, status):
    change = membership({"id": -100, "type": kind}, status)
    assert reading(my_chat_member=change) == Elsewhere(7, -100)


@pytest.mark.parametrize("status", ["left", "kicked"])
def test_a_group_that_the_bot_has_left_needs_no_leaving(status):
    assert reading(my_chat_member=membership(GROUP, status)) is None


@pytest.mark.parametrize("kind", ["message", "edited_message", "channel_post"])
def test_whatever_is_written_in_a_group_is_elsewhere(kind):
    assert reading(**{kind: message(3, text="/start") | {"chat": GROUP}}) == Elsewhere(7, -100)


def test_a_post_of_a_channel_has_no_sender_and_is_elsewhere():
    post = {"message_id": 3, "chat": {"id": -5, "type": "channel"}, "text": "x"}
    assert reading(channel_post=post) == Elsewhere(7, -5)


def test_a_group_without_an_id_is_nothing():
    assert reading(message=message(3) | {"chat": {"type": "group"}}) is None


@pytest.mark.parametrize("kind", strangers.KINDS)
def test_nothing_of_a_stranger_is_read_as_an_act_of_hers(kind):
    account = Account(1, "quiet_notes_bot", can_join_groups=False, supports_inline=False)
    found = reading(**strangers.build(account, kind))
    assert found is None or isinstance(found, Elsewhere)


@pytest.mark.parametrize(
    "kind", ["inline_query", "poll", "business_message", "message_reaction", "telepathy", ""]
)
def test_kinds_that_nobody_asked_for_are_nothing(kind):
    assert reading(**{kind: message(3, text="help")}) is None


def test_only_kinds_that_are_read_are_asked_for():
    assert KINDS == ("message", "edited_message", "callback_query", "my_chat_member")


# ---- what is malformed


WHOLE = [
    {"callback_query": press(9)},
    {"message": message(3, text="x")},
    {"edited_message": message(3, text="x")},
    {"my_chat_member": membership(private(HER), "kicked")},
    {"my_chat_member": membership(GROUP, "member")},
]
WRONG = [None, True, 1.5, "1", [], [1], {}, {"id": True}, {"id": "501"}, -0.0]


def paths(value, path=()):
    """Every place in a JSON value."""
    yield path
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from paths(inner, (*path, name))


def spoiled(value, path, wrong):
    if not path:
        return wrong
    return value | {path[0]: spoiled(value[path[0]], path[1:], wrong)}


@pytest.mark.parametrize("update", WHOLE, ids=["press", "text", "edit", "block", "group"])
def test_a_wrong_type_in_any_field_spoils_at_most_its_own_update(update):
    whole = {"update_id": 7} | update
    for path in paths(whole):
        for wrong in WRONG:
            found = read(spoiled(whole, path, wrong))
            assert found is None or all_plain(found)


def all_plain(event):
    """Ids are numbers and words are words, whatever came in."""
    kinds = {"query": str, "data": str, "text": str}
    return all(
        type(getattr(event, field.name)) is kinds.get(field.name, int)
        for field in dataclasses.fields(event)
    )


def test_an_update_without_a_number_is_nothing():
    assert read({"message": message(3, text="x")}) is None
    assert read({"update_id": True, "message": message(3, text="x")}) is None


def test_the_number_is_found_where_nothing_else_can_be_read():
    assert number_of({"update_id": 7, "message": 5}) == 7
    assert number_of([]) is None


names = st.sampled_from(
    [
        "update_id", "message", "edited_message", "callback_query", "my_chat_member", "chat",
        "from", "id", "type", "message_id", "text", "data", "new_chat_member", "status",
        "channel_post", "forward_origin", "first_name", "username",
    ]
)  # fmt: skip
scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["private", "group", "channel", "kicked", "member", HER])
)
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=6),
    max_leaves=30,
)


@given(anything)
@example({"update_id": 7, "message": {"chat": {"type": []}}})
def test_no_value_makes_the_reading_fail(value):
    found = read(value)
    assert found is None or all_plain(found)


def named(value):
    """The value with a name wherever Telegram could put one."""
    if isinstance(value, dict):
        hers = {"first_name": "Canary", "username": "canary_name", "language_code": "cy"}
        return {name: named(inner) for name, inner in value.items()} | hers
    return value


@given(st.sampled_from(WHOLE), st.text())
def test_no_name_comes_out_of_any_update(update, text):
    found = read(named({"update_id": 7} | update | {"new_in_2030": {"title": f"Canary {text}"}}))
    assert "anary" not in repr(found)
