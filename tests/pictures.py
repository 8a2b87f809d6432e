"""Draws the pictures of the demo's articles: from SVG, which the importer takes not, to PNG.

    python tests/pictures.py

An article may show only what is in PNG, JPEG, GIF or WebP, because SVG can carry scripts.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from playwright.sync_api import sync_playwright

from desk.demonstration import FOLDER
from tests.running import chromium

SOURCES, DRAWN = FOLDER / "pictures", FOLDER / "articles" / "pictures"
SIZE = (960, 540)


def main() -> None:
    """Draw them all."""
    browser_path = chromium()
    if browser_path is None:
        sys.exit("There is no chromium to draw with.")
    DRAWN.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]})
        for source in sorted(SOURCES.glob("*.svg")):
            page.set_content(f"<style>body{{margin:0}}</style>{source.read_text()}")
            target = DRAWN / f"{source.stem}.png"
            page.screenshot(path=target, omit_background=True)
        browser.close()


if __name__ == "__main__":
    main()
