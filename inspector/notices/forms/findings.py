"""How one hazard is told on paper: place, what was seen, how grave, which law, so that a person can read it aloud."""

from __future__ import annotations

from collections.abc import Sequence

from inspector.domain.hazard import Severity
from inspector.notices.document import PrintedHazard
from inspector.notices.typeset import Typesetter
from inspector.notices.wording import Fragment

STOPS = "。；！？.;!?"


def sentence(setter: Typesetter, hazard: PrintedHazard) -> tuple[Fragment, ...]:
    """1．place：description，属于重大事故隐患（判定依据：…），违反《…》的规定。 Every value stands as it was typed."""
    parts = [Fragment(f"{hazard.ordinal}．")]
    if hazard.place:
        parts += [Fragment(hazard.place), Fragment("：")]
    parts.append(Fragment(hazard.text))
    is_ended = hazard.text.endswith(tuple(STOPS))
    if hazard.severity is Severity.MAJOR:
        major = setter.document.wording["major"]
        parts.append(Fragment(major.lstrip("，") if is_ended else major))
        if hazard.major_criterion:
            parts += setter.say("major_by", criterion=hazard.major_criterion)
        is_ended = False
    if hazard.basis_text:
        parts += [Fragment("" if is_ended else "，"), *setter.say("violates", basis=hazard.basis_text)]
        is_ended = False
    return (*parts, Fragment("" if is_ended else "。"))


def ended(fragments: Sequence[Fragment]) -> tuple[Fragment, ...]:
    """Put a full stop after a sentence that has none."""
    text = "".join(fragment.text for fragment in fragments)
    return tuple(fragments) if text.endswith(tuple(STOPS)) else (*fragments, Fragment("。"))


def joined(values: Sequence[Sequence[Fragment]]) -> list[Fragment]:
    """Values with 、 between them."""
    fragments: list[Fragment] = []
    for value in values:
        fragments += [Fragment("、"), *value] if fragments else value
    return fragments
