"""`linnet directory export`: what may be seen, in three formats, the same bytes each time."""

import json

import pytest

from bot.cli import main
from bot.directory.model import Status


def export(capsys, *arguments):
    assert main(["directory", "export", *arguments]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("format", ["hsds", "uk"])
def test_the_active_entries_are_one_list(data, capsys, format):
    told = json.loads(export(capsys, "--format", format))
    active = [service.name for service in data.services if service.status is Status.ACTIVE]
    assert [each["name"] for each in told] == active


def test_the_bytes_are_the_same_each_time(capsys):
    assert export(capsys) == export(capsys)


def test_drafts_come_only_when_asked_for(data, capsys):
    told = json.loads(export(capsys, "--drafts"))
    assert len(told) == len(data.services)
    assert {each["status"] for each in told} == {"active", "inactive"}


def test_one_council_has_only_its_own(data, capsys):
    told = {each["name"] for each in json.loads(export(capsys, "--council", "coventry"))}
    assert told == {
        service.name for service in data.services
        if service.status is Status.ACTIVE and "coventry" in service.councils
    }  # fmt: skip


def test_tables_are_a_folder_with_a_datapackage(tmp_path, capsys):
    told = export(capsys, "--format", "csv", "--out", str(tmp_path / "out"))
    assert told == f"68 entries written to {tmp_path / 'out'}\n"
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text())
    files = {each["path"] for each in package["resources"]}
    assert files | {"datapackage.json"} == {path.name for path in (tmp_path / "out").iterdir()}


def test_a_file_is_written_whole(tmp_path, capsys):
    out = tmp_path / "all.json"
    export(capsys, "--out", str(out))
    assert len(json.loads(out.read_text(encoding="utf-8"))) == 68
    assert [path.name for path in tmp_path.iterdir()] == ["all.json"]


def test_the_taxonomy_can_be_published(capsys):
    told = json.loads(export(capsys, "--format", "taxonomy"))
    assert told["name"] == "women-access"
    assert "worker.female=guaranteed" in {term["code"] for term in told["taxonomy_terms"]}


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--council", "coventri"], "there is no council 'coventri'; did you mean 'coventry'?"),
        (["--format", "csv"], "csv is several files; say in which folder with --out FOLDER"),
    ],
)
def test_a_wrong_wish_is_one_line_of_help(capsys, arguments, why):
    assert main(["directory", "export", *arguments]) == 2
    assert capsys.readouterr().err == f"linnet: {why}\n"


def test_a_folder_is_no_file_and_a_file_no_folder(tmp_path, capsys):
    (tmp_path / "file").touch()
    assert main(["directory", "export", "--out", str(tmp_path)]) == 2
    assert main(["directory", "export", "--format", "csv", "--out", str(tmp_path / "file")]) == 2
    assert "takes a file here" in capsys.readouterr().err


def test_what_must_not_be_listed_or_has_a_mistake_is_not_written(own_data, monkeypatch, capsys):
    folder = own_data / "directory" / "services" / "national"
    for name, line in (("frank", "do_not_list: yes"), ("shout", "nonsense: yes")):
        path = folder / f"{name}.yaml"
        path.write_text(f"{path.read_text(encoding='utf-8')}{line}\n", encoding="utf-8")
    monkeypatch.setenv("LINNET_DATA", str(own_data))
    told = export(capsys, "--drafts")
    assert not [name for name in ("Shout", "FRANK") if f'"name": "{name}"' in told]
