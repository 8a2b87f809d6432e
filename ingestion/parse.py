"""One raw document becomes one page: Markdown, with a title, a language and known places."""

import dataclasses
from collections.abc import Callable
from pathlib import PurePosixPath

from ingestion import (
    clean,
    dialects,
    frontmatter,
    headings,
    html,
    inline_html,
    language,
    notes,
)
from ingestion.includes import Includes
from ingestion.masking import Code
from ingestion.records import ImportOptions, Markup, Meta, Page, RawDocument, Unreadable
from kb import text as texts
from kb.articles import conditions, devices

_WORDS_OF_TITLE = 8
Say = Callable[[str], None]


def page(raw: RawDocument, options: ImportOptions, includes: Includes, say: Say) -> Page:
    """Parse a document.

    Raises:
        Unreadable: it is damaged, empty, or in a language we do not have.
    """
    match raw.markup:
        case Markup.MARKDOWN:
            return _markdown(raw, options, includes, say)
        case Markup.HTML:
            return _html(raw, options)
        case Markup.PLAIN:
            return _plain(raw, options)


def _markdown(raw: RawDocument, options: ImportOptions, includes: Includes, say: Say) -> Page:
    values, body = frontmatter.split(texts.clean(raw.text))
    meta = frontmatter.meta(values)
    if meta.own is not None:
        return _own(raw, meta, body, options)
    locale = raw.locale or meta.locale or language.of_text(body, otherwise=options.locale)
    code = Code()
    masked = inline_html.without_hidden(code.mask(dialects.before_masking(body)))
    masked = includes.expand(masked, raw.folder, code, say)
    masked = notes.to_quotes(dialects.to_commonmark(masked), locale=locale)
    outline = headings.outline(masked)
    tidy = code.unmask(clean.body(inline_html.to_markdown(outline.body)))
    outline.title = code.unmask(outline.title).replace("`", "")
    _check_devices(tidy, say)
    return _page(raw, meta, locale, headings.Outline(outline.title, tidy, outline.anchors))


def _own(raw: RawDocument, meta: Meta, body: str, options: ImportOptions) -> Page:
    """Take a text of our own form as it is."""
    said = body.strip()
    locale = raw.locale or meta.locale or language.of_text(said, otherwise=options.locale)
    page = _page(raw, meta, locale, headings.Outline(body=said or _name(raw.key)))
    return dataclasses.replace(page, title=texts.one_line(meta.title), body=said, own=meta.own)


def _check_devices(body: str, say: Say) -> None:
    """Say what in the marks of parts for some devices may be a slip."""
    strange = [name for name in conditions.marked(body) if not devices.is_known(name)]
    if strange:
        say(f"is for devices Lotse has no words for, shown as written: {', '.join(strange)}")
    if body.count("{for ") != body.count("{/for}"):
        say("has a {for …} without {/for}, or the other way round; it is shown as text")


def _html(raw: RawDocument, options: ImportOptions) -> Page:
    if raw.meta.title:
        body = clean.body(html.fragment(raw.text))
        locale = raw.locale or language.of_text(body, otherwise=options.locale)
        return _page(raw, raw.meta, locale, headings.Outline(body=body))
    found = html.page(raw.text)
    body = clean.body(inline_html.to_markdown(found.body))
    stated = raw.locale or language.of_code(found.locale)
    locale = stated or language.of_text(body, otherwise=options.locale)
    meta = Meta(summary=found.description)
    return _page(raw, meta, locale, headings.Outline(found.title, body, dict(found.anchors)))


def _plain(raw: RawDocument, options: ImportOptions) -> Page:
    body = clean.body(raw.text)
    title = raw.meta.title or _opening(body)
    locale = raw.locale or language.of_text(body, otherwise=options.locale)
    return _page(raw, raw.meta, locale, headings.Outline(title, body))


def _page(raw: RawDocument, meta: Meta, locale: str, outline: headings.Outline) -> Page:
    body = outline.body.strip()
    if not body:
        raise Unreadable("has no text")
    title = _without_site(meta.title, outline.title) or outline.title or _name(raw.key)
    return Page(
        key=raw.key,
        locale=locale,
        origin=raw.origin,
        title=texts.one_line(title),
        body=body,
        summary=texts.one_line(meta.summary, limit=500),
        tags=tuple(texts.one_line(tag, limit=60) for tag in meta.tags),
        phrases=tuple(texts.one_line(phrase, limit=200) for phrase in meta.phrases),
        slug=_slug(meta),
        audience=meta.audience,
        category=raw.category,
        named_category=meta.category,
        is_draft=meta.is_draft,
        verified=meta.verified,
        verified_by=texts.one_line(meta.verified_by, limit=120),
        folder=raw.folder,
        links_by_anchor=raw.links_by_anchor,
        anchors=outline.anchors,
        has_links=raw.markup is not Markup.PLAIN,
    )


def _slug(meta: Meta) -> str:
    if meta.own is not None or not meta.slug:
        return meta.slug
    return texts.slugify(meta.slug, fallback="")


def _name(key: str) -> str:
    name = PurePosixPath(key).name.replace("-", " ").replace("_", " ").strip()
    return name[:1].upper() + name[1:]


def _opening(body: str) -> str:
    """Return the first words, for a title; three dots say that it is none of the author's."""
    words = body.split()
    cut = "…" if len(words) > _WORDS_OF_TITLE else ""
    return " ".join(words[:_WORDS_OF_TITLE]) + cut


def _without_site(title: str, heading: str) -> str:
    """A title like `Topic | Site` is meant for search engines: the heading says it better."""
    topic, bar, _ = title.rpartition("|")
    return (heading or topic.strip()) if bar and topic.strip() else title
