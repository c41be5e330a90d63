"""Decodes one HEIC photo in a process of its own, started by heif_decode: a damaged file may crash the native decoder.

Standard input: the file. Arguments: most pixels, width and height that the result should not fall under. Standard
output: one line "mode width height full_width full_height profile_length", the colour profile, the pixels.
It imports nothing of ours, so that it starts quickly. Exit code 1: can't be decoded.
"""

import io
import sys

MEMORY = 3 << 30
CPU_SECONDS = 60


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows: the parent's time limit holds alone
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(arguments: list[str]) -> int:
    """Decode standard input to standard output."""
    _limit()
    from pi_heif import HeifImageFile, options

    options.THUMBNAILS = options.DEPTH_IMAGES = options.AUX_IMAGES = False
    most, width, height = (int(argument) for argument in arguments)
    image = HeifImageFile(io.BytesIO(sys.stdin.buffer.read()))
    if image.width * image.height > most:
        return 1
    image.load()
    full = image.size
    plain = image if image.mode in {"L", "LA", "RGB", "RGBA"} else image.convert("RGB")
    factor = max(1, min(full[0] // width, full[1] // height))
    small = plain.reduce(factor) if factor > 1 else plain
    profile: bytes = image.info.get("icc_profile") or b""
    head = f"{small.mode} {small.width} {small.height} {full[0]} {full[1]} {len(profile)}\n"
    sys.stdout.buffer.write(head.encode("ascii") + profile + small.tobytes())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
