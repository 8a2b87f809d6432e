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
    theme_file: Path | None = Field(
        default=None, description="TOML file with name, logo, colours and legal texts"
    )
    question_days: int = Field(
        default=180, ge=1, description="Days until the words of a question are erased"
    )
    service_phone: str = Field(
        default="", description="Telephone number offered on every customer page"
    )
    service_file: Path | None = Field(
        default=None,
        description="TOML file with opening hours and ways to a person; none: in the home folder",
    )
    default_locale: Locale = Field(
        default="de", description="Language of a visitor who states none"
    )
    form_of_address: Literal["sie", "du"] = Field(
        default="sie", description="How drafts of replies address customers in German"
    )
    embedding_model: str = Field(
        default="",
        description="Name, folder or hub name of a model; empty: the one that was activated",
    )
    embedding_precision: EmbeddingPrecision = Field(
        default=EmbeddingPrecision.AUTO, description="auto (measured once), fp32 or bf16"
    )
    reranker: str = Field(
        default="",
        description="Folder or hub name of a cross-encoder that orders the first results again",
    )
    reranker_ms: int = Field(
        default=200, ge=10, le=5_000, description="Milliseconds a question may wait for it"
    )
    llm_url: str = Field(
        default="",
        description="http://host:port/v1 of an OpenAI-compatible server; empty: only quotes",
    )
    llm_model: str = Field(default="", description="Name of the model, as that server knows it")
    llm_api_key: SecretStr = Field(default=SecretStr(""), description="Key for that server")
    llm_first_seconds: float = Field(
        default=2.5, gt=0, le=60, description="Seconds to wait for a model's first word"
    )
    llm_seconds: float = Field(
        default=20.0, gt=0, le=120, description="Seconds a model may take for the whole"
    )
    llm_at_once: int = Field(
        default=2, ge=1, le=64, description="Questions a process asks a model at the same time"
    )
    llm_tokens_per_day: int = Field(
        default=500_000, ge=0, description="Tokens a day spent on answers and texts; 0: no limit"
    )
    llm_texts_per_hour: int = Field(
        default=60, ge=0, description="Texts an hour one of the staff may ask for; 0: no limit"
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
    undo_seconds: int = Field(
        default=10,
        ge=0,
        le=30,
        description="Seconds in which an agent can take back a reply that was sent; 0: none",
    )
    affect: bool = Field(
        default=True,
        description="Whether to estimate how questions and messages sound; only changes orders",
    )
    four_eyes: bool = Field(
        default=False,
        description="Whether a text is published only by somebody else than its last author",
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
    attachment_mb: int = Field(
        default=10, ge=1, le=100, description="Largest file a message may carry, in megabytes"
    )
    smtp_url: SecretStr = Field(
        default=SecretStr(""),
        description="smtp://user:password@host:587?starttls or smtps://...; empty: mail becomes "
        "files in the home folder",
    )
    mail_from: str = Field(
        default="", description="Sender of every mail, like `Help <help@example.org>`"
    )
    mail_kept_days: int = Field(
        default=7, ge=0, le=90, description="Days until text and address of a mail are erased"
    )
    trusted_proxies: str = Field(
        default="", description="Addresses whose X-Forwarded-For is believed, separated by commas"
    )
    metrics_token: SecretStr = Field(
        default=SecretStr(""), description="Bearer token for /metrics; empty: /metrics is closed"
    )

    @field_validator("public_url", "chroma_url", "llm_url")
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
    def service_path(self) -> Path:
        """Where the operator says when somebody is there, and how they can be reached."""
        return self.service_file or self.home.resolve() / "service.toml"

    @property
    def models_folder(self) -> Path:
        """Where this machine keeps the embedding models of its own."""
        return self.home.resolve() / "models"
