import os
from pathlib import Path

import pytest

from service.cli.files import find_files
from service.cli.found import Found, label_of, read_content
from service.errors import Invalid, TooLarge
from service.web.bodies import FILE_LIMIT


def seen(*paths: Path) -> dict[str, Found]:
    return {one.path.name: one for one in find_files(paths)}


def test_a_folder_is_taken_whole(pile: Path) -> None:
    taken = {name for name, one in seen(pile).items() if not one.skipped}
    assert taken == {
        *("call.txt", "twin.txt", "other.txt"),
        *("broken.json", "binary.bin", "empty.txt"),
    }


def test_what_is_passed_over_has_its_reason(pile: Path) -> None:
    os.mkfifo(pile / "pipe")
    skipped = {name: one.skipped for name, one in seen(pile).items() if one.skipped}
    assert skipped == {
        ".hidden.txt": "hidden",
        ".git": "hidden",
        "link.txt": "a link that leads out of the folder",
        "pipe": "neither a file nor a folder",
    }


def test_a_link_inside_the_folder_is_followed_to_a_file_only(pile: Path) -> None:
    (pile / "same.txt").symlink_to("deep/other.txt")
    (pile / "round").symlink_to("deep")
    (pile / "loop").symlink_to("loop")
    found = seen(pile)
    assert not found["same.txt"].skipped
    assert found["round"].skipped == found["loop"].skipped == "a link to a folder, or to nothing"


def test_what_is_named_is_taken_whatever_its_name(pile: Path) -> None:
    (pile / "outward").symlink_to("../outside.txt")
    for name in (".hidden.txt", "outward"):
        assert seen(pile / name) == {name: Found(pile / name)}


def test_a_sibling_with_the_same_beginning_is_outside(pile: Path) -> None:
    (pile.parent / "pile-of-others").mkdir()
    (pile.parent / "pile-of-others" / "x.txt").touch()
    (pile / "x.txt").symlink_to("../pile-of-others/x.txt")
    assert seen(pile)["x.txt"].skipped == "a link that leads out of the folder"


def test_a_pipe_and_a_huge_file_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Invalid):
        read_content(tmp_path / "pipe")
    (tmp_path / "huge").write_bytes(b"x" * (FILE_LIMIT + 1))
    with pytest.raises(TooLarge):
        read_content(tmp_path / "huge")
    (tmp_path / "large").write_bytes(b"x" * FILE_LIMIT)
    assert len(read_content(tmp_path / "large")) == FILE_LIMIT


def test_a_label_has_only_what_can_be_stored() -> None:
    assert label_of(Path("a\x1bb\udcff c.txt")) == "ab c.txt"
    assert label_of(Path("x" * 400)) == "x" * 255
