"""`linnet link`: made, shown, listed, revoked; bad input is a sentence, and nothing is lost."""

import csv
import io
import re
import stat
import subprocess
import sys
from datetime import timedelta

import pytest
import zxingcpp
from PIL import Image

from bot.channels.telegram.payload import read_payload
from bot.cli import main
from bot.conversation.messages import Start
from bot.outreach.links import read_links
from tests.cli.running import ROOT, linnet

WEB, BOT = "https://notes.example.org", "notes_bot"


@pytest.fixture
def file(tmp_path, monkeypatch):
    """Where the worker's file will be."""
    path = tmp_path / "kept" / "links.yaml"
    path.parent.mkdir()
    monkeypatch.setenv("LINNET_LINKS", str(path))
    return path


@pytest.fixture
def made(file, capsys):
    """The code of a link that is in the file."""
    assert main(["link", "new", "--venue", "Library, Walsall", *GOOD]) == 0
    capsys.readouterr()
    return kept(file)[0].code


GOOD = ("--lang", "ur", "--council", "walsall", "--days", "90", "--web", WEB, "--bot", BOT)


def kept(file):
    """The links of the file, which must have no mistake."""
    links, problems = read_links(file.read_bytes(), "x")
    assert problems == []
    return links.all


def refused(arguments, capsys, code=2):
    """What one line of standard error says; standard output is empty."""
    assert main(["link", *arguments]) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("linnet: ")
    assert said.err.count("\n") == 1
    return said.err


# ---- new


def test_a_new_link_prints_both_addresses_and_what_it_stands_for(file, capsys):
    assert main(["link", "new", "--venue", " Library ", "--cover", "Notes", *GOOD]) == 0
    (link,) = kept(file)
    told = dict(line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines())
    assert told["web"] == f"{WEB}/{link.code}"
    payload = told["telegram"].removeprefix(f"https://t.me/{BOT}?start=")
    assert read_payload(payload) == Start("ur", "walsall", link=link.code)
    assert (told["venue"], told["cover"], told["state"]) == ("Library", "Notes", "active")
    assert (told["language"], told["council"]) == ("ur", "walsall")
    assert told["until"] == str(link.expires)
    assert (link.expires - link.made).days == 90
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_addresses_are_given_once(file, made, capsys):
    assert main(["link", "new", "--venue", "Chemist"]) == 0
    told = capsys.readouterr().out
    assert f"{WEB}/" in told
    assert f"https://t.me/{BOT}?start=k-" in told
    before = file.read_bytes()
    assert "another 'web'" in refused(["new", "--venue", "x", "--web", "https://b.org"], capsys)
    assert "another 'bot'" in refused(["new", "--venue", "x", "--bot", "other_bot"], capsys)
    assert file.read_bytes() == before
    assert main(["link", "new", "--venue", "x", "--web", f"{WEB}/", "--bot", f"@{BOT}"]) == 0


def test_a_second_address_may_come_later(file):
    assert main(["link", "new", "--venue", "a", "--bot", BOT]) == 0
    assert main(["link", "new", "--venue", "b", "--web", WEB]) == 0
    links, _ = read_links(file.read_bytes(), "x")
    assert (links.web, links.bot) == (WEB, BOT)


def test_a_test_visit_has_a_code_of_its_own_kind_and_says_so(file, capsys):
    assert main(["link", "new", "--venue", "Staff", "--test", "--bot", BOT]) == 0
    assert kept(file)[0].code.startswith("0")
    assert "left out of every count" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("named", "tag", "found"),
    [
        (("--council", "Stoke-on-Trent"), (), ("", "stoke-on-trent")),
        (("--council", "TELFORD AND WREKIN"), (), ("", "telford-and-wrekin")),
        ((), ("--lang", "pa-PK"), ("ur", "")),
        ((), ("--lang", "PL"), ("pl", "")),
    ],
)
def test_languages_and_councils_are_found_as_people_write_them(file, named, tag, found):
    assert main(["link", "new", "--venue", "x", "--bot", BOT, *named, *tag]) == 0
    assert (kept(file)[0].language, kept(file)[0].council) == found


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--lang", "urd"), "there is no language 'urd'; did you mean 'ur'?"),
        (("--lang", "\x1b[2J\u202e" + "x" * 99), "; choose one of: en, pa, "),
        (("--council", "Walsal"), "there is no council 'Walsal'; did you mean 'walsall'?"),
        (("--council", "Atlantis"), "; choose one of: birmingham, "),
        (("--venue", "a" * 81), "the venue has 81 letters"),
        (("--venue", "  "), "--venue is empty"),
        (("--venue", "<b>x</b>"), "'<' or '>'"),
        (("--venue", "x\u202ey"), "hidden character U+202E"),
        (("--venue", "x\udcff"), "hidden character U+DCFF"),
        (("--venue", "a\nb"), "hidden character U+000A"),
        (("--venue", "Jane 07700 900123"), "telephone number"),
        (("--cover", "c" * 41), "the cover has 41 letters"),
        (("--cover", "Room 5 #2"), "--cover has the sign U+0023"),
        (("--cover", "12"), "--cover has no letter"),
        (("--days", "0"), "from 1 to 3650"),
        (("--days", "99999999999"), "from 1 to 3650"),
        (("--web", "http://notes.example.org"), "write it as https://host"),
        (("--web", "https://nоtes.example.org"), "write it as https://host"),
        (("--bot", "t.me/notes_bot"), "write the bot's name"),
        (("--qr", "x.pdf"), ".svg or .png"),
        (("--qr", "none/x.svg"), "there is no folder"),
        (("--qr-of", "web"), "needs --qr"),
    ],
    ids=ascii,
)
def test_what_cannot_be_is_one_sentence_and_no_file_is_made(file, more, said, capsys):
    told = refused(["new", "--venue", "Library", "--bot", BOT, *more], capsys)
    assert said in told
    assert not set(told) & set("\x1b\u202e\x00")
    assert not file.exists()


def test_without_an_address_or_a_file_nothing_is_made(file, capsys, monkeypatch):
    assert "give --web URL or --bot NAME" in refused(["new", "--venue", "x"], capsys)
    assert not file.exists()
    monkeypatch.delenv("LINNET_LINKS")
    assert "--file FILE" in refused(["new", "--venue", "x", "--bot", BOT], capsys)


def test_a_file_may_be_named_in_place_of_the_setting(file, tmp_path):
    other = tmp_path / "other.yaml"
    assert main(["link", "new", "--venue", "x", "--bot", BOT, "--file", str(other)]) == 0
    assert kept(other)
    assert not file.exists()


def test_a_language_that_the_operator_does_not_offer_is_none(file, capsys, monkeypatch):
    monkeypatch.setenv("LINNET_LANGUAGES", "en,pl")
    assert "choose one of: en, pl" in refused(
        ["new", "--venue", "x", "--bot", BOT, "--lang", "ta"], capsys
    )


@pytest.mark.parametrize(
    "text", ["links: {", "links:\n  - {code: no, made: 2026-11-26}\n", "x: 1\n"]
)
def test_a_file_with_a_mistake_is_not_written_to(file, text, capsys):
    file.write_text(text, encoding="utf-8")
    assert main(["link", "new", "--venue", "x", "--bot", BOT]) == 1
    said = capsys.readouterr().err
    assert re.match(rf"{re.escape(str(file))}:\d+:\d+: error: ", said)
    assert "Traceback" not in said
    assert file.read_text(encoding="utf-8") == text


def test_a_list_that_a_program_cannot_add_to_is_said(file, capsys):
    file.write_text("bot: notes_bot\nlinks: []\n", encoding="utf-8")
    assert "nothing was changed" in refused(["new", "--venue", "x"], capsys)
    assert file.read_text(encoding="utf-8") == "bot: notes_bot\nlinks: []\n"


def test_many_at_once_lose_nothing(file):
    command = [sys.executable, "-m", "bot", "link", "new", "--bot", BOT, "--file", str(file)]
    running = [
        subprocess.Popen(
            [*command, "--venue", f"Place {number}"],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for number in range(6)
    ]
    assert [(each.communicate(timeout=120)[1], each.returncode) for each in running] == [
        (b"", 0)
    ] * 6
    assert sorted(link.venue for link in kept(file)) == [f"Place {number}" for number in range(6)]
    assert [path.name for path in file.parent.iterdir()] == [file.name]


# ---- show, list, revoke


def test_a_link_is_shown_by_its_code_however_it_is_typed(made, capsys):
    assert main(["link", "show", f" {made.upper()} "]) == 0
    assert f"{WEB}/{made}" in capsys.readouterr().out


@pytest.mark.parametrize("verb", ["show", "revoke"])
@pytest.mark.parametrize("code", ["zzzzzzz2", "", "../x", "\x1b[2J", "<b>", "k" * 5000])
def test_a_forged_code_is_one_sentence_that_tells_nothing(file, made, verb, code, capsys):
    before = file.read_bytes()
    told = refused([verb, code], capsys)
    assert told == f"linnet: there is no link with this code in {file}\n"
    assert file.read_bytes() == before


def test_a_code_next_to_a_real_one_brings_no_hint(made, capsys):
    near = made[:-1] + ("2" if made[-1] != "2" else "3")
    assert made not in refused(["show", near], capsys)


def test_a_revoked_link_stays_in_the_file_with_its_day(file, made, capsys):
    text = file.read_text(encoding="utf-8")
    file.write_text(f"# mine\n{text}", encoding="utf-8")
    assert main(["link", "revoke", made]) == 0
    assert "still opens the chat" in capsys.readouterr().out
    (link,) = kept(file)
    assert link.revoked - link.made <= timedelta(1)  # a midnight may lie between
    lines = file.read_text(encoding="utf-8").splitlines()
    lines.remove(f"    revoked: {link.revoked}")
    assert lines == f"# mine\n{text}".splitlines()
    assert main(["link", "show", made]) == 0
    assert re.search(r"^state +revoked$", capsys.readouterr().out, re.MULTILINE)


def test_a_link_is_revoked_once(file, made, capsys):
    assert main(["link", "revoke", made]) == 0
    before = file.read_bytes()
    assert main(["link", "revoke", made]) == 0
    assert "nothing was changed" in capsys.readouterr().out
    assert file.read_bytes() == before


def test_what_a_program_cannot_mark_is_said_with_what_to_write(file, capsys):
    text = "links:\n  - code:\n      k7m2x9pa\n    made: 2026-11-26\n"
    file.write_text(text, encoding="utf-8")
    assert "by hand" in refused(["revoke", "k7m2x9pa"], capsys)
    assert file.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("verb", [("show", "k7m2x9pa"), ("list",)])
def test_a_file_that_is_not_there_is_said(file, verb, capsys):
    assert main(["link", *verb]) == 1
    assert "cannot be read" in capsys.readouterr().err
    assert "cannot be opened" in refused(["revoke", "k7m2x9pa"], capsys)
    assert not file.exists()


def test_a_list_has_every_link_with_its_state(file, made, capsys):
    file.write_text(
        file.read_text(encoding="utf-8")
        + "  - {code: 2222222a, made: 2020-01-01, expires: 2020-02-01, venue: '=HYPERLINK(1)'}\n"
        "  - {code: 0222222a, made: 2020-01-01, revoked: 2020-02-01}\n",
        encoding="utf-8",
    )
    assert main(["link", "list"]) == 0
    told = capsys.readouterr().out
    assert re.search(rf"^Library, Walsall +{made} +active ", told, re.MULTILINE)
    assert re.search(r"^- +0222222a +revoked \(test\) ", told, re.MULTILINE)
    assert main(["link", "list", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out, newline="")))
    assert [(row["state"], row["test"]) for row in rows] == [
        ("active", "no"), ("expired", "no"), ("revoked", "yes")
    ]  # fmt: skip
    assert rows[1]["venue"] == "'=HYPERLINK(1)"
    assert rows[0]["web"] == f"{WEB}/{made}"


def test_a_list_with_a_mistake_shows_the_rest_and_then_the_mistake(file, made, capsys):
    with file.open("a", encoding="utf-8") as text:
        text.write("  - {code: no, made: 2020-01-01}\n")
    assert main(["link", "list"]) == 1
    said = capsys.readouterr()
    assert made in said.out
    assert "[link-code]" in said.err
    assert main(["link", "show", "zzzzzzz2"]) == 1
    assert main(["link", "revoke", made]) == 0


def test_an_empty_list_says_so(file, capsys):
    file.write_text("links:\n", encoding="utf-8")
    assert main(["link", "list"]) == 0
    assert "no links yet" in capsys.readouterr().out


def test_an_output_of_few_letters_is_no_traceback(file):
    assert main(["link", "new", "--venue", "گھر", "--bot", BOT]) == 0
    done = linnet(
        "link", "list", "--file", str(file), env={"PYTHONIOENCODING": "ascii", "LANG": "C"}
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "گھر" in done.stdout.decode()


# ---- pictures


def read_picture(path):
    """The address in a picture."""
    (found,) = zxingcpp.read_barcodes(Image.open(path))
    return found.text


def test_a_picture_holds_the_web_address_or_the_one_asked_for(file, made, tmp_path, capsys):
    assert main(["link", "show", made, "--qr", str(tmp_path / "a.PNG")]) == 0
    assert "drawn into" in capsys.readouterr().out
    assert read_picture(tmp_path / "a.PNG") == f"{WEB}/{made}"
    picture = tmp_path / "b.png"
    assert main(["link", "show", made, "--qr", str(picture), "--qr-of", "telegram"]) == 0
    assert read_picture(picture) == f"https://t.me/{BOT}?start=l-ur_c-walsall_k-{made}"
    drawing = tmp_path / "c.svg"
    assert main(["link", "new", "--venue", "x", "--qr", str(drawing)]) == 0
    assert drawing.read_text(encoding="utf-8").startswith("<?xml")


def test_from_a_file_with_a_mistake_no_picture_is_drawn(file, made, tmp_path, capsys):
    """The other address would be in it, and a picture is printed."""
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(f"web: {WEB}", "web: http://notes.example.org"), "utf-8")
    picture = tmp_path / "a.svg"
    assert main(["link", "show", made, "--qr", str(picture)]) == 1
    assert "[link-address]" in capsys.readouterr().err
    assert not picture.exists()
    assert main(["link", "show", made]) == 0


def test_a_picture_never_takes_the_place_of_another_file(file, made, tmp_path, capsys):
    picture = tmp_path / "a.svg"
    picture.write_bytes(b"mine")
    before = file.read_bytes()
    assert "is there already" in refused(["new", "--venue", "x", "--qr", str(picture)], capsys)
    assert (picture.read_bytes(), file.read_bytes()) == (b"mine", before)


def test_an_address_that_cannot_be_made_is_not_drawn_and_no_link_is_made(file, tmp_path, capsys):
    picture = str(tmp_path / "a.svg")
    asked = ["new", "--venue", "x", "--bot", BOT, "--qr", picture, "--qr-of", "web"]
    assert "the file has no 'web'" in refused(asked, capsys)
    assert not file.exists()
    file.write_text("links:\n  - {code: k7m2x9pa, made: 2026-11-26}\n", encoding="utf-8")
    assert "no 'web' and no 'bot'" in refused(["show", "k7m2x9pa", "--qr", picture], capsys)
    assert main(["link", "show", "k7m2x9pa"]) == 0
