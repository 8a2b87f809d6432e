"""Pieces of the pages about runs: tables and numbers, everything escaped."""

from collections.abc import Sequence
from html import escape


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    top = "".join(f'<th scope="col">{escape(one)}</th>' for one in head)
    body = "\n".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows
    )
    return f"<table>\n<thead><tr>{top}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def shown(value: object) -> str:
    """Return a number in four digits; what was not scored says so."""
    if value is None:
        return "not scored"
    return f"{value:.4g}" if isinstance(value, int | float) else str(value)
