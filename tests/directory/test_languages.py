from bot.directory.languages import LANGUAGES


def test_every_language_we_speak_is_known():
    ours = "en ur pa bn gu hi ps ta pl ro bg lt lv sk cs hu uk ru sq"
    assert set(ours.split()) <= set(LANGUAGES)


def test_no_two_codes_have_the_same_name():
    assert len(set(LANGUAGES.values())) == len(LANGUAGES)
    assert list(LANGUAGES) == sorted(LANGUAGES)
