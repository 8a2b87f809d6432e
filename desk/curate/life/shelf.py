"""Categories as a list to choose from: those below others are shown so."""

from dataclasses import dataclass

from sqlmodel import Session

from kb.articles import tree
from kb.articles.tree import Node
from kb.config import LOCALES


@dataclass(frozen=True)
class CategoryChoice:
    """A category to choose, with all that it stands below."""

    id: int
    name: str
    depth: int


def category_choices(session: Session, locale: str) -> list[CategoryChoice]:
    """Return every category in the order of the tree, named with those above it."""
    path: list[str] = []
    found = []
    for node in tree.nodes(session):
        del path[node.depth :]
        path.append(name_of(node, locale))
        found.append(CategoryChoice(node.id, " › ".join(path), node.depth))
    return found


def name_of(node: Node, locale: str) -> str:
    """Return what a category is called here; in another language rather than not at all."""
    named = [node.names.get(each) for each in (locale, *LOCALES)]
    return next((name for name in named if name), node.key)
