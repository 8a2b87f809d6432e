"""The category tree as editors see it, and one category to change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from sqlmodel import Session

from desk.curate import areas
from desk.curate.areas import Tab
from desk.curate.life.shelf import CategoryChoice, category_choices, name_of
from desk.rendering import PrivateView
from kb.articles import tree
from kb.articles.models import Category
from kb.articles.tree import Node
from kb.config import LOCALES, Locale

ICONS = (
    "folder",
    "document",
    "home",
    "person",
    "lock",
    "router",
    "phone",
    "mail",
    "message",
    "receipt",
    "parcel",
    "calendar",
    "clock",
    "tools",
    "lightbulb",
    "star",
    "link",
    "picture",
    "video",
    "info",
    "warning",
)
"""To choose from: each says something about a topic."""


@dataclass(frozen=True)
class CategoryRow:
    """A category in the list."""

    node: Node
    name: str
    other_names: Mapping[str, str]
    missing: Sequence[str]
    """Languages it has no name in."""


@dataclass(frozen=True)
class Typed:
    """What stands in the form, and what is wrong with it."""

    names: Mapping[str, str] = field(default_factory=dict)
    icon: str = "folder"
    parent_id: int | None = None
    error: str = ""


@dataclass(frozen=True)
class CategoriesPage(PrivateView):
    """All categories."""

    template: ClassVar[str] = "curate/life/categories.html"
    areas: Sequence[Tab]
    rows: Sequence[CategoryRow]
    moved: int
    """The one that was just moved: focus goes back to it; 0: none."""
    parents: Sequence[CategoryChoice]
    icons: Sequence[str]
    locales: Sequence[str]
    typed: Typed


@dataclass(frozen=True)
class CategoryPage(PrivateView):
    """One category."""

    template: ClassVar[str] = "curate/life/category.html"
    areas: Sequence[Tab]
    id: int
    name: str
    articles: int
    is_empty: bool
    parents: Sequence[CategoryChoice]
    targets: Sequence[CategoryChoice]
    """Where its contents can go."""
    icons: Sequence[str]
    locales: Sequence[str]
    typed: Typed


NOTHING_TYPED = Typed()


def categories_page(
    session: Session, locale: Locale, *, moved: int = 0, typed: Typed = NOTHING_TYPED
) -> CategoriesPage:
    """Return the tree."""
    return CategoriesPage(
        areas=areas.tabs(session, "categories"),
        rows=[_row(node, locale) for node in tree.nodes(session)],
        moved=moved,
        parents=category_choices(session, locale),
        icons=ICONS,
        locales=LOCALES,
        typed=typed,
    )


def category_page(
    session: Session, category: Category, locale: Locale, typed: Typed | None = None
) -> CategoryPage:
    """Return one category, as it is or as it was typed."""
    nodes = tree.nodes(session)
    node = next(each for each in nodes if each.id == category.id)
    inside = _inside(nodes, node)
    choices = [each for each in category_choices(session, locale) if each.id not in inside]
    return CategoryPage(
        areas=areas.tabs(session, "categories"),
        id=node.id,
        name=name_of(node, locale),
        articles=node.articles,
        is_empty=node.is_empty,
        parents=choices,
        targets=choices,
        icons=ICONS if node.icon in ICONS else (node.icon, *ICONS),
        locales=LOCALES,
        typed=typed or Typed(node.names, node.icon, node.parent_id),
    )


def _row(node: Node, locale: Locale) -> CategoryRow:
    name = name_of(node, locale)
    return CategoryRow(
        node,
        name,
        {each: said for each, said in node.names.items() if each != locale and said != name},
        [each for each in LOCALES if not node.names.get(each)],
    )


def _inside(nodes: Sequence[Node], node: Node) -> set[int]:
    """Return a category and all below it: it can be put under none of them."""
    found = {node.id}
    for each in nodes:  # parents come before their children
        if each.parent_id in found:
            found.add(each.id)
    return found
