"""Decodes pictures in a process of its own, started by worker_pool: a damaged file may crash a native decoder.

Standard input, again and again: one line "mime bytes most_pixels width height seconds", then the file's bytes; the
result should not fall under width × height. Standard output: one line "mode width height full_width full_height
profile_length", the colour profile, the pixels, upright where the format itself says how it is turned (HEIC, AVIF,
TIFF); or "undecodable", or "too_many_pixels". It imports nothing of ours, so that it starts quickly, and ends by
itself when nobody asks for IDLE_SECONDS.
"""

import io
import os
import sys
import threading
from typing import Any, BinaryIO

MEMORY = 3 << 30
IDLE_SECONDS = 20.0
_PLAIN = {"L", "LA", "RGB", "RGBA", "CMYK"}


class Refused(Exception):
    """The answer is one word."""


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows: the parent's time limit holds alone
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_time(seconds: int) -> None:
    """Allow this many more seconds of the processor: the limit counts from the start of the process."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def _opened(mime: str, data: bytearray) -> Any:
    """Return the lazily opened picture by its own plug-in: no other format is ever tried."""
    if mime in {"image/heic", "image/heif"}:
        from pi_heif import HeifImageFile, options

        options.THUMBNAILS = options.DEPTH_IMAGES = options.AUX_IMAGES = False
        return HeifImageFile(io.BytesIO(data))
    if mime == "image/avif":
        from PIL.AvifImagePlugin import AvifImageFile

        return AvifImageFile(io.BytesIO(data))
    if mime == "image/webp":
        from PIL.WebPImagePlugin import WebPImageFile

        return WebPImageFile(io.BytesIO(data))
    if mime == "image/tiff":
        from PIL.TiffImagePlugin import TiffImageFile

        _cut_chain(data)
        return TiffImageFile(io.BytesIO(data))
    if mime == "image/png":
        from PIL.PngImagePlugin import PngImageFile

        return PngImageFile(io.BytesIO(data))
    from PIL.JpegImagePlugin import JpegImageFile

    return JpegImageFile(io.BytesIO(data))


def _cut_chain(data: bytearray) -> None:
    """Make the first page of a TIFF its only one: a chain of pages may be endless or a circle."""
    order = "little" if data[:2] == b"II" else "big"
    at = int.from_bytes(data[4:8], order)
    end = at + 2 + 12 * int.from_bytes(data[at : at + 2], order)
    if end + 4 <= len(data):
        data[end : end + 4] = bytes(4)


def _loaded(mime: str, data: bytearray, most: int, at_least: tuple[int, int]) -> Any:
    image = _opened(mime, data)
    if image.width * image.height > most:
        raise Refused("too_many_pixels")
    if mime == "image/jpeg":
        image.draft(None, at_least)
    image.load()
    if mime == "image/avif":
        from PIL.ImageOps import exif_transpose

        exif_transpose(image, in_place=True)  # the plug-in tells the turn of the file's own boxes this way
    return image


def _small(image: Any, at_least: tuple[int, int]) -> Any:
    factor = max(1, min(image.width // at_least[0], image.height // at_least[1]))
    plain = image if image.mode in _PLAIN and "transparency" not in image.info else _eight_bits(image)
    return plain.reduce(factor) if factor > 1 else plain


def _eight_bits(image: Any) -> Any:
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in {"P", "PA", "La", "RGBa"} or "transparency" in image.info:
        return image.convert("RGBA")
    if image.mode == "LAB":
        from PIL import ImageCms

        return ImageCms.profileToProfile(
            image, ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    return image.convert("RGB")


def _answer(mime: str, data: bytearray, most: int, at_least: tuple[int, int]) -> bytes:
    try:
        image = _loaded(mime, data, most, at_least)
        full = image.size
        profile = image.info.get("icc_profile")
        profile = profile if isinstance(profile, bytes) else b""
        small = _small(image, at_least)
        head = f"{small.mode} {small.width} {small.height} {full[0]} {full[1]} {len(profile)}\n"
        return b"".join((head.encode("ascii"), profile, small.tobytes()))
    except Refused as word:
        return f"{word}\n".encode("ascii")
    except MemoryError:
        return b"too_many_pixels\n"
    except Exception:  # noqa: BLE001 - whatever a decoder raises on hostile bytes, the answer is the same
        return b"undecodable\n"


def _received(source: BinaryIO, length: int) -> bytearray:
    data = bytearray(length)
    view, at = memoryview(data), 0
    while at < length:
        got = source.readinto(view[at:])  # type: ignore[attr-defined]
        if not got:
            os._exit(0)
        at += got
    return data


def main() -> int:
    """Answer until standard input ends, or nobody asks any more."""
    _limit_memory()
    source, answers = sys.stdin.buffer, sys.stdout.buffer
    while True:
        idle = threading.Timer(IDLE_SECONDS, os._exit, (0,))
        idle.daemon = True
        idle.start()
        asked = source.readline(256)
        idle.cancel()
        if not asked:
            return 0
        mime, *numbers = asked.decode("ascii").split()
        length, most, width, height, seconds = (int(number) for number in numbers)
        data = _received(source, length)
        _limit_time(seconds)
        answers.write(_answer(mime, data, most, (width, height)))
        answers.flush()


if __name__ == "__main__":
    sys.exit(main())
