import json
import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest

from service.cli import archives
from service.cli.files import find_files
from service.cli.found import Found
from service.errors import TooLarge
from service.web.bodies import FILE_LIMIT


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return tmp_path / "pack.zip"


def fill(pack: Path, members: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(pack, "w", packing) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return pack


def seen(pack: Path) -> dict[str, Found]:
    return {str(one.path).removeprefix(f"{pack.parent}/"): one for one in find_files([pack])}


def only(pack: Path) -> Found:
    (found,) = find_files([pack])
    return found


def test_each_file_of_an_archive_is_found_and_read(pack: Path) -> None:
    found = seen(fill(pack, {"a.txt": b"one", "deep/b.txt": b"two", "deep/": b""}))
    assert {name: one.read() for name, one in found.items()} == {
        "pack.zip/a.txt": b"one",
        "pack.zip/deep/b.txt": b"two",
    }


@pytest.mark.parametrize("name", ["../evil.txt", "a/../../evil.txt", "/etc/evil", "..\\evil.txt"])
def test_a_name_that_leads_out_is_refused_and_nothing_is_written(pack: Path, name: str) -> None:
    found = only(fill(pack, {name: b"evil"}))
    assert found.unreadable == "its name leads out of the archive"
    assert [one.name for one in pack.parent.rglob("*")] == ["pack.zip"]


def test_what_is_hidden_or_a_link_is_passed_over(pack: Path) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(pack, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("__MACOSX/a.txt", "x")
        archive.writestr("a/.DS_Store", "x")
    assert [one.skipped for one in find_files([pack])] == ["a link", "hidden", "hidden"]


def test_a_password_is_told(pack: Path) -> None:
    fill(pack, {"a.txt": b"x"})
    data = bytearray(pack.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    pack.write_bytes(data)
    assert only(pack).unreadable == "protected with a password"


def test_a_bomb_is_refused_whole(pack: Path) -> None:
    fill(pack, {f"{at}.txt": bytes(4_000_000) for at in range(9)})
    assert only(pack).unreadable == "unpacked, the archive is over 50 times as large as it is"


def test_many_names_for_the_same_bytes_are_a_bomb_too(pack: Path) -> None:
    with zipfile.ZipFile(pack, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", bytes(range(256)) * 4_000)
        archive.filelist += [archive.filelist[0]] * 900
    assert "50 times" in only(pack).unreadable


def test_files_at_the_limit_and_one_over(pack: Path) -> None:
    with zipfile.ZipFile(pack, "w") as archive:
        archive.writestr("a.txt", b"x")
        archive.filelist += archive.filelist * (archives.MAX_FILES - 1)
    assert len(list(find_files([pack]))) == archives.MAX_FILES
    with zipfile.ZipFile(pack, "a") as archive:
        archive.writestr("b.txt", b"x")
    assert only(pack).unreadable == "the archive has 10001 files, 10000 are the limit: split it"


def test_a_directory_that_lies_about_its_size_is_not_read(pack: Path) -> None:
    data = bytearray(fill(pack, {"a.txt": b"x"}).read_bytes())
    end = data.rindex(b"PK\x05\x06")
    data[end + 12 : end + 16] = (1 << 30).to_bytes(4, "little")
    pack.write_bytes(data)
    assert "are the limit" in only(pack).unreadable


def test_a_file_at_the_limit_and_over(pack: Path) -> None:
    found = seen(fill(pack, {"a": b"x" * FILE_LIMIT, "b": b"x" * (FILE_LIMIT + 1)}, 0))
    assert len(found["pack.zip/a"].read()) == FILE_LIMIT
    with pytest.raises(TooLarge):
        found["pack.zip/b"].read()


def test_a_damaged_file_does_not_spoil_the_others(pack: Path) -> None:
    data = fill(pack, {"a": b"one of them", "b": b"another one"}, 0).read_bytes()
    pack.write_bytes(data.replace(b"one of", b"two of", 1))
    found = seen(pack)
    with pytest.raises(OSError, match="cannot be unpacked"):
        found["pack.zip/a"].read()
    assert found["pack.zip/b"].read() == b"another one"


@pytest.mark.parametrize("name", ["[Content_Types].xml", "mimetype"])
def test_a_document_is_a_file_and_no_archive(pack: Path, name: str) -> None:
    assert only(fill(pack, {name: b"x", "word/document.xml": b"x"})) == Found(pack)


def test_a_cut_archive_is_a_file_that_cannot_be_read(pack: Path) -> None:
    pack.write_bytes(fill(pack, {"a.txt": b"x" * 100}).read_bytes()[:-5])
    assert only(pack) == Found(pack)


def test_an_archive_goes_in_by_content_and_once(run: Any, workspace: str, pack: Path) -> None:
    said = b"Dana: Why?\nKim: Our tool lost it in May.\nDana: We send it by Friday.\n"
    members = {"a.txt": said, "b/same.txt": said, "c.txt": said.replace(b"May", b"June")}
    fill(pack, members | {"inner.zip": fill(pack, {"x.txt": said}).read_bytes()})
    counts = []
    for _ in range(2):
        done = run("ingest", str(pack), "--workspace", workspace, "--json")
        told = json.loads(done.stdout)
        counts.append((told["new"], told["already_there"], told["refused"]))
    assert counts == [(2, 1, 1), (0, 3, 1)]
    assert [one["reason"] for one in told["files"] if "reason" in one] == [
        "This is a ZIP archive, not a transcript."
    ]
