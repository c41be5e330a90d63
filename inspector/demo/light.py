"""Light, stains and grain: what keeps a drawn picture from looking drawn."""

from __future__ import annotations

import random

from PIL import Image, ImageChops, ImageFilter

Colour = tuple[int, int, int]


def tinted(colour: Colour, factor: float) -> Colour:
    """Return the colour lighter or darker."""
    red, green, blue = (max(0, min(255, round(part * factor))) for part in colour)
    return red, green, blue


def stains(size: tuple[int, int], chance: random.Random) -> Image.Image:
    """Return a grey picture, nearly white, mottled in several sizes: multiply a floor by it."""
    mixed = Image.new("L", size, 255)
    for parts, spread, strength in ((9, 1, 0.16), (40, 1, 0.12), (200, 0, 0.07)):
        small = (parts, max(2, parts * size[1] // size[0]))
        noise = Image.frombytes("L", small, chance.randbytes(small[0] * small[1])).filter(ImageFilter.BoxBlur(spread))
        weak = noise.point([round(255 - (255 - value) * strength) for value in range(256)])
        mixed = ImageChops.multiply(mixed, weak.resize(size, Image.Resampling.BICUBIC))
    return mixed


def lit(picture: Image.Image, *, tint: Colour, darkness: float) -> Image.Image:
    """Light the picture from its middle; `darkness` is what the corners lose (0..1)."""
    small = (picture.width // 40, picture.height // 40)
    bright = ImageChops.invert(Image.radial_gradient("L")).resize((small[0] * 2, small[1] * 2))
    bright = bright.crop((small[0] // 2, small[1] // 3, small[0] * 3 // 2, small[1] // 3 + small[1]))
    bright = bright.point([round(255 * (1 - darkness) + value * darkness) for value in range(256)])
    light = bright.resize(picture.size, Image.Resampling.BILINEAR)
    channels = Image.merge("RGB", [light.point([value * part // 255 for value in range(256)]) for part in tint])
    exposed = picture.point([_exposed(value) for value in range(256)] * 3)
    return ImageChops.multiply(exposed, channels)


def grained(picture: Image.Image, chance: random.Random) -> Image.Image:
    """Soften the edges as a lens does and add the noise of a sensor."""
    width, height = picture.size
    noise = Image.frombytes("L", picture.size, chance.randbytes(width * height))
    return Image.blend(picture.filter(ImageFilter.BoxBlur(1)), Image.merge("RGB", (noise, noise, noise)), 0.055)


def _exposed(value: int) -> int:
    """Brighten, with a soft shoulder and deeper shadows, as cameras develop."""
    linear = min(1.0, value / 255 * 1.32)
    return round(255 * (0.65 * linear + 0.35 * linear * linear * (3 - 2 * linear)))
