"""The checked directory: served at once from its snapshot, and from the last good one in need."""

import logging
import re
import shutil

import pytest

from bot.exceptions import DataError
from bot.serving.checked import NAME, read_world, stamp_of
from bot.settings import Settings
from tests.conftest import MOMENT

TODAY = MOMENT.date()


@pytest.fixture
def own(tmp_path, data):
    """A folder of somebody's own with the shipped directory, and its settings."""
    shutil.copytree(data.folders.directory, tmp_path / "own" / "directory")
    return tmp_path / "own" / "directory", Settings(data=tmp_path / "own")


def shown(world):
    return {id: service.name for id, service in world.material.services.items()}


def test_the_second_start_serves_the_same_from_the_snapshot(own, tmp_path):
    _, settings = own
    first = read_world(settings, tmp_path)
    assert (tmp_path / NAME).is_file()
    second = read_world(settings, tmp_path)
    assert shown(second) == shown(first)
    assert list(second.material.services) == list(first.material.services)


def test_an_edited_entry_is_read_anew(own, tmp_path):
    directory, settings = own
    read_world(settings, tmp_path)
    file = next((directory / "services").rglob("anawim.yaml"))
    file.write_text(file.read_text().replace("name: Anawim", "name: Anawim Two"))
    assert shown(read_world(settings, tmp_path))["anawim"].startswith("Anawim Two")


def test_a_directory_that_cannot_be_used_leaves_the_last_good_one(own, tmp_path, caplog):
    directory, settings = own
    before = shown(read_world(settings, tmp_path))
    shutil.rmtree(directory / "services" / "national")
    with caplog.at_level(logging.ERROR):
        assert shown(read_world(settings, tmp_path)) == before
    assert [record.getMessage() for record in caplog.records] == ["directory-from-snapshot"]


def test_it_is_told_whether_the_directory_is_the_last_good_one(own, tmp_path):
    directory, settings = own
    told = []
    for _ in range(2):  # from the files, and from their snapshot
        read_world(settings, tmp_path, told.append)
    national = directory / "services" / "national"
    national.rename(tmp_path / "aside")
    read_world(settings, tmp_path, told.append)
    (tmp_path / "aside").rename(national)
    read_world(settings, tmp_path, told.append)
    assert told == [False, False, True, False]


def test_the_last_good_directory_shows_nothing_that_is_closed_now(own, tmp_path):
    directory, settings = own
    read_world(settings, tmp_path)
    shutil.rmtree(directory / "services" / "national")
    file = next((directory / "services").rglob("anawim.yaml"))
    file.write_text(file.read_text().replace("status: active", "status: closed"))
    assert "anawim" not in shown(read_world(settings, tmp_path))


def test_fault_14_an_entry_whose_number_nobody_signed_is_not_shown_and_the_rest_stays(
    own, tmp_path
):
    """Edited under a snapshot of the good one, as before SIGHUP, and at a start without one."""
    directory, settings = own
    before = shown(read_world(settings, tmp_path))
    file = next((directory / "services").rglob("anawim.yaml"))
    good = file.read_text()
    number = re.search(r"number: (.+)", good)[1]
    file.write_text(good.replace(number, "0121 496 0999"))
    (tmp_path / "fresh").mkdir()
    for runtime in (tmp_path, tmp_path / "fresh"):
        world = read_world(settings, runtime)
        assert {*before} - {*shown(world)} == {"anawim"}
        assert "496 0999" not in repr(world.material.services)
    file.write_text(good)
    assert shown(read_world(settings, tmp_path)) == before


def test_without_a_snapshot_such_a_directory_stops_the_start(own, tmp_path):
    directory, settings = own
    shutil.rmtree(directory / "services" / "national")
    with pytest.raises(DataError):
        read_world(settings, tmp_path)
    assert not (tmp_path / NAME).exists()


def test_a_paused_entry_is_gone_at_once(own, tmp_path):
    directory, settings = own
    assert "anawim" in shown(read_world(settings, tmp_path))
    file = next((directory / "services").rglob("anawim.yaml"))
    file.write_text(file.read_text().replace("status: active", "status: closed"))
    assert "anawim" not in shown(read_world(settings, tmp_path))


@pytest.mark.parametrize("damage", [b"", b"x", b"\0" * 100])
def test_a_damaged_snapshot_is_no_snapshot(own, tmp_path, damage):
    _, settings = own
    before = shown(read_world(settings, tmp_path))
    file = tmp_path / NAME
    file.write_bytes(file.read_bytes()[:200] + damage)
    assert shown(read_world(settings, tmp_path)) == before


def test_without_room_for_a_snapshot_the_files_are_served(own, tmp_path):
    _, settings = own
    nowhere = tmp_path / "not" / "there"
    assert shown(read_world(settings, nowhere))


def test_a_new_day_and_every_byte_make_another_stamp(own):
    directory, _ = own
    first = stamp_of(directory, TODAY)
    assert stamp_of(directory, TODAY) == first
    assert stamp_of(directory, TODAY.replace(day=24)) != first
    (directory / "needs.yaml").write_bytes((directory / "needs.yaml").read_bytes() + b" ")
    assert stamp_of(directory, TODAY) != first
