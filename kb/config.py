"""Every setting, read once from the environment (`LOTSE_*`) or a `.env` file.

The README's settings table lists each field; a test keeps the two equal.
"""

from enum import StrEnum
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

Locale = Literal["de", "en"]
LOCALES: tuple[Locale, ...] = ("de", "en")


class EmbeddingPrecision(StrEnum):
    """How the embedding model computes: AUTO takes what is fastest here and equal."""

    AUTO = "auto"
    FP32 = "fp32"
    BF16 = "bf16"


class Config(BaseSettings):
    """All settings of one process. Immutable: another setting is another Config."""

    model_config = SettingsConfigDict(
        env_prefix="LOTSE_", env_file=".env", extra="ignore", frozen=True
    )

    home: Path = Field(
        default=Path("var"), description="Folder for the database, indexes and logs"
    )
    database_url: str = Field(
        default="", description="SQLAlchemy URL; empty means SQLite in the home folder"
    )
    public_url: str = Field(
        default="http://127.0.0.1:8000", description="How customers reach this site; used in links"
    )
    brand: str = Field(default="Lotse", description="Name shown at the top of every page")
    service_phone: str = Field(
        default="", description="Telephone number offered on every customer page"
    )
    default_locale: Locale = Field(
        default="de", description="Language of a visitor who states none"
    )
    embedding_model: str = Field(
        default="",
        description="Name, folder or hub name of a model; empty: the one that was activated",
    )
    embedding_precision: EmbeddingPrecision = Field(
        default=EmbeddingPrecision.AUTO, description="auto (measured once), fp32 or bf16"
    )
    chroma_url: str = Field(
        default="",
        description="http://host:port of a Chroma server; empty: Chroma in the home folder",
    )
    redis_url: str = Field(
        default="",
        description="redis://... for limits shared between processes; empty: in this process",
    )
    answer_precision: float = Field(
        default=0.9,
        ge=0,
        lt=1,
        description="Share of answers that shall be right; what promises less is not answered",
    )
    session_days: int = Field(default=14, ge=1, le=90, description="Days until a sign-in expires")
    requests_per_minute: int = Field(
        default=120, ge=1, description="Searches one visitor may make in a minute"
    )
    posts_per_hour: int = Field(
        default=30,
        ge=1,
        description="Messages, feedbacks and sign-ins one visitor may send in an hour",
    )
    trusted_proxies: str = Field(
        default="", description="Addresses whose X-Forwarded-For is believed, separated by commas"
    )
    metrics_token: SecretStr = Field(
        default=SecretStr(""), description="Bearer token for /metrics; empty: /metrics is closed"
    )

    @field_validator("public_url", "chroma_url")
    @classmethod
    def _without_slash(cls, value: str) -> str:
        return value.rstrip("/")

    @property
    def sql_url(self) -> str:
        """The database URL in force, with the psycopg 3 driver for PostgreSQL."""
        if not self.database_url:
            return f"sqlite:///{self.home.resolve() / 'lotse.sqlite3'}"
        for prefix in ("postgresql://", "postgres://"):
            if self.database_url.startswith(prefix):
                return "postgresql+psycopg://" + self.database_url.removeprefix(prefix)
        return self.database_url

    @property
    def index_folder(self) -> Path:
        """Where this machine keeps its index files."""
        return self.home.resolve() / "index"

    @property
    def models_folder(self) -> Path:
        """Where this machine keeps the embedding models of its own."""
        return self.home.resolve() / "models"
