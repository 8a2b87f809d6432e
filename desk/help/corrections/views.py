"""What readers see of the dialogue about an article: the form, what became of it, the history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from sqlmodel import Session

from desk.help.contact.forms import new_key
from desk.help.corrections.forms import ReportForm
from desk.passages import sections
from desk.rendering import PrivateView
from kb.access import Viewer
from kb.articles.policy import address
from kb.articles.queries import Published, published_in
from kb.curation import queries
from kb.curation.models import Correction, CorrectionState, Fault
from kb.db import stored_id
from kb.mail.policy import masked


@dataclass(frozen=True)
class ReportState:
    """Where a reader stands: not asked yet, something wrong with the form, or acknowledged."""

    url: str = ""
    sections: Sequence[str] = ()
    form: ReportForm = field(default_factory=ReportForm)
    errors: Mapping[str, str] = field(default_factory=dict)
    is_open: bool = False
    focus: str = ""
    """The field the reader goes on with, where there is one."""
    status_url: str = ""
    """The private page of the correction, once it is kept."""
    has_address: bool = False

    @property
    def faults(self) -> list[Fault]:
        return list(Fault)


@dataclass(frozen=True)
class ReportBox(PrivateView):
    """The fragment."""

    template: ClassVar[str] = "help/_report.html"
    report: ReportState


@dataclass(frozen=True)
class ReportPage(ReportBox):
    """The page for those without JavaScript, and for links from elsewhere."""

    template: ClassVar[str] = "help/report.html"
    title: str
    article_url: str


@dataclass(frozen=True)
class Change:
    """What a correction led to, for everyone."""

    summary: str
    changed: datetime


@dataclass(frozen=True)
class Dialogue:
    """All that readers have contributed to an article, and the way to contribute."""

    report: ReportState
    tips: Sequence[str]
    history: Sequence[Change]


@dataclass(frozen=True)
class CorrectionPage(PrivateView):
    """What became of a correction: a private page for whoever wrote it."""

    template: ClassVar[str] = "help/correction.html"
    correction: Correction
    state: str
    is_waiting: bool
    awaits_confirmation: bool
    address: str
    """Masked: whoever has the link need not learn it."""
    silence_url: str
    article_title: str
    article_url: str


@dataclass(frozen=True)
class ConfirmationPage(PrivateView):
    """Asks for the press of a button: a scanner that opens links in mails presses none."""

    template: ClassVar[str] = "help/confirmation.html"
    url: str


def dialogue(session: Session, shown: Published) -> Dialogue:
    """Return what an article's page shows below the article."""
    translation_id = stored_id(shown.translation.id)
    return Dialogue(
        report=report_state(shown, blank(shown)),
        tips=[tip.shown for tip in queries.shown_tips(session, translation_id)],
        history=[
            Change(each.summary, each.decided_at or each.received_at)
            for each in queries.history(session, translation_id)
        ],
    )


def blank(shown: Published, fault: str = "") -> ReportForm:
    """Return an empty form about the revision on show."""
    return ReportForm(
        revision_id=stored_id(shown.revision.id),
        fault=next((each for each in Fault if each == fault), None),
        key=new_key(),
    )


def report_state(
    shown: Published,
    form: ReportForm,
    *,
    errors: Mapping[str, str] | None = None,
    is_open: bool = False,
    focus: str = "",
) -> ReportState:
    """Return the form as it is to be shown."""
    return ReportState(
        url=f"{_address(shown)}/report",
        sections=list(dict.fromkeys(each.title for each in sections(shown.revision.body))),
        form=form,
        errors=errors or {},
        is_open=is_open or bool(errors),
        focus=focus,
    )


def report_page(shown: Published, state: ReportState) -> ReportPage:
    return ReportPage(state, title=shown.revision.title, article_url=_address(shown))


def correction_page(
    session: Session, viewer: Viewer, correction: Correction, locale: str
) -> CorrectionPage:
    """Return the private page; the article is named as long as it may be read."""
    about = queries.about(session, viewer, correction.revision_id)
    shown = about and published_in(
        session,
        viewer,
        article_id=stored_id(about.article.id),
        locales=[about.translation.locale],
    )
    return CorrectionPage(
        correction=correction,
        state=f"correction.state.{correction.state.name.lower()}",
        is_waiting=correction.state is CorrectionState.RECEIVED,
        awaits_confirmation=queries.awaits_confirmation(session, correction),
        address=masked(correction.email),
        silence_url=f"{private_url(correction, locale)}/silence",
        article_title=shown.revision.title if shown else "",
        article_url=_address(shown) if shown else "",
    )


def acknowledged(correction: Correction, locale: str, *, has_address: bool) -> ReportState:
    """Return what takes the place of the form."""
    return ReportState(
        status_url=private_url(correction, locale),
        has_address=has_address,
        is_open=True,
    )


def private_url(correction: Correction, locale: str) -> str:
    """Return the address only its writer knows."""
    return f"/{locale}/corrections/{correction.public_id}"


def _address(shown: Published) -> str:
    return address(shown.translation.locale, shown.translation.slug)
