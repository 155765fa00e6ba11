"""History: an entry, a folder of them, and a word of progress only on a screen."""

from bot.cli.directory.history import progress, read_path
from tests.cli.running import ROOT


def test_one_file_is_one_entry():
    services, problems = read_path(ROOT / "directory/services/birmingham/anawim.yaml")
    assert [service.id for service in services] == ["anawim"]
    assert problems == []


def test_a_folder_is_all_its_entries(data):
    assert len(read_path(ROOT)[0]) == len(data.services)


def test_progress_stays_out_of_pipes(capsys):
    progress(1, 2)
    assert capsys.readouterr().err == ""
