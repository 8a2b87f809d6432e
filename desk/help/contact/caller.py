"""Who wants to reach a person, where, and what the operator offers at this moment."""

from dataclasses import dataclass
from datetime import datetime

from litestar.di import NamedDependency
from litestar.params import SkipValidation
from sqlmodel import Session

from desk import i18n
from desk.deps import CurrentLocale, CurrentSession, CurrentViewer
from desk.help.contact.device import device_of
from desk.i18n import Words
from desk.rendering import HTTPRequest
from desk.site import site_of
from desk.times import Teller
from kb import clock
from kb.access import Viewer
from kb.config import Config, Locale
from kb.ways.service_file import Service


@dataclass(frozen=True)
class Caller:
    """Somebody on a contact page."""

    session: Session
    viewer: Viewer
    locale: Locale
    config: Config
    service: Service
    now: datetime
    device: str

    @property
    def words(self) -> Words:
        return i18n.words(self.locale)

    @property
    def teller(self) -> Teller:
        return Teller(self.words, self.service.time_zone, self.now)


CurrentCaller = NamedDependency[SkipValidation[Caller]]


def provide_caller(
    request: HTTPRequest, session: CurrentSession, viewer: CurrentViewer, locale: CurrentLocale
) -> Caller:
    """Return who is calling."""
    site = site_of(request)
    return Caller(
        session=session,
        viewer=viewer,
        locale=locale,
        config=site.config,
        service=site.service,
        now=clock.now(),
        device=device_of(request.headers.get("user-agent", "")),
    )
