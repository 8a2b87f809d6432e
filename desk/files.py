"""What is not a page: static files, images of articles, robots.txt, the sitemap."""

from pathlib import PurePosixPath

from litestar import Response, Router, get
from litestar.params import FromPath

from desk import sitemap
from desk.deps import CurrentConfig, CurrentSession, CurrentViewer
from desk.packing import is_taken
from desk.rendering import HTTPRequest
from desk.site import site_of
from kb.articles import queries
from kb.errors import NotFound
from kb.writing import pictures

IMAGE_TYPES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"})
FOREVER = "public, max-age=31536000, immutable"


@get("/static/{name:path}", sync_to_thread=False)
def show_static(request: HTTPRequest, name: FromPath[PurePosixPath]) -> Response[bytes]:
    """Serve a file of ours; with its version in the address it may be kept for ever."""
    asset = site_of(request).assets.files.get(str(name).lstrip("/"))
    if asset is None:
        raise NotFound
    is_versioned = request.query_params.get("v") == asset.version
    headers = {
        "cache-control": FOREVER if is_versioned else "no-cache",
        "vary": "Accept-Encoding",
    }
    if asset.packed and is_taken(request.headers):
        headers["content-encoding"] = "gzip"
        return Response(asset.packed, media_type=asset.content_type, headers=headers)
    return Response(asset.content, media_type=asset.content_type, headers=headers)


@get("/media/{media_id:str}", sync_to_thread=True)
def show_media(
    media_id: FromPath[str], session: CurrentSession, viewer: CurrentViewer
) -> Response[bytes]:
    """Serve an image to those who may read, or write, an article that shows it."""
    media = queries.media(session, viewer, media_id) or pictures.shown(session, viewer, media_id)
    if media is None or media.content_type not in IMAGE_TYPES:
        raise NotFound
    headers = {
        "cache-control": "no-cache, private",
        "content-security-policy": "default-src 'none'; sandbox",
        "content-disposition": "inline",
    }
    return Response(media.content, media_type=media.content_type, headers=headers)


@get("/robots.txt", sync_to_thread=False)
def show_robots(config: CurrentConfig) -> Response[str]:
    """Ask crawlers to leave alone what is not for them."""
    lines = ("User-agent: *", "Disallow: /desk", "Disallow: /*/cases/", "Disallow: /*/search")
    text = "\n".join((*lines, f"Sitemap: {config.public_url}/sitemap.xml", ""))
    return Response(text, media_type="text/plain")


@get("/sitemap.xml", sync_to_thread=True)
def show_sitemap(session: CurrentSession, config: CurrentConfig) -> Response[str]:
    """List every page anyone may read, with its other languages."""
    return Response(sitemap.listing(session, config.public_url), media_type="application/xml")


router = Router("/", route_handlers=[show_static, show_media, show_robots, show_sitemap])
