"""What every handler of a coaching link is given: the plan it leads to, or a 404."""

from dataclasses import dataclass

from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from litestar.response import Redirect
from sqlmodel import Session

from desk.deps import CurrentLocale, CurrentSession, CurrentViewer
from desk.rendering import HTTPRequest
from desk.site import site_of
from kb.access import Viewer
from kb.cases.models import Case
from kb.coaching import policy, queries
from kb.coaching.models import CoachingPlan, StepEvent
from kb.coaching.policy import Progress
from kb.config import Config, Locale
from kb.db import stored_id
from kb.errors import NotAllowed, NotFound
from kb.ways.service_file import Service

LONGEST_ID = 64


@dataclass(frozen=True)
class OwnPlan:
    """A plan before whoever has its private link. Staff may look, and must not answer."""

    session: Session
    plan: CoachingPlan
    case: Case
    viewer: Viewer
    locale: Locale
    service: Service
    config: Config

    @property
    def plan_id(self) -> int:
        return stored_id(self.plan.id)

    @property
    def url(self) -> str:
        return f"/{self.locale}/coaching/{self.plan.public_id}"

    @property
    def customer(self) -> Viewer:
        """Return in whose name things are said and done here."""
        return Viewer(person_id=self.case.customer_id)

    def events(self) -> list[StepEvent]:
        """Return what has happened so far."""
        return list(queries.events(self.session, self.plan_id))

    def progress(self) -> Progress:
        """Return how far it has come."""
        return policy.progress(queries.steps(self.session, self.plan_id), self.events())

    def must_be_the_customers(self) -> None:
        """Turn away staff, who must not act in the customer's name.

        Raises:
            NotAllowed: somebody of the staff is signed in.
        """
        if self.viewer.is_staff:
            raise NotAllowed

    def back(self, told: str = "") -> Redirect:
        """Return to the page, which says what has just been sent."""
        return Redirect(self.url + (f"?told={told}" if told else ""), status_code=303)


CurrentOwnPlan = NamedDependency[SkipValidation[OwnPlan]]


def provide_own_plan(
    request: HTTPRequest,
    session: CurrentSession,
    viewer: CurrentViewer,
    locale: CurrentLocale,
    public_id: FromPath[str],
) -> OwnPlan:
    """Return the plan of this address.

    Raises:
        NotFound: no plan that was sent has this link.
    """
    found = queries.by_private_link(session, public_id) if len(public_id) <= LONGEST_ID else None
    if found is None:
        raise NotFound
    case = session.get_one(Case, found.case_id)
    site = site_of(request)
    return OwnPlan(session, found, case, viewer, locale, site.service, site.config)
