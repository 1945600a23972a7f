import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from service.db.embedded.lease import acquire
from service.db.embedded.locks import FileLock
from service.db.embedded.place import private_folder, recorded_folder
from service.db.embedded.secret_file import secrets
from service.db.embedded.trouble import trouble
from service.errors import NotSetUp


def test_secrets_are_made_once_and_differ(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(secrets, [tmp_path] * 8))
    assert made == [made[0]] * 8
    values = [getattr(made[0], name).get_secret_value() for name in type(made[0]).model_fields]
    assert len({*values}) == len(values) == 6
    assert {len(bytes.fromhex(value)) for value in values} == {32}
    assert [path.name for path in tmp_path.iterdir()] == ["secrets.json"]


def test_secrets_stay_out_of_repr(tmp_path: Path) -> None:
    made = secrets(tmp_path)
    assert made.key_pepper.get_secret_value() not in repr(made)


def test_secrets_that_others_can_read_are_refused(tmp_path: Path) -> None:
    secrets(tmp_path)
    (tmp_path / "secrets.json").chmod(0o644)
    with pytest.raises(NotSetUp, match="can be read by others"):
        secrets(tmp_path)


def test_damaged_secrets_are_refused_and_not_shown(tmp_path: Path) -> None:
    (tmp_path / "secrets.json").touch(mode=0o600)
    (tmp_path / "secrets.json").write_text('{"superuser": "hunter2"')
    with pytest.raises(NotSetUp, match="is damaged") as caught:
        secrets(tmp_path)
    assert "hunter2" not in f"{caught.value} {caught.value.__cause__}"


def test_an_empty_folder_is_closed_and_a_full_one_is_left_alone(tmp_path: Path) -> None:
    full = tmp_path / "full"
    (full / "thing").mkdir(parents=True)
    for folder in (full, tmp_path / "empty"):
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)
        private_folder(folder)
    modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("full", "empty")]
    assert modes == [0o755, 0o700]


def test_a_folder_that_others_write_into_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thing").touch()
    tmp_path.chmod(0o1777)
    with pytest.raises(NotSetUp, match="Others may write"):
        private_folder(tmp_path)


def test_a_path_that_a_shell_would_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotSetUp, match="may not contain"):
        acquire(tmp_path / "$HOME")


def test_a_data_folder_that_is_a_file_says_what_to_mend(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotSetUp, match="BATON_DATA_DIR must be"):
        acquire(tmp_path / "file")


def test_a_lock_held_alone_is_held_alone(tmp_path: Path) -> None:
    one, two = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
    assert one.try_exclusive()
    assert not two.try_exclusive()
    with pytest.raises(TimeoutError):
        two.take_shared(timeout_s=0.05)
    one.close()
    two.take_shared(timeout_s=0.05)
    two.close()


def test_trouble_names_the_mend_and_the_last_lines() -> None:
    said = "\n".join([f"LOG: line {n}" for n in range(20)] + ["FATAL: No space left on device"])
    message = str(trouble("PostgreSQL did not start", said))
    assert "The disk is full" in message
    assert message.endswith("FATAL: No space left on device")
    assert "line 3" not in message


def test_a_damaged_record_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cluster.json").write_text('{"folder"')
    with pytest.raises(NotSetUp, match=r"cluster\.json is damaged"):
        recorded_folder(tmp_path)
