"""The routes of the life of articles, together."""

from desk.curate.life import beside, categories, history, review, settings

HANDLERS = [
    *history.HANDLERS,
    *review.HANDLERS,
    *settings.HANDLERS,
    *beside.HANDLERS,
    *categories.HANDLERS,
]
