"""The secret key of this installation, in a data folder that the first start makes."""

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from certguide.environment import SECRET_KEY_LENGTH, SettingError

OWNER_ONLY = 0o600


def make_data_folder(folder: Path) -> None:
    """Make the folder unless it is there.

    Raises SettingError if it cannot be made, read or written.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SettingError(
            f"DATA_DIR is {str(folder)!r}, which cannot be made ({error.strerror}): "
            "give a folder that this user may write to."
        ) from None
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise SettingError(
            f"DATA_DIR is {str(folder)!r}, where this user may not write: "
            "give another folder or change its permissions."
        )


def secret_key(folder: Path) -> str:
    """The installation's secret key, made on first use and readable by its owner alone.

    Raises SettingError if the key can't be made, is another user's, is open to others or damaged.
    """
    path = folder / "secret_key"
    if not path.exists():
        try:
            _write_secret_key(path)
        except OSError as error:
            raise SettingError(f"{path} cannot be written: {error.strerror}.") from None
    if not os.access(path, os.R_OK):
        raise SettingError(f"{path} belongs to another user: start as that user.")
    if stat.S_IMODE(path.stat().st_mode) & ~OWNER_ONLY:
        raise SettingError(f"{path} is open to other users: run chmod 600 {path}.")
    key = path.read_text(encoding="utf-8", errors="replace").strip()
    if len(key) < SECRET_KEY_LENGTH:
        raise SettingError(f"{path} is damaged: delete it, and the next start makes a new one.")
    return key


def _write_secret_key(path: Path) -> None:
    # Written beside its place and then linked there: of two starts at once one
    # wins, and neither ever reads a key that is half written.
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(SECRET_KEY_LENGTH) + "\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            path.hardlink_to(draft)
    finally:
        draft.unlink()
