"""Pictures and files that the bot uploads."""

import struct
from typing import Any

from tests.e2e.fakes.telegram_refusal import bug

Json = dict[str, Any]

PNG, JPEG, WEBP = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF"
LARGEST_PHOTO, LARGEST_FILE = 10 * 2**20, 50 * 2**20


def stored(known: dict[str, bytes], given: str, files: dict[str, bytes], most: int) -> str:
    """The id of a file: uploaded now, uploaded before, or fetched from a URL."""
    if not given.startswith("attach://"):
        if given not in known and not given.startswith(("http://", "https://")):
            raise bug("wrong file identifier/HTTP URL specified")
        return given
    content = files.get(given.removeprefix("attach://"))
    if not content:
        raise bug("file must be non-empty")
    if len(content) > most:
        raise bug("file is too big")
    name = f"file-{len(known) + 1}"
    known[name] = content
    return name


def photo(known: dict[str, bytes], given: str, files: dict[str, bytes]) -> list[Json]:
    """A picture in its only size."""
    name = stored(known, given, files, LARGEST_PHOTO)
    content = known.get(name)
    if content is not None and not content.startswith((PNG, JPEG, WEBP)):
        raise bug("IMAGE_PROCESS_FAILED")
    width, height = measured(content or b"")
    if width + height > 10_000 or width > 20 * height or height > 20 * width:
        raise bug("PHOTO_INVALID_DIMENSIONS")
    sizes: Json = {"file_id": name, "file_unique_id": f"u{name}", "width": width, "height": height}
    return [{**sizes, "file_size": len(content)} if content else sizes]


def measured(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG; what is no PNG counts as 100 by 100."""
    if not content.startswith(PNG):
        return 100, 100
    width, height = struct.unpack(">II", content[16:24])
    return int(width), int(height)


def document(known: dict[str, bytes], given: str, files: dict[str, bytes]) -> Json:
    """A file."""
    name = stored(known, given, files, LARGEST_FILE)
    return {"file_id": name, "file_unique_id": f"u{name}", "file_size": len(known.get(name, b""))}
