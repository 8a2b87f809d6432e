"""Photographs every page at 360 and 1280 pixels, in German and English, light and some dark.

    python tests/shots.py [--out var/shots] [--only PATTERN] [--theme FILE]

The demo is served from a copy of `shots-home` beside the pictures, which is prepared once. What is
photographed stands in `album.py`. The pictures are for looking at: `index.html` shows them side by
side. A page that cannot be brought into its state is told at the end, and the others are taken.
"""

import argparse
import re
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from desk.demonstration import FOLDER
from kb.config import LOCALES
from tests.album import editor, invite, shots
from tests.poses import Shot
from tests.running import PASSWORD, Lotse, chromium, furnish

WIDTHS = {360: 740, 1280: 900}
PATIENCE = 15_000
"""Milliseconds until a state has to be there."""


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("var/shots"))
    parser.add_argument("--only", default="", help="Names to take, as a regular expression.")
    parser.add_argument("--theme", type=Path, help="The theme file of an operator.")
    wanted = parser.parse_args()
    browser_path = chromium()
    if browser_path is None:
        sys.exit("There is no chromium to take pictures with.")
    kept = Lotse(wanted.out.resolve().parent / "shots-home")
    furnish(kept)
    wanted.out.mkdir(parents=True, exist_ok=True)
    failed: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        home = Path(shutil.copytree(kept.home, Path(folder, "home")))
        ways = {"LOTSE_SERVICE_FILE": str(FOLDER / "service.toml")}
        lotse = Lotse(home, theme=wanted.theme, settings=ways)
        sitters = invite(lotse)
        with lotse.serving(), sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"]
            )
            for locale in LOCALES:
                album = list(shots(locale, sitters[locale]))
                for width in WIDTHS:
                    failed += _take(browser, lotse, album, _Setting(locale, width, wanted))
            browser.close()
    _contact_sheet(wanted.out)
    if failed:
        sys.exit("These are missing:\n" + "\n".join(failed))


@dataclass(frozen=True)
class _Setting:
    locale: str
    width: int
    wanted: argparse.Namespace

    def target(self, name: str, *, dark: bool) -> Path:
        shade = "-dark" if dark else ""
        return Path(self.wanted.out, f"{name}-{self.locale}-{self.width}{shade}.png")


def _take(browser: Browser, lotse: Lotse, album: list[Shot], setting: _Setting) -> list[str]:
    """Take the pictures of a screen; return what could not be taken."""
    failed = []
    for dark in (False, True):
        context = browser.new_context(
            base_url=lotse.url,
            viewport={"width": setting.width, "height": WIDTHS[setting.width]},
            locale=setting.locale,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        chosen = [shot for shot in album if not dark or shot.in_the_dark]
        chosen = [shot for shot in chosen if re.search(setting.wanted.only, shot.name)]
        for shot in sorted(chosen, key=lambda one: one.is_of_desk):
            if shot.is_of_desk and not context.cookies():
                _sign_in(page, setting.locale)
            target = setting.target(shot.name, dark=dark)
            try:
                _photograph(page, shot, target)
            except PlaywrightError as error:
                failed.append(f"{target.stem}: {error.message.splitlines()[0]}")
        context.close()
    return failed


def _photograph(page: Page, shot: Shot, target: Path) -> None:
    page.goto(shot.path)
    if shot.then is not None:
        shot.then(page)
    page.wait_for_load_state("networkidle")
    covers = page.locator("dialog[open], :popover-open").count() > 0
    page.screenshot(path=target, full_page=not covers)


def _sign_in(page: Page, locale: str) -> None:
    page.goto("/desk/sign-in")
    page.fill("#login", editor(locale))
    page.fill("#password", PASSWORD)
    page.click("#sign-in-form button")
    page.wait_for_url("**/desk/cases*")


def _contact_sheet(folder: Path) -> None:
    """Write a page with every picture."""
    figures = "".join(
        f'<figure><a href="{path.name}"><img src="{path.name}" alt="" height="420"></a>'
        f"<figcaption>{path.stem}</figcaption></figure>"
        for path in sorted(folder.glob("*.png"))
    )
    style = "body{font:14px sans-serif;display:flex;flex-wrap:wrap}img{border:1px solid #ccc}"
    head = f'<!doctype html><meta charset="utf-8"><title>Lotse</title><style>{style}</style>'
    Path(folder, "index.html").write_text(head + figures)


if __name__ == "__main__":
    main()
