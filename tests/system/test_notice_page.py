"""The verifier's page in a real browser: text and photographed paper, genuine, changed, by a stranger."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import cv2
import numpy as np
import pytest

from inspector.crypto import notice_code
from inspector.crypto.notice_code import KeyFacts
from inspector.crypto.signing import KeyPair
from inspector.crypto.verifier_page import page
from inspector.notices import qr

pytestmark = pytest.mark.system
KEY = KeyPair.from_private(bytes(range(32)))
FACTS = KeyFacts(
    number="（示）应急责改〔2026〕12号",
    office="示例区应急管理局",
    issued_on=date(2026, 11, 22),
    party="示例甲仓储有限公司",
    items=3,
    until=date(2026, 12, 11),
    digest="5a" * 32,
)
CODE_MM, DPI = 30, 200


def judged(folder: Path, script: str) -> tuple[str, str]:
    """Open the page with one more script at its end; return the verdict and what the page shows."""
    file = folder / "page.html"
    text = page({"示例区应急管理局（示例-01）": KEY.public})
    file.write_text(text.replace("</body>", f"<script>{script}</script></body>"), "utf-8")
    words = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=60000", "--dump-dom"]
    shown = subprocess.run([*words, file.as_uri()], capture_output=True, text=True, check=True, timeout=120).stdout
    box = shown.partition('id="verdict"')[2].partition("</section>")[0]
    return box.partition('data-verdict="')[2].partition('"')[0], box


def photographed(text: str, n: int) -> bytes:
    """A page with the code, as a phone sees it: from aside, lit unevenly, noisy, soft, a stamp over it, as JPEG."""
    chance = np.random.default_rng(n)
    modules = np.array(qr.modules(text), np.uint8)
    side = round(CODE_MM / 25.4 * DPI)
    code = cv2.resize(255 - 255 * modules, (side, side), interpolation=cv2.INTER_NEAREST)
    paper = np.full((1100, 800), 250, np.uint8)
    x, y = 120 + int(chance.integers(0, 300)), 500 + int(chance.integers(0, 200))
    paper[y : y + side, x : x + side] = code
    shown = cv2.cvtColor(paper, cv2.COLOR_GRAY2BGR)
    for line in range(40):
        cv2.line(shown, (60, 60 + 10 * line), (740, 60 + 10 * line), (90, 90, 90), 2)
    if n % 3 == 0:
        cv2.circle(shown, (x + side, y + side // 2), side // 2, (60, 60, 200), 5)
    if n % 4 == 0:
        shown[:, x + side // 2 : x + side // 2 + 2] = shown[:, x + side // 2 : x + side // 2 + 2] // 2 + 90  # a fold
    corners = np.array([[0, 0], [799, 0], [799, 1099], [0, 1099]], np.float32)
    pushed = corners * 1.25 + chance.uniform(0, 110, (4, 2)).astype(np.float32)
    seen = cv2.warpPerspective(
        shown, cv2.getPerspectiveTransform(corners, pushed), (1150, 1500), borderValue=(70, 90, 100)
    )
    light = np.linspace(0.65, 1.05, 1150)[None, :, None]
    noisy = seen * light + chance.normal(0, 6, seen.shape)
    soft = cv2.GaussianBlur(np.clip(noisy, 0, 255).astype(np.uint8), (0, 0), 0.8)
    return cv2.imencode(".jpg", soft, [cv2.IMWRITE_JPEG_QUALITY, 70])[1].tobytes()


def of_text(text: str) -> str:
    return f"noticeVerifier.checkText({json.dumps(text)})"


def of_photo(jpeg: bytes) -> str:
    return f"noticeVerifier.checkPicture('data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}')"


@pytest.fixture(autouse=True)
def browser() -> None:
    assert shutil.which("chromium"), "packaging/system-packages.txt installs it"


def test_a_genuine_code_says_who_and_what(tmp_path: Path) -> None:
    verdict, shown = judged(tmp_path, of_text(notice_code.written(FACTS, KEY)))
    assert verdict == "ok"
    for word in ("示例-01", FACTS.number, FACTS.party, "2026-12-11", "5a5a5a5a5a5a5a5a"):
        assert word in shown


def test_one_changed_digit_fails(tmp_path: Path) -> None:
    text = notice_code.written(FACTS, KEY)
    for old, new in (("12号", "13号"), ("2026-12-11", "2026-12-21"), ("items=3", "items=2"), ("甲", "乙")):
        verdict, shown = judged(tmp_path, of_text(text.replace(old, new, 1)))
        assert (verdict, FACTS.number in shown) == ("bad", False), old


def test_a_strangers_code_is_not_believed(tmp_path: Path) -> None:
    verdict, shown = judged(tmp_path, of_text(notice_code.written(FACTS, KeyPair.generate())))
    assert (verdict, "未经证实" in shown) == ("unknown", True)
    forged = notice_code.written(FACTS, KEY).split("\n")
    forged[8] = notice_code.written(replace(FACTS, items=9), KEY).split("\n")[8]
    assert judged(tmp_path, of_text("\n".join(forged)))[0] == "bad"
    assert judged(tmp_path, of_text("https://example.invalid/"))[0] == "strange"


def test_photographed_paper_is_read(tmp_path: Path) -> None:
    text = notice_code.written(FACTS, KEY)
    verdicts = [judged(tmp_path, of_photo(photographed(text, n)))[0] for n in range(20)]
    assert verdicts.count("ok") >= 18, verdicts
    assert "bad" not in verdicts, "a code that was read wrongly is no code"


def test_a_photo_without_a_code_says_so(tmp_path: Path) -> None:
    blank = cv2.imencode(".jpg", np.full((900, 700, 3), 235, np.uint8))[1].tobytes()
    assert judged(tmp_path, of_photo(blank))[0] == "none"
