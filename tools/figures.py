"""Draws the figures of every pack as PNG: `python -m tools.figures` (with --check: compare).

Text in a drawing needs a font, and not every machine has one. So the PNG lies in the repository and
holds the checksum of the drawing that it was made from; the check compares that.
"""

from __future__ import annotations

import hashlib
import struct
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

WIDTH = 1280
KEY = b"drawn-from"
_SIGNATURE_AND_HEADER = 8 + 25


def main() -> int:
    """Draw every figure; with --check 1 if a drawing is newer than its picture."""
    stale = [svg for svg in sorted(Path("content/packs").glob("*/figures/*.svg")) if _stale(svg)]
    if "--check" in sys.argv:
        for svg in stale:
            print(f"{svg} was changed: run `python -m tools.figures`", file=sys.stderr)
        return int(bool(stale))
    for svg in stale:
        _picture(svg).write_bytes(_marked(_drawn(svg), _checksum(svg)))
        print(f"drew {_picture(svg)}")
    return 0


def _picture(svg: Path) -> Path:
    return svg.with_suffix(".png")


def _checksum(svg: Path) -> bytes:
    return hashlib.sha256(svg.read_bytes()).hexdigest().encode()


def _stale(svg: Path) -> bool:
    picture = _picture(svg)
    return not picture.exists() or _checksum(svg) not in set(_marks(picture.read_bytes()))


def _drawn(svg: Path) -> bytes:
    import resvg_py  # noqa: PLC0415 - only who changes a drawing needs it

    return bytes(resvg_py.svg_to_bytes(svg_path=str(svg), width=WIDTH, background="#ffffff"))


def _marked(png: bytes, checksum: bytes) -> bytes:
    """The picture with a text chunk behind its header (PNG specification, 11.3.4.3)."""
    body = b"tEXt" + KEY + b"\0" + checksum
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return png[:_SIGNATURE_AND_HEADER] + chunk + png[_SIGNATURE_AND_HEADER:]


def _marks(png: bytes) -> Iterator[bytes]:
    at = 8
    while at + 8 <= len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        if kind == b"tEXt":
            key, _, value = png[at + 8 : at + 8 + length].partition(b"\0")
            if key == KEY:
                yield value
        at += 12 + length


if __name__ == "__main__":
    sys.exit(main())
