"""`linnet directory checklist`: a letter in lines that fit any screen."""

from bot.cli import main


def test_the_letter_fits_eighty_columns_and_has_no_colours(data, capsys):
    ids = [service.id for service in data.services]
    assert main(["directory", "checklist", *ids]) == 0
    told = capsys.readouterr().out
    assert "\x1b" not in told
    long = [line for line in told.splitlines() if len(line) > 79 and "http" not in line]
    assert long == []
    assert told.count("questions of") == len(ids)


def test_what_we_have_is_asked_again(capsys):
    assert main(["directory", "checklist", "anawim"]) == 0
    told = capsys.readouterr().out
    assert "We have: phone; 0800 019 8818; free; Monday to Friday, 09:00 to 17:00" in told
    assert "Is this still right?" in told
    assert "Can someone look after her child while she is with you?" in told
