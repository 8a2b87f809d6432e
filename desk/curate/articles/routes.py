"""The routes of writing: the list, a new article, the editor and what helps while writing."""

from desk.curate.articles import beginning, helping, listing, pages

HANDLERS = [*listing.HANDLERS, *beginning.HANDLERS, *helping.HANDLERS, pages.router]
