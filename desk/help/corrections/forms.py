"""What a reader sends who says that something is wrong, and what can be wrong with that."""

from dataclasses import dataclass

from desk.deps import Fields
from desk.help.contact.forms import is_email, new_key
from kb.curation import policy
from kb.curation.actions import Report
from kb.curation.models import Fault
from kb.text import one_line

_SHORTEST_KEY = 16


@dataclass(frozen=True)
class ReportForm:
    """A correction on its way."""

    revision_id: int = 0
    fault: Fault | None = None
    section: str = ""
    passage: str = ""
    wording: str = ""
    note: str = ""
    email: str = ""
    website: str = ""
    """A trap: people do not see it, machines fill it in."""
    key: str = ""

    def errors(self) -> dict[str, str]:
        """Return a message key for every field that cannot be used."""
        says = policy.says_something(passage=self.passage, wording=self.wording, note=self.note)
        checks = {
            "fault": ("report.error.fault", self.fault is not None),
            "note": ("report.error.note", says and len(self.note) <= policy.LONGEST_NOTE),
            "wording": ("report.error.wording", len(self.wording) <= policy.LONGEST_WORDING),
            "email": ("contact.error.email", not self.email or is_email(self.email)),
            "website": ("contact.error.website", not self.website),
        }
        return {name: key for name, (key, is_good) in checks.items() if not is_good}

    def report(self) -> Report:
        """Return what is kept; only a form without errors has it."""
        return Report(
            fault=self.fault or Fault.OTHER,
            section=self.section,
            passage=self.passage,
            wording=self.wording,
            note=self.note,
        )


def report_form(fields: Fields) -> ReportForm:
    """Read the form."""
    chosen, key = fields.line("fault"), fields.line("key", limit=64)
    return ReportForm(
        revision_id=fields.number("revision") or 0,
        fault=next((fault for fault in Fault if fault == chosen), None),
        section=fields.line("section"),
        passage=fields.text("passage")[: policy.LONGEST_PASSAGE],
        wording=fields.text("wording"),
        note=fields.text("note"),
        email=one_line(fields.line("email")),
        website=fields.line("website"),
        key=key if len(key) >= _SHORTEST_KEY else new_key(),
    )
