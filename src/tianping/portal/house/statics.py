"""静态文件 · Files under names that carry what is in them, so that a browser keeps them for good; before they are gathered, under their own names."""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

STAMP: Final = "gathered.txt"


class Hashed(CompressedManifestStaticFilesStorage):
    """带摘要的文件名 · WhiteNoise's storage; a file that was not gathered has its own name."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """The name with its digest, if the manifest has it."""
        clean = self.clean_name(name)
        known = self.hashed_files.get(self.hash_key(clean))
        return str(known) if known else str(name)


def gather() -> int:
    """Put all files together under the names of what is in them, unless that was done for these very files. How many there are.

    Servers that start at the same moment take turns: the second finds everything gathered.
    """
    root = Path(settings.STATIC_ROOT)
    root.parent.mkdir(parents=True, exist_ok=True)
    with root.with_name(f"{root.name}.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        return _gathered(root / STAMP)


def _gathered(stamp: Path) -> int:
    found = [(name, storage.path(name)) for finder in finders.get_finders() for name, storage in finder.list([])]
    told = "\n".join(f"{name} {Path(path).stat().st_size} {Path(path).stat().st_mtime_ns}" for name, path in sorted(found))
    if not stamp.exists() or stamp.read_text("utf-8") != told:
        call_command("collectstatic", interactive=False, verbosity=0, clear=stamp.exists())
        stamp.write_text(told, "utf-8")
    _read_again(staticfiles_storage)
    return len(found)


def _read_again(storage: Any) -> None:
    """This process knows the new names."""
    storage.hashed_files, storage.manifest_hash = storage.load_manifest()
