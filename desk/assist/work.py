"""What every handler of a case is given: the case itself, and what it takes to work on it."""

from dataclasses import dataclass

from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from litestar.response import Redirect
from sqlmodel import Session

from desk import rendering
from desk.deps import CurrentSession, CurrentViewer
from desk.rendering import HTTPRequest
from desk.site import site_of
from desk.slot import SlotState
from kb.access import Viewer
from kb.cases import queries
from kb.cases.models import Case
from kb.config import Config, Locale
from kb.db import stored_id
from kb.errors import NotFound
from kb.ways.service_file import Service
from retrieval.assembly import Retrieval

LARGEST_ID = 2**63 - 1


@dataclass(frozen=True)
class Work:
    """A case on the desk of somebody who may work on it."""

    session: Session
    case: Case
    viewer: Viewer
    config: Config
    retrieval: Retrieval | None
    search: SlotState
    locale: Locale
    service: Service

    @property
    def case_id(self) -> int:
        return stored_id(self.case.id)

    @property
    def url(self) -> str:
        return f"/desk/cases/{self.case_id}"

    def back(self, anchor: str = "") -> Redirect:
        """Return to the case, to a place on its page if one is named."""
        return Redirect(self.url + (f"#{anchor}" if anchor else ""), status_code=303)


CurrentWork = NamedDependency[SkipValidation[Work]]


def provide_work(
    request: HTTPRequest,
    session: CurrentSession,
    staff_viewer: CurrentViewer,
    case_id: FromPath[int],
) -> Work:
    """Return the case of this address.

    Raises:
        NotFound: there is no such case.
    """
    case = queries.case(session, staff_viewer, case_id) if case_id <= LARGEST_ID else None
    if case is None:
        raise NotFound
    site = site_of(request)
    return Work(
        session=session,
        case=case,
        viewer=staff_viewer,
        config=site.config,
        retrieval=site.slot.retrieval,
        search=site.slot.state,
        service=site.service,
        locale=rendering.locale_of(request),
    )
