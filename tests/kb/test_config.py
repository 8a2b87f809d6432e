"""Settings: read once, checked, never changed."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from kb.config import Config


def test_without_settings_everything_is_in_the_home_folder(tmp_path: Path):
    config = Config(home=tmp_path)
    assert config.sql_url == f"sqlite:///{tmp_path / 'lotse.sqlite3'}"
    assert config.index_folder == tmp_path / "index"


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_postgresql_is_reached_by_psycopg_3(scheme: str):
    config = Config(database_url=f"{scheme}://host/lotse")
    assert config.sql_url == "postgresql+psycopg://host/lotse"


def test_a_setting_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LOTSE_PUBLIC_URL", "https://help.example.org/")
    assert Config().public_url == "https://help.example.org"


def test_a_config_cannot_be_changed():
    with pytest.raises(ValidationError):
        Config().brand = "Other"


@pytest.mark.parametrize(
    "wrong",
    [
        {"answer_precision": 1.5},
        {"session_days": 0},
        {"default_locale": "fr"},
        {"embedding_precision": "fp8"},
        {"requests_per_minute": 0},
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(wrong: dict[str, object]):
    with pytest.raises(ValidationError):
        Config(**wrong)


def test_a_secret_is_not_printed():
    assert "hush" not in repr(Config(metrics_token="hush"))  # noqa: S106


def test_every_setting_says_what_it_is():
    assert [name for name, field in Config.model_fields.items() if not field.description] == []
