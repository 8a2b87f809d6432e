"""What every handler of a private link is given: the case it leads to, or a 404."""

from dataclasses import dataclass

from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from litestar.response import Redirect
from sqlmodel import Session

from desk.deps import CurrentLocale, CurrentSession, CurrentViewer
from desk.i18n import words
from desk.rendering import HTTPRequest
from desk.site import Site, site_of
from desk.times import Teller
from kb import clock
from kb.access import Viewer
from kb.cases import queries
from kb.cases.models import Case
from kb.config import Config, Locale
from kb.db import stored_id
from kb.errors import NotAllowed, NotFound

LONGEST_ID = 64


@dataclass(frozen=True)
class OwnCase:
    """A case before whoever has its private link. Staff may look, and works on the desk."""

    session: Session
    case: Case
    viewer: Viewer
    locale: Locale
    site: Site

    @property
    def config(self) -> Config:
        return self.site.config

    @property
    def teller(self) -> Teller:
        """Return who tells times to this customer, on the service's clock."""
        return Teller(words(self.locale), self.site.service.time_zone, clock.now())

    @property
    def case_id(self) -> int:
        return stored_id(self.case.id)

    @property
    def url(self) -> str:
        return f"/{self.locale}/cases/{self.case.public_id}"

    @property
    def customer(self) -> Viewer:
        """Return in whose name things are said and done here."""
        return Viewer(person_id=self.case.customer_id)

    def must_be_the_customers(self) -> None:
        """Turn away staff, who must not speak in the customer's name.

        Raises:
            NotAllowed: somebody of the staff is signed in.
        """
        if self.viewer.is_staff:
            raise NotAllowed

    def back(self, anchor: str = "") -> Redirect:
        """Return to the case's page."""
        return Redirect(self.url + (f"#{anchor}" if anchor else ""), status_code=303)


CurrentOwnCase = NamedDependency[SkipValidation[OwnCase]]


def provide_own_case(
    request: HTTPRequest,
    session: CurrentSession,
    viewer: CurrentViewer,
    locale: CurrentLocale,
    public_id: FromPath[str],
) -> OwnCase:
    """Return the case of this address.

    Raises:
        NotFound: no case has this link.
    """
    found = queries.by_private_link(session, public_id) if len(public_id) <= LONGEST_ID else None
    if found is None:
        raise NotFound
    return OwnCase(session, found, viewer, locale, site_of(request))
