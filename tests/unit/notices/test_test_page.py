"""The print-position page measures what it says it measures."""

from __future__ import annotations

import io

import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pytest

from inspector.notices import test_page

DPI = 254
"""Ten pixels a millimetre."""


@pytest.fixture(scope="module")
def ink() -> np.ndarray:
    """Where the page is dark, as [y][x], ten pixels a millimetre."""
    page = pdfium.PdfDocument(test_page.draw())[0]
    return page.render(scale=DPI / 72, grayscale=True).to_numpy().squeeze() < 128


def test_it_is_one_page_of_a4_in_outlines_with_its_fonts() -> None:
    drawn = test_page.draw()
    assert drawn == test_page.draw()
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        (page,) = pdf.pages
        assert [round(float(x) / 72 * 25.4) for x in page.mediabox] == [0, 0, 210, 297]
        assert not page.get_images()


@pytest.mark.parametrize(
    ("x", "y"), [(10, 10), (105, 10), (200, 10), (10, 148.5), (200, 148.5), (10, 287), (105, 287), (200, 287)]
)
def test_crosses_stand_10_mm_from_each_edge(ink: np.ndarray, x: float, y: float) -> None:
    across, down = round(x * 10), round(y * 10)
    assert ink[down - 2 : down + 3, across - 45 : across + 46].any(axis=0).all()
    assert ink[down - 45 : down + 46, across - 2 : across + 3].any(axis=1).all()
    assert not ink[down - 60 : down - 54, across - 20 : across + 21].any()


def test_the_ruler_is_150_mm_long_in_steps_of_half_a_millimetre(ink: np.ndarray) -> None:
    row = ink[917:919, 290:1820].any(axis=0)  # 0.8 mm below the ruler's line: every stroke, no figure
    starts = np.flatnonzero(row[1:] & ~row[:-1]) + 1
    assert len(starts) == 301
    assert abs((starts[-1] - starts[0]) - 1500) <= 2
    assert set(np.diff(starts)) <= {4, 5, 6}
