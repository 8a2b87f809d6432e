"""A folder of Markdown becomes articles that read and link as their authors meant."""

from sqlmodel import Session, select

from ingestion.records import ImportOptions, Outcome
from kb.access import Audience
from kb.articles import actions as articles
from kb.articles.models import ArticleMedia, Category, CategoryName, Media, State

SOURCE = "markdown:samples/docs"


def test_translations_are_paired_by_path_and_keep_title_slug_and_tags(desk, samples):
    report = desk.load(samples / "docs")
    german, english = desk.revision("wlan/langsam", "de"), desk.revision("wlan/langsam", "en")
    assert not report.failures
    assert report.source == SOURCE
    assert (german.title, english.title) == ("WLAN ist langsam", "Wi-Fi is slow")
    assert german.tags == ["WLAN", "Tempo"]
    assert german.summary == "So wird das WLAN wieder schnell."
    assert desk.translation("wlan/langsam", "de").slug == "wlan-langsam"
    assert report.skipped == 2  # the includes


def test_the_body_keeps_steps_notes_tables_and_code(desk, samples):
    desk.load(samples / "docs")
    body = desk.body("wlan/langsam", "de")
    assert not body.startswith("#")
    assert body.startswith("Kogge hilft Ihnen beim Messen.")
    assert "## Messen Sie das Tempo" in body
    assert "   > **Hinweis:** Nur so ist die Messung gültig." in body
    assert "2. Drücken Sie `F5`." in body
    assert "| unter 10; Mbit/s | langsam |" in body
    assert "[!INCLUDE[nicht](hier.md)] <kbd>bleibt</kbd>" in body
    assert "<a" not in body


def test_links_between_articles_name_the_article_and_its_section(desk, samples):
    desk.load(samples / "docs")
    restart = articles.public_id(SOURCE, "wlan/neustart")
    slow = articles.public_id(SOURCE, "wlan/langsam")
    body = desk.body("wlan/langsam", "de")
    assert f"[Neu starten](article:{restart}#so-starten-sie-neu)" in body
    assert ", Unbekannt und [Web](https://example.org/x)." in body
    assert f"(article:{slow}#messen-sie-das-tempo)" in desk.body("wlan/neustart", "de")
    assert f"(article:{restart}#how-to-restart)" in desk.body("wlan/langsam", "en")


def test_an_image_is_stored_once_and_shown_from_our_store(desk, samples):
    desk.load(samples / "docs")
    content = (samples / "docs/media/punkt.png").read_bytes()
    media_id = articles.media_id(content)
    with Session(desk.engine) as session:
        stored = session.exec(select(Media)).all()
        shown = session.exec(select(ArticleMedia)).all()
    assert [(one.id, one.content_type, one.content) for one in stored] == [
        (media_id, "image/png", content)
    ]
    assert len(shown) == 1
    assert f"![Messung](/media/{media_id})" in desk.body("wlan/langsam", "de")


def test_categories_come_from_the_file_beside_the_articles(desk, samples):
    desk.load(samples / "docs")
    with Session(desk.engine) as session:
        wifi = session.exec(select(Category).where(Category.key == "wifi")).one()
        network = session.exec(select(Category).where(Category.key == "network")).one()
        names = {
            (name.locale, name.name)
            for name in session.exec(
                select(CategoryName).where(CategoryName.category_id == wifi.id)
            )
        }
    assert wifi.parent_id == network.id
    assert names == {("de", "WLAN"), ("en", "Wi-Fi")}
    assert desk.article("wlan/langsam").category_id == wifi.id
    assert desk.article("wlan/neustart").category_id == wifi.id  # its folder's name is one


def test_a_file_can_narrow_the_audience_and_never_widen_it(desk, folder):
    root = folder(
        {
            "de/offen.md": "---\naudience: public\n---\n# Offen\n\nDas dürfen alle Leute lesen.",
            "de/intern.md": "---\naudience: staff\n---\n# Intern\n\nDas ist nur für uns selbst.",
            "de/still.md": "# Still\n\nDieser Text sagt nicht, für wen er gedacht ist.",
        }
    )
    desk.load(root)
    assert desk.article("offen").audience is Audience.PUBLIC
    assert desk.article("still").audience is Audience.STAFF
    desk.load(root, ImportOptions(audience=Audience.PUBLIC))
    assert desk.article("intern").audience is Audience.STAFF
    assert desk.article("still").audience is Audience.PUBLIC
    desk.load(root, ImportOptions(audience=Audience.STAFF))
    assert desk.article("offen").audience is Audience.STAFF


def test_a_translation_outside_the_import_keeps_the_audience_narrow(desk, folder):
    root = folder(
        {
            "de/x.md": "---\naudience: staff\n---\n# Geheim\n\nNur für uns, für sonst niemanden.",
            "en/x.md": "---\naudience: public\n---\n# Open\n\nThis is open to everybody.",
        }
    )
    desk.load(root)
    desk.load(root / "en/x.md")
    assert desk.article("x").audience is Audience.STAFF


def test_the_language_comes_from_suffix_front_matter_words_or_the_operator(desk, folder):
    root = folder(
        {
            "a.de.md": "# A\n\nEins zwei drei vier.",
            "a.en.md": "# A\n\nOne two three four.",
            "b.md": "---\nlang: en-GB\n---\n# B\n\nTagliatelle al ragù.",
            "c.md": "# C\n\nDer Router steht im Flur und leuchtet die ganze Nacht grün.",
            "d.md": "# D\n\nOK",
        }
    )
    report = desk.load(root, ImportOptions(locale="en"))
    assert not report.failures
    assert desk.body("a", "de") == "Eins zwei drei vier."
    assert desk.body("a", "en") == "One two three four."
    for key, locale in (("b", "en"), ("c", "de"), ("d", "en")):
        assert desk.translation(key, locale)


def test_front_matter_of_hugo_and_jekyll_is_understood(desk, folder):
    root = folder(
        {
            "hugo.en.md": '+++\ntitle = "Hugo page"\ndraft = true\ntags = ["a", "b"]\n+++\n\nSee '
            '[that]({{< ref "jekyll.en.md" >}}) {{< youtube abc >}} here.',
            "jekyll.en.md": "---\ntitle: No\ncategories: [Tools]\ndescription: 'All: of it'\n---\n"
            "{% highlight python %}\nx = {{ y }}\n{% endhighlight %}\n\nText{: .lead}.",
        }
    )
    report = desk.load(root)
    jekyll, hugo = desk.revision("jekyll", "en"), desk.revision("hugo", "en")
    assert not report.failures
    assert (jekyll.title, jekyll.summary) == ("No", "All: of it")
    assert jekyll.body == "```python\nx = {{ y }}\n```\n\nText."
    assert hugo.tags == ["a", "b"]
    assert hugo.body.startswith("See [that](article:")
    assert desk.translation("hugo", "en").state is State.DRAFT


def test_notes_of_every_dialect_become_quotes_with_a_bold_label(desk, folder):
    root = folder(
        {
            "en/n.md": "# N\n\nFirst of all.\n\n> [!WARNING]\n> Hot.\n\n"
            ":::tip Good to know\nDo it.\n:::\n\n"
            '!!! note "Mind"\n    Step back.\n\n> [!NOTE]\n> - one\n\n'
            ':::image type="content" source="https://x.example/y.png" alt-text="A view":::\n'
        }
    )
    report = desk.load(root)
    body = desk.body("n", "en")
    assert "> **Warning:** Hot." in body
    assert "> **Good to know:** Do it." in body
    assert "> **Mind:** Step back." in body
    assert "> **Note:**\n>\n> - one" in body
    assert body.endswith("A view")
    assert [remark.text for remark in report.warnings] == [
        "images from other sites are not shown: https://x.example/y.png"
    ]


def test_html_in_markdown_becomes_markdown_and_scripts_vanish(desk, folder):
    root = folder(
        {
            "en/h.md": "# H\n\n<script>alert(1)</script>Press <b>Go</b><!-- gone -->"
            " m<sup>2</sup>.\n\n"
            "<table><tr><th>A</th></tr><tr><td>1|2</td></tr></table>\n\n"
            "<div>\n\nInside *it*, see [x][ref] and <your-name>.\n\n</div>\n\n[ref]: https://example.org/r\n"
        }
    )
    desk.load(root)
    assert desk.body("h", "en") == (
        "Press **Go** m².\n\n| A |\n| --- |\n| 1\\|2 |\n\n"
        "Inside *it*, see [x](https://example.org/r) and <your-name>."
    )


def test_other_headings_of_the_first_level_go_one_down(desk, folder):
    desk.load(
        folder({"en/x.md": "Title\n=====\n\nIntro.\n\n# Part\n\n## Sub {#sub}\n\n[up](#sub)"})
    )
    assert desk.revision("x", "en").title == "Title"
    assert desk.body("x", "en") == "Intro.\n\n## Part\n\n### Sub\n\n[up](#sub)"


def test_byte_order_marks_and_old_encodings_are_read(desk, folder):
    root = folder({"de/leer.txt": ""})
    (root / "de/a.md").write_bytes(b"\xef\xbb\xbf---\ntitle: Mit Marke\n---\nText hier drin.")
    (root / "de/b.md").write_bytes("# Größe\n\nÄpfel und Öl.".encode("cp1252"))
    (root / "de/c.md").write_bytes("# Weite\n\nÄpfel und Öl.".encode("utf-16"))
    assert not desk.load(root).failures
    assert desk.revision("a", "de").title == "Mit Marke"
    assert desk.body("b", "de") == desk.body("c", "de") == "Äpfel und Öl."


def test_search_phrases_come_with_the_front_matter_and_a_change_of_them_is_a_change(desk, folder):
    files = {"a.md": "---\ntitle: Roaming\nphrases:\n- Handy im Urlaub, geht das?\n---\nText."}
    desk.load(folder(files), ImportOptions(locale="de", publish=True))
    assert desk.revision("a", "de").phrases == ["Handy im Urlaub, geht das?"]
    again = desk.load(folder(files), ImportOptions(locale="de", publish=True))
    assert again.counts[Outcome.UNCHANGED] == 1
    files["a.md"] = files["a.md"].replace("Urlaub", "Ausland")
    desk.load(folder(files), ImportOptions(locale="de", publish=True))
    assert desk.revision("a", "de").phrases == ["Handy im Ausland, geht das?"]
