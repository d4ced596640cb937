"""The settings of a run: defaults, then a TOML file, then the environment, then flags; the later one wins."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from pipeline.errors import SettingsError


class Settings(BaseSettings):
    """What a run depends on besides its articles; in the environment, `model` is COMMUNIQUE_MODEL."""

    model_config = SettingsConfigDict(env_prefix="COMMUNIQUE_", frozen=True, extra="forbid")

    model: str | None = Field(
        default=None, description="A spaCy pipeline, by name or path; null: the one shipped."
    )
    record_types: tuple[str, ...] = Field(default=(), description="Kinds of record to write; empty: all.")
    record_folders: tuple[Path, ...] = Field(
        default=(), description="Folders that hold further record types."
    )
    screen: bool = Field(
        default=True, description="Whether rules and model pass over what cannot give a record."
    )
    workers: int = Field(default=1, ge=1, description="Processes that extract; each needs some 300 MB.")
    timeout: float = Field(default=60, gt=0, description="Seconds that an article may take.")
    memory_limit: int = Field(
        default=2000, ge=0, description="MB that a worker may take, where the system can tell; 0: no limit."
    )


UNSET: tuple[Any, ...] = (None, "", [], ())


def load_settings(file: Path | None = None, **flags: Any) -> Settings:
    """Settings of all four sources; a flag that is None or empty is not set.

    Raises:
        SettingsError: the file cannot be read, or a value has the wrong type or an unknown name.
    """
    from_file = _read_toml(file) if file else {}

    class Layered(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            return init_settings, env_settings, InitSettingsSource(settings_cls, from_file)

    try:
        layered = Layered(**{name: value for name, value in flags.items() if value not in UNSET})
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise SettingsError(f"{file or 'settings'}: {problems}") from error
    return Settings.model_construct(**dict(layered))


def _read_toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{file}: cannot be read as TOML: {error}") from error
