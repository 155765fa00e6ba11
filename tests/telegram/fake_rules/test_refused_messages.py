"""The fake refuses the texts, keyboards and entities that the real server refuses."""

import pytest

from tests.telegram.fake_rules.given import HER, buttons


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({"text": ""}, "message text is empty"),
        ({}, "message text is empty"),
        ({"text": " \n\u200b "}, "text must be non-empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😀" * 4097}, "message is too long"),
        ({"text": "x" * 40_000}, "message is too long"),
        ({"text": "<b>x", "parse_mode": "HTML"}, "can't parse entities: Can't find end tag"),
        ({"text": "a <3", "parse_mode": "HTML"}, "can't parse entities: Unclosed start tag"),
        ({"text": "<x>a</x>", "parse_mode": "HTML"}, 'can\'t parse entities: Unsupported start tag "x"'),
        ({"text": "a</b>", "parse_mode": "HTML"}, "can't parse entities: Unexpected end tag"),
        ({"text": "<b>a</i>", "parse_mode": "HTML"}, "can't parse entities: Unmatched end tag"),
        ({"text": "a.b", "parse_mode": "MarkdownV2"}, "can't parse entities: Character '.' is reserved"),
        ({"text": "*a", "parse_mode": "MarkdownV2"}, "can't parse entities: Can't find end of Bold entity"),
        ({"text": "_a", "parse_mode": "Markdown"}, "can't parse entities: Can't find end of the entity"),
        ({"text": "a", "parse_mode": "Word"}, "unsupported parse_mode"),
        ({"text": "a", "entities": 3}, "expected an Array of MessageEntity"),
        ({"text": "a", "entities": "["}, "can't parse entities: Can't parse JSON object"),
        ({"text": "a", "entities": [3]}, "can't parse MessageEntity: expected an Object"),
        ({"text": "a", "entities": [{"type": "bold"}]}, 'can\'t parse MessageEntity: Field "offset"'),
        (
            {"text": "a", "entities": [{"type": "loud", "offset": 0, "length": 1}]},
            "can't parse MessageEntity: Unsupported type",
        ),
        (
            {"text": "a", "entities": [{"type": "bold", "offset": 1, "length": 1}]},
            "entity begins after the end of the text at UTF-16 offset 1",
        ),
        (
            {"text": "a😀", "entities": [{"type": "bold", "offset": 1, "length": 3}]},
            "entity beginning at UTF-16 offset 1 ends after the end of the text at UTF-16 offset 4",
        ),
    ],
)  # fmt: skip
async def test_a_bad_text_is_refused(params, refusal, fake, call, her):
    said = await call("sendMessage", chat_id=HER, **params)
    assert (said["ok"], said["error_code"]) == (False, 400)
    assert said["description"].startswith(f"Bad Request: {refusal}")
    assert fake.chats.sends(HER) == 0


@pytest.mark.parametrize(
    ("markup", "refusal"),
    [
        (buttons(callback_data="x" * 65), "BUTTON_DATA_INVALID"),
        (buttons(callback_data="ж" * 33), "BUTTON_DATA_INVALID"),
        (buttons(), "text buttons are unallowed in the inline keyboard"),
        (buttons(callback_data=""), "text buttons are unallowed in the inline keyboard"),
        (buttons(callback_data="a", url="https://a.org"), "text buttons are unallowed"),
        (buttons(copy_text={"text": ""}), "BUTTON_COPY_TEXT_INVALID"),
        (buttons(copy_text={"text": "x" * 257}), "BUTTON_COPY_TEXT_INVALID"),
        (buttons(copy_text="x"), "BUTTON_COPY_TEXT_INVALID"),
        (
            buttons(url="tel:+441214960000"),
            "inline keyboard button URL 'tel:+441214960000' is invalid: Wrong port number specified in the URL",
        ),
        (buttons(url="sms:999"), "inline keyboard button URL 'sms:999' is invalid: Wrong HTTP URL"),
        (buttons(url="https://localhost/x"), "inline keyboard button URL 'https://localhost/x' is invalid: Wrong HTTP URL"),
        (buttons(url="ftp://a.org"), "inline keyboard button URL 'ftp://a.org' is invalid: Unsupported URL protocol"),
        (buttons(url="https://"), "inline keyboard button URL 'https://' is invalid: URL host is empty"),
        ({"inline_keyboard": [["x"]]}, "InlineKeyboardButton must be an Object"),
        ({"inline_keyboard": [[{"callback_data": "x"}]]}, 'field "text" must be of type String'),
        ({"inline_keyboard": ["x"]}, 'field "inline_keyboard" must be of type Array'),
        ({"inline_keyboard": [[{"text": "a", "callback_data": "b"}]] * 101}, "reply markup is too long"),
        ("{", "can't parse reply keyboard markup JSON object"),
        ([1], "object expected as reply markup"),
    ],
)  # fmt: skip
async def test_a_bad_keyboard_is_refused(markup, refusal, fake, call, her):
    said = await call("sendMessage", chat_id=HER, text="Hello", reply_markup=markup)
    assert said["error_code"] == 400
    assert said["description"].startswith(f"Bad Request: {refusal}")


@pytest.mark.parametrize(
    "params",
    [
        {"text": "x" * 4096},
        {"text": "😀" * 4096},
        {"text": "x", "reply_markup": buttons(callback_data="x" * 64)},
        {"text": "x", "reply_markup": buttons(copy_text={"text": "x" * 256})},
        {"text": "x", "reply_markup": buttons(url="https://a.org/b?c=d")},
        {"text": "x", "reply_markup": buttons(url="tg://user?id=1")},
        {"text": "a😀", "entities": [{"type": "bold", "offset": 1, "length": 2}]},
        {"text": "x", "a_word_nobody_knows": 1},
    ],
)
async def test_what_just_fits_is_taken(params, call, her):
    assert (await call("sendMessage", chat_id=HER, **params))["ok"]


@pytest.mark.parametrize(
    ("text", "mode", "plain"),
    [
        ("<b>A &amp; B</b>", "HTML", "A & B"),
        ("*A* \\& B\\.", "MarkdownV2", "A & B."),
        ("_A & B_", "Markdown", "A & B"),
    ],
)
async def test_a_good_parse_mode_becomes_entities(text, mode, plain, call, her):
    said = await call("sendMessage", chat_id=HER, text=text, parse_mode=mode)
    assert said["result"]["text"] == plain
    assert said["result"]["entities"][0]["offset"] == 0


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        (" \n Hello \n", "Hello"),
        ("a\tb\x00c", "a b c"),
        ("a\r\nb", "a\nb"),
        ("a\u202eb", "ab"),
        ("a\u2068b\u2069", "a\u2068b\u2069"),
    ],
)
async def test_a_text_is_kept_as_the_server_cleans_it(raw, kept, call, her):
    assert (await call("sendMessage", chat_id=HER, text=raw))["result"]["text"] == kept
