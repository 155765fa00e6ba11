"""Writing: whole or not at all."""

import pytest

from bot.cli.directory.writing import create_file, replace_file
from bot.exceptions import SettingsError


def test_a_file_is_replaced_and_keeps_its_rights(tmp_path):
    file = tmp_path / "a.yaml"
    file.write_bytes(b"old")
    file.chmod(0o640)
    replace_file(file, b"old", b"new")
    assert file.read_bytes() == b"new"
    assert file.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in tmp_path.iterdir()] == ["a.yaml"]


def test_a_file_that_somebody_changed_meanwhile_is_left_alone(tmp_path):
    file = tmp_path / "a.yaml"
    file.write_bytes(b"theirs")
    with pytest.raises(SettingsError, match="somebody else"):
        replace_file(file, b"old", b"new")
    assert file.read_bytes() == b"theirs"
    assert [each.name for each in tmp_path.iterdir()] == ["a.yaml"]


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "a.yaml").write_bytes(b"old")
    link = tmp_path / "link.yaml"
    link.symlink_to("a.yaml")
    replace_file(link, b"old", b"new")
    assert link.is_symlink()
    assert (tmp_path / "a.yaml").read_bytes() == b"new"


def test_a_new_file_never_takes_the_place_of_another(tmp_path):
    file = tmp_path / "council" / "a.yaml"
    create_file(file, b"one")
    with pytest.raises(SettingsError, match="there already"):
        create_file(file, b"two")
    assert file.read_bytes() == b"one"
