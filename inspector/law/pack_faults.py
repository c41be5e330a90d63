"""Looks a whole pack over before anybody works with it: every file, every reference, each fault with its line."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from inspector.errors import PackDamaged
from inspector.law import pack
from inspector.law.calendar import RawCalendar
from inspector.law.catalogue import RawCatalogue
from inspector.law.checklists import RawChecklists
from inspector.law.corrections import Corrections
from inspector.law.deadlines import RawDeadlines
from inspector.law.documents import RawDocuments
from inspector.law.filming import RawFilming
from inspector.law.forms import RawForms
from inspector.law.json_lines import Step, line_of
from inspector.law.laws import RawIndex
from inspector.law.pack import Pack
from inspector.law.parameters import RawParameters
from inspector.law.rules import RawEvaluable, RawRules
from inspector.law.search import SearchIndex

FILES: dict[str, type[pack.Document]] = {
    "calendar.json": RawCalendar,
    "catalogue.json": RawCatalogue,
    "checklists.json": RawChecklists,
    "corrections.json": Corrections,
    "deadlines.json": RawDeadlines,
    "documents.json": RawDocuments,
    "evaluable.json": RawEvaluable,
    "filming.json": RawFilming,
    "forms.json": RawForms,
    "laws_index.json": RawIndex,
    "parameters.json": RawParameters,
    "rules.json": RawRules,
    "search.json": SearchIndex,
}
"""The files whose fields are checked; others of a pack must be JSON with a schema version."""
_PATH = re.compile(r" - at `\$([^`]*)`")
_STEP = re.compile(r"\.(\w+)|\[(\d+)\]|\[\.\.\.\]")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: in `file` at `line` (from 1)."""

    file: str
    line: int
    what: str

    def text(self) -> str:
        """Return file:line: what."""
        return f"{self.file}:{self.line}: {self.what}"


def faults(looked_at: Pack) -> tuple[Fault, ...]:
    """Return everything that is wrong with a pack; a pack with a single fault must not be used (issue gate's ground).

    Checked: dates of effect, digests, fields and types of every file, ids that occur twice, references between files,
    and that each rule's expression can be parsed.
    """
    found = list(_manifest(looked_at))
    texts: dict[str, Any] = {}
    for name in sorted({*looked_at.manifest.files, *FILES}):
        try:
            texts[name] = looked_at.content(name)
        except PackDamaged as error:
            found.append(Fault(name, 1, str(error.facts["reason"])))
            continue
        found += _fields(name, texts[name])
    if not found:
        found += _references(_Opened({name: json.loads(raw) for name, raw in texts.items()}, texts))
    return tuple(found)


def _manifest(looked_at: Pack) -> Iterator[Fault]:
    told = looked_at.manifest
    if told.effective_to is not None and told.effective_to < told.effective_from:
        yield Fault(pack.MANIFEST, 1, "effective_to lies before effective_from")
    if not told.version or not told.name:
        yield Fault(pack.MANIFEST, 1, "name or version is empty")


def _fields(name: str, raw: bytes) -> Iterator[Fault]:
    """Name the first thing in a file that does not fit its schema."""
    try:
        text = raw.decode("utf-8")
        content = json.loads(text)
    except UnicodeDecodeError as error:
        yield Fault(name, raw.count(b"\n", 0, error.start) + 1, "not UTF-8")
        return
    except json.JSONDecodeError as error:
        yield Fault(name, error.lineno, error.msg)
        return
    kind = FILES.get(name, pack.Document)
    try:
        msgspec.json.decode(raw, type=kind)
    except msgspec.ValidationError as error:
        path = _located(content, kind, error)
        yield Fault(name, line_of(text, path), _PATH.sub("", str(error)))
        return
    if content["schema_version"] != pack.SCHEMA_VERSION:
        yield Fault(name, line_of(text, ["schema_version"]), f"schema_version is not {pack.SCHEMA_VERSION}")


def _located(content: Any, kind: type, error: Exception) -> list[Step]:
    """Return the way to the fault; of a mapping the decoder says only that one of its values is at fault."""
    told = _PATH.search(str(error))
    path: list[Step] = []
    here = content
    for found in _STEP.finditer(told[1] if told else ""):
        step: Step = found[1] or (int(found[2]) if found[2] else "")
        if step == "":
            step = next((key for key in here if _breaks(content, path, key, kind)), "")
        path.append(step)
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            break
    return path


def _breaks(content: Any, path: list[Step], key: str, kind: type) -> bool:
    """Whether the text is at fault still if the object at `path` had nothing but `key`."""
    alone = json.loads(json.dumps(content))
    outer, last = None, None
    here = alone
    for step in path:
        outer, last, here = here, step, here[step]
    kept = {key: here[key]}
    if outer is None:
        alone = kept
    else:
        outer[last] = kept
    try:
        msgspec.json.decode(json.dumps(alone).encode(), type=kind)
    except msgspec.ValidationError:
        return True
    return False


@dataclass(frozen=True, slots=True)
class _Opened:
    """Every file as plain JSON, and its text."""

    files: dict[str, Any]
    texts: dict[str, bytes]

    def fault(self, name: str, path: list[Step], what: str) -> Fault:
        return Fault(name, line_of(self.texts[name].decode(), path), what)


def _references(opened: _Opened) -> Iterator[Fault]:
    for look in _LOOKS:
        yield from look(opened)


def _twice(opened: _Opened) -> Iterator[Fault]:
    lists = (
        ("catalogue.json", "items", "code"),
        ("rules.json", "rules", "id"),
        ("forms.json", "forms", "code"),
        ("laws_index.json", "laws", "id"),
        ("parameters.json", "parameters", "id"),
        ("filming.json", "items", "id"),
    )
    for name, key, mark in lists:
        seen: set[str] = set()
        for place, record in enumerate(opened.files[name][key]):
            if record[mark] in seen:
                yield opened.fault(name, [key, place, mark], f"{record[mark]} is there twice")
            seen.add(record[mark])


def _checks(opened: _Opened) -> Iterator[Fault]:
    codes = {item["code"] for item in opened.files["catalogue.json"]["items"]}
    for industry, told in opened.files["checklists.json"]["checklists"].items():
        for place, item in enumerate(told["items"]):
            for nth, code in enumerate(item["catalogue"]):
                if code not in codes:
                    path: list[Step] = ["checklists", industry, "items", place, "catalogue", nth]
                    yield opened.fault("checklists.json", path, f"no catalogue item {code}")


def _rules(opened: _Opened) -> Iterator[Fault]:
    rules = {rule["id"] for rule in opened.files["rules.json"]["rules"]}
    for place, rule in enumerate(opened.files["rules.json"]["rules"]):
        try:
            ast.parse(rule["expr"], mode="eval")
        except SyntaxError as error:
            yield opened.fault("rules.json", ["rules", place, "expr"], f"{rule['id']}: {error.msg}")
    for rule_id in opened.files["evaluable.json"]["rules"]:
        if rule_id not in rules:
            yield opened.fault("evaluable.json", ["rules", rule_id], f"no rule {rule_id}")


def _documents(opened: _Opened) -> Iterator[Fault]:
    told = opened.files["documents.json"]
    forms = {form["code"] for form in opened.files["forms.json"]["forms"]}
    groups = {group["id"] for group in told["groups"]}
    for code, document in told["documents"].items():
        if code not in forms:
            yield opened.fault("documents.json", ["documents", code], f"no form {code}")
        if document["group"] not in groups:
            path: list[Step] = ["documents", code, "group"]
            yield opened.fault("documents.json", path, f"no group {document['group']}")
        named = [*document.get("about", []), *(form for need in document.get("needs", []) for form in need["forms"])]
        for form in named:
            if form not in forms:
                yield opened.fault("documents.json", ["documents", code], f"no form {form}")


_LOOKS: tuple[Callable[[_Opened], Iterator[Fault]], ...] = (_twice, _checks, _rules, _documents)
