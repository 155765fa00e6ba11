"""`linnet kit` as people run it: a file, or one sentence and no file."""

import shutil

import pypdfium2
import pytest
import zxingcpp

from tests.cli.running import ROOT, in_shell, linnet

ADDRESS = "https://notes.example.org/k7m2x9pa"


@pytest.fixture
def kit(tmp_path):
    """Runs the command; what it says and the file it made, if any."""
    out = tmp_path / "cards.pdf"

    def run(*more, address=ADDRESS, file=out, env=None):
        done = linnet("kit", "--address", address, "--out", str(file), *more, env=env)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    run.file = out
    return run


def test_cards_in_two_languages_are_one_file(kit):
    code, said, noted = kit("--lang", "ur", "--lang", "pa", "--design", "recipe", "--count", "11")
    assert code == 0
    assert said == f"{kit.file}: card, 22 in all; sheets of paper: 4\n"
    assert noted.count("'ur' are a machine-written draft") == 1
    assert noted.count("'pa' are a machine-written draft") == 1
    pages = pypdfium2.PdfDocument(kit.file)
    assert len(pages) == 4
    found = zxingcpp.read_barcodes(pages[2].render(scale=2).to_pil())
    assert [one.text for one in found] == [ADDRESS] * 10


def test_without_a_number_one_sheet_is_full_and_english_has_no_note_of_a_draft(kit):
    code, said, noted = kit("--paper", "sticker")
    assert (code, said.split(": ", 1)[1]) == (0, "sticker, 15 in all; sheets of paper: 1\n")
    assert "draft" not in noted


def test_the_ending_of_the_name_decides_and_a_word_decides_more(kit, tmp_path):
    assert kit("--design", "timetable", file=tmp_path / "a.svg")[0] == 0
    assert kit("--design", "timetable", "--format", "svg", file=tmp_path / "b.pdf")[0] == 0
    first, second = ((tmp_path / name).read_bytes() for name in ("a.svg", "b.pdf"))
    assert first == second
    assert first.startswith(b"<svg ")


def test_a_tag_of_a_region_finds_its_language_once(kit):
    _, said, noted = kit("--lang", "pa-PK", "--lang", "ur", "--count", "1", "--design", "recipe")
    assert "card, 1 in all" in said
    assert noted.count("'ur'") == noted.count("\n")


def test_a_file_that_is_there_is_left_alone(kit):
    kit.file.write_bytes(b"mine")
    code, _, wrong = kit()
    assert (code, kit.file.read_bytes()) == (2, b"mine")
    assert "is there already" in wrong


BAD = {
    "unknown language": (("--lang", "xx"), "there is no language 'xx'; choose one of: en"),
    "hostile language": (("--lang", "\x1b[31m\u202e" + "x" * 99), "there is no language"),
    "wide heading": (("--cover", "W" * 40), "do not fit on 'card'"),
    "bidi": (("--cover", "Soup \u202egurd"), "--cover has the sign U+202E"),
    "telling": (("--cover", "Rehab group"), "(rule gives-away)"),
    "count": (("--count", "0"), "--count is a whole number"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_sentence_and_no_file(kit, name):
    arguments, sentence = BAD[name]
    code, said, wrong = kit(*arguments)
    assert code == 2
    assert said == ""
    assert sentence in wrong
    assert wrong.count("\n") == 1
    assert "\x1b" not in wrong
    assert "\u202e" not in wrong
    assert not kit.file.exists()


def test_an_address_that_tells_is_one_sentence_and_no_file(kit):
    code, _, wrong = kit(address="https://drugs.example.org/k")
    assert (code, wrong.count("\n"), kit.file.exists()) == (2, 1, False)


def test_flows_without_a_recipe_are_told(kit, tmp_path):
    flows = tmp_path / "own" / "flows"
    flows.mkdir(parents=True)
    code, _, wrong = kit("--design", "recipe", env={"LINNET_DATA": str(flows.parent)})
    assert (code, wrong) == (2, "linnet: the flows have no recipe; use another --design\n")


def test_a_language_that_the_operator_does_not_offer_is_not_printed(kit):
    code, _, wrong = kit("--lang", "ta", env={"LINNET_LANGUAGES": "en,pl"})
    assert (code, kit.file.exists()) == (2, False)
    assert wrong == "linnet: there is no language 'ta'; choose one of: en, pl\n"


def test_a_list_of_words_that_cannot_be_read_lets_no_word_through(kit, tmp_path):
    words = tmp_path / "own" / "locales" / "words"
    shutil.copytree(ROOT / "locales", words.parent)
    (words / "en.yaml").write_text("gives-away: [drugs\n", encoding="utf-8")
    code, said, wrong = kit("--cover", "Drugs", env={"LINNET_DATA": str(words.parents[1])})
    assert (code, said, kit.file.exists()) == (1, "", False)
    assert "locales/words/en.yaml:" in wrong
    assert wrong.endswith("linnet: put this right in the files first\n")


def test_a_language_without_a_list_of_words_is_noted(kit, tmp_path):
    locales = tmp_path / "own" / "locales"
    shutil.copytree(ROOT / "locales", locales)
    text = (locales / "languages.yaml").read_text(encoding="utf-8")
    assert "\n  lv:\n" in text
    (locales / "languages.yaml").write_text(text.replace("\n  lv:\n", "\n  et:\n"), "utf-8")
    (locales / "lv").rename(locales / "et")
    env = {"LINNET_DATA": str(locales.parent)}
    code, _, noted = kit("--lang", "et", "--count", "1", env=env)
    assert code == 0
    assert "no list has the words in 'et' that would tell what a card is" in noted
    assert (
        "no list" not in kit("--lang", "pl", "--count", "1", file=tmp_path / "pl.pdf", env=env)[2]
    )


def test_only_the_cards_need_their_packages_and_name_them(tmp_path):
    for name in ("uharfbuzz", "segno"):
        (tmp_path / f"{name}.py").write_text(f"raise ImportError('no', name='{name}')\n")
    env = {"PYTHONPATH": str(tmp_path)}
    done = in_shell(f"kit --address {ADDRESS} --out x.pdf", env)
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    assert b"pip install 'linnet[kit]'" in done.stderr
    assert in_shell("graph cover", env).returncode == 0


def test_an_error_stream_that_is_closed_is_no_fault(tmp_path):
    done = in_shell(f"kit --address {ADDRESS} --lang ur --count 1 --out {tmp_path}/a.pdf 2>&-")
    assert done.returncode == 0
    assert done.stdout.decode() == f"{tmp_path}/a.pdf: card, 1 in all; sheets of paper: 1\n"


# ---- by one of the worker's links

LINKS = """
web: https://notes.example.org
links:
  - {code: "23456789", made: 2026-11-01, venue: "Library", language: ur, cover: "سلائی"}
  - {code: "3456789a", made: 2026-11-01, venue: "Surgery"}
  - {code: "456789ab", made: 2026-11-01, venue: "Surgery", language: pl}
  - {code: "56789abc", made: 2026-11-01, venue: "Hall", revoked: 2026-11-02}
  - {code: "0456789a", made: 2026-11-01, venue: "Staff"}
"""


@pytest.fixture
def by_link(tmp_path):
    """The command with a file of links; what it says, and what its codes lead to."""
    file, out = tmp_path / "links.yaml", tmp_path / "cards.pdf"
    file.write_text(LINKS, encoding="utf-8")

    def run(*more):
        done = linnet("kit", "--file", str(file), "--out", str(out), *more)
        found = set()
        if out.exists():
            page = pypdfium2.PdfDocument(out)[0].render(scale=2).to_pil()
            found = {one.text for one in zxingcpp.read_barcodes(page)}
            out.unlink()
        return done.returncode, done.stderr.decode(), found

    run.links = file
    return run


@pytest.mark.parametrize(
    "given", [("--venue", "Library"), ("--venue", " Library "), ("--code", "23456789")]
)
def test_a_link_brings_its_address_and_its_language(by_link, given):
    code, noted, found = by_link(*given)
    assert (code, found) == (0, {"https://notes.example.org/23456789"})
    assert "'ur'" in noted


def test_what_is_given_stands_in_place_of_what_the_link_brings(by_link):
    code, noted, found = by_link("--code", "23456789", "--lang", "pl", "--cover", "Szycie")
    assert (code, found) == (0, {"https://notes.example.org/23456789"})
    assert "'pl'" in noted
    assert "'ur'" not in noted


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (("--venue", "Nowhere"), "no link for this place"),
        (("--venue", "Surgery"), "several links for this place"),
        (("--venue", "Hall"), "this link is revoked"),
        (("--venue", "Staff"), "this link is of a test visit"),
        (("--code", "zzzzzzzz"), "there is no link with this code"),
        (("--code", "<script>"), "there is no link with this code"),
    ],
)
def test_a_link_that_cannot_be_printed_is_one_sentence_and_no_file(by_link, given, why):
    code, wrong, found = by_link(*given)
    assert (code, found) == (2, set())
    assert wrong.startswith(f"linnet: {why}")
    assert wrong.count("\n") == 1
    assert given[1] not in wrong


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("web: https://", "web: http://", "[link-address]"),
        ("web: https://", "wbe: https://", "[unknown-key]"),
        ('code: "3456789a"', 'code: "x"', "[link-code]"),
    ],
)
def test_from_a_file_with_a_mistake_nothing_is_printed(by_link, before, after, told):
    """Beside a good 'bot' a mistaken 'web' would print the address on Telegram."""
    text = f"bot: notes_bot{LINKS}"
    assert before in text
    by_link.links.write_text(text.replace(before, after), encoding="utf-8")
    code, wrong, found = by_link("--code", "23456789")
    assert (code, found) == (1, set())
    assert told in wrong


def test_without_an_address_nothing_is_printed(by_link):
    by_link.links.write_text(LINKS.replace("web: https://notes.example.org\n", ""), "utf-8")
    code, wrong, found = by_link("--code", "3456789a")
    assert (code, found) == (2, set())
    assert wrong == (
        f"linnet: {by_link.links} has no 'web' and no 'bot', so there is no address to print\n"
    )


def test_by_telegram_the_address_of_the_bot_is_printed(by_link):
    by_link.links.write_text(
        LINKS.replace("web: https://notes.example.org", "bot: notes_bot"), "utf-8"
    )
    assert by_link("--code", "3456789a")[2] == {"https://t.me/notes_bot?start=k-3456789a"}


@pytest.mark.parametrize(
    ("cover", "told"),
    [
        ("Room 5 #2", "has the sign U+0023"),
        ("Rehab", "says 'rehab', which tells what the card is"),
    ],
)
def test_a_cover_that_stands_in_the_file_is_named_as_the_links(by_link, cover, told):
    by_link.links.write_text(LINKS.replace("سلائی", cover), encoding="utf-8")
    code, wrong, found = by_link("--code", "23456789")
    assert (code, found) == (2, set())
    assert wrong.startswith(f"linnet: the link's cover {told}")


@pytest.mark.parametrize("more", [(), ("--venue", "A", "--code", "23456789")])
def test_where_it_leads_is_given_in_one_way(by_link, more):
    assert by_link(*more)[0] == 2
