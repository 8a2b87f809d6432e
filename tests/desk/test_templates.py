"""Templates read exactly their view, and hold no words of their own."""

import dataclasses
import importlib
import json
import pkgutil
import re
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, meta, nodes

import desk
from desk import assets, i18n, templating
from desk.rendering import View
from kb import errors
from kb.config import LOCALES
from kb.errors import Problem
from retrieval.results import Notice

ENVIRONMENT = templating.environments(assets.load())["de"]
AMBIENT = set(ENVIRONMENT.globals) | {"frame", "self"}
TEMPLATES = sorted(
    path.relative_to(templating.TEMPLATES).as_posix()
    for path in templating.TEMPLATES.rglob("*.html")
)
DATA = '<script type="application/ld+json">'
"""Holds data, which no browser runs; `desk.help.articles.heads` writes it."""
WORDS_IN_MARKUP = re.compile(r">[^<]*[A-Za-zÄÖÜäöüß]{2,}[^<]*<")
SPOKEN_ATTRIBUTES = re.compile(
    r"""\b(?:title|alt|placeholder|aria-label|data-announce)=["'](?!\{)[^"']*\w"""
)


def _views() -> list[type[View]]:
    for module in pkgutil.walk_packages(desk.__path__, "desk."):
        importlib.import_module(module.name)
    found, todo = [], [View]
    while todo:
        kind = todo.pop()
        todo += kind.__subclasses__()
        if "template" in kind.__dict__:
            found.append(kind)
    return sorted(set(found), key=lambda kind: kind.__qualname__)


def _read_by(name: str) -> set[str]:
    """Return what a template reads, with all it extends and includes; imports get no context."""
    tree = ENVIRONMENT.parse((templating.TEMPLATES / name).read_text())
    read = meta.find_undeclared_variables(tree) - {
        node.target for node in tree.find_all(nodes.Import)
    }
    own = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"}
    for node in tree.find_all((nodes.Extends, nodes.Include)):
        assert isinstance(node.template, nodes.Const), f"{name}: a template chosen at run time"
        read |= _read_by(node.template.value) - own
    return read - AMBIENT


@pytest.mark.parametrize("view", _views(), ids=lambda view: view.__qualname__)
def test_a_template_reads_exactly_its_view(view):
    given = {field.name for field in dataclasses.fields(view)}
    assert _read_by(view.template) == given


FRAGMENTS = sorted({view.template for view in _views() if "_" in view.template.rsplit("/")[-1][0]})


@pytest.mark.parametrize("name", FRAGMENTS)
def test_a_fragment_is_an_element_of_its_own_name(name):
    identity = Path(name).stem.lstrip("_").replace("_", "-")
    text = (templating.TEMPLATES / name).read_text()
    assert f'id="{identity}' in text


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_words_stand_in_a_template(name):
    text = (templating.TEMPLATES / name).read_text()
    bare = re.sub(
        r"\{% block body_class %\}\w+\{% endblock %\}|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}",
        "",
        text,
        flags=re.DOTALL,
    )
    assert not WORDS_IN_MARKUP.search(bare), WORDS_IN_MARKUP.search(bare)
    assert not SPOKEN_ATTRIBUTES.search(text), SPOKEN_ATTRIBUTES.search(text)


@pytest.mark.parametrize("name", TEMPLATES)
def test_nothing_inline_that_the_policy_forbids(name):
    text = (templating.TEMPLATES / name).read_text()
    if name.startswith("letters/"):  # mail programs know no stylesheets, and run nothing
        text = text.replace(" style=", " ")
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|hx-on|hx-vals=['\"]js", text)
    for script in re.findall(r"<script[^>]*>", text.replace(DATA, "")):
        assert "src=" in script
        assert "defer" in script
    assert "|safe" not in text.replace(" ", "")


def _catalogue(locale: str) -> dict[str, str]:
    return dict(i18n.words(locale).entries)


def test_the_languages_say_the_same_things_with_the_same_values():
    german, english = _catalogue("de"), _catalogue("en")
    assert german.keys() == english.keys()
    for key, text in german.items():
        slots = re.findall(r"\{(\w+)\}", text)
        assert sorted(slots) == sorted(re.findall(r"\{(\w+)\}", english[key])), key
        assert text.strip(), key


def test_catalogues_stand_in_files_of_one_area_each():
    for locale in LOCALES:
        for path in i18n.FOLDER.glob(f"*.{locale}.json"):
            assert isinstance(json.loads(path.read_text()), dict)
            others = [path.with_name(path.name.replace(f".{locale}.", f".{x}.")) for x in LOCALES]
            assert all(other.exists() for other in others)


def _sources() -> str:
    folder = Path(desk.__file__).parent
    paths = [*folder.rglob("*.py"), *templating.TEMPLATES.rglob("*.html")]
    return "\n".join(path.read_text() for path in paths)


def test_every_key_asked_for_is_there_and_every_key_there_is_asked_for():
    known, sources = set(_catalogue("de")), _sources()
    counted = {key.rsplit(".", 1)[0] for key in known if key.endswith((".one", ".other"))}
    plain = set(re.findall(r"""\bt\(\s*["']([\w.]+)["']\s*[,)]""", sources))
    assert plain <= known | counted
    literals = set(re.findall(r"""["']([a-z_]+(?:\.[\w]+)+)["']""", sources))
    prefixes = tuple(
        re.findall(r"""["']([a-z_]+(?:\.[\w]+)*\.)["']\s*~""", sources)
        + re.findall(r"""f["']([a-z_]+(?:\.[a-z_]+)*\.)\{""", sources)
    )
    told = {problem.message for problem in _problems()} | {notice.value for notice in Notice}
    unused = {
        key
        for key in known - plain - literals - told
        if not key.startswith(prefixes)
        and key.removesuffix(".one").removesuffix(".other") not in plain
    }
    assert unused == set()


def _problems() -> list[type[Problem]]:
    return [
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, Problem)
    ]


def test_every_problem_and_notice_has_words():
    for locale in LOCALES:
        known = _catalogue(locale)
        assert {problem.message for problem in _problems()} <= known.keys()
        assert {notice.value for notice in Notice} <= known.keys()


def test_templates_parse_without_the_application():
    plain = Environment(loader=FileSystemLoader(templating.TEMPLATES), autoescape=True)
    for name in TEMPLATES:
        plain.parse((templating.TEMPLATES / name).read_text())
