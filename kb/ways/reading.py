"""Reads the service file. What is wrong with it is told in lines a person can act on."""

import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kb.config import Config
from kb.ways.service_file import Call, Service


class ServiceFileWrong(Exception):
    """The service file cannot be used; each line says where and why."""

    def __init__(self, path: Path, lines: list[str]) -> None:
        super().__init__("\n".join([f"{path} cannot be used:", *(f"  {line}" for line in lines)]))
        self.lines = lines


def read_service(config: Config) -> Service:
    """Return what the operator offers; without a file that is messages, and the phone if set.

    Raises:
        ServiceFileWrong: the file is missing though it was named, or says something impossible.
    """
    path = config.service_path
    if not path.exists():
        if config.service_file is not None:
            raise ServiceFileWrong(path, ["there is no such file (LOTSE_SERVICE_FILE)"])
        return _with_phone(Service(), config)
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ServiceFileWrong(path, [str(error)]) from error
    try:
        return _with_phone(Service.model_validate(said), config)
    except ValidationError as error:
        raise ServiceFileWrong(path, [_told(each) for each in error.errors()]) from error


def _with_phone(service: Service, config: Config) -> Service:
    """The file's number counts; the setting is for those who have no file."""
    if service.call is not None or not config.service_phone:
        return service
    return service.model_copy(update={"call": Call(phone=config.service_phone)})


def _told(complaint: Any) -> str:  # noqa: ANN401  # pydantic's own
    where = ".".join(str(part) for part in complaint["loc"])
    if complaint["type"] == "extra_forbidden":
        return f"{where}: there is no such setting"
    why = complaint["msg"].removeprefix("Value error, ")
    return f"{where}: {why}" if where else why
