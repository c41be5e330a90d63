"""The repository names no registry, no machine and no build place."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {
    ".git", ".venv", "build", "dist", "__pycache__", ".pytest_cache", ".ruff_cache", ".hypothesis",
    ".import_linter_cache",
}  # fmt: skip
TEXT = {".py", ".toml", ".lock", ".sh", ".md", ".json", ".svg", ".sql", ".txt", ".cfg", ".mako", ".ts", ".yml", ""}
# Written in two halves so that this file does not find itself.
WORDS = [
    "files.python" + "hosted", "pypi.org/" + "simple", "registry.npm" + "js", "artifact" + "registry", "/opt/" + "pypi",
    "/opt/" + "wheels", "extra-" + "index-url", "--index" + "-url", "--find" + "-links", "/wo" + "rk/", "/ro" + "ot/",
    "/ho" + "me/", "localhost" + ".localdomain",
]  # fmt: skip


def our_files() -> list[Path]:
    found = [path for path in ROOT.rglob("*") if not NOT_OURS & set(path.relative_to(ROOT).parts)]
    return sorted(
        path
        for path in found
        if path.is_file() and path.suffix in TEXT and "licences" not in path.parts and path.stem != ".coverage"
    )


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8", errors="replace") for path in our_files()}


@pytest.mark.parametrize("word", WORDS)
def test_no_file_names_a_registry_or_a_machine(texts: dict[str, str], word: str) -> None:
    assert [name for name, text in texts.items() if word in text] == []


def test_the_search_reads_what_it_should(texts: dict[str, str]) -> None:
    assert {"main.py", "requirements.lock", "packaging/setup.sh", "LICENSE"} <= set(texts)
