"""Evaluates rule expressions of a pack over read-only views, with limits (simpleeval; never Python's eval)."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from types import MappingProxyType
from typing import Any

_LONGEST = 400
_MOST_NODES = 120
_MOST_STEPS = 20_000
_DEEPEST = 2
_REFUSED_NODES = (ast.Subscript, ast.Slice, ast.JoinedStr, ast.FormattedValue, ast.Assign, ast.AugAssign)
_REFUSED_COMPOUNDS = (ast.Dict, ast.ListComp, ast.GeneratorExp, ast.DictComp)
_REFUSED_OPERATORS = (ast.Mult, ast.Pow, ast.LShift, ast.RShift, ast.Div, ast.FloorDiv, ast.Mod, ast.Invert)

_NOTHING: Mapping[str, object] = MappingProxyType({})

Function = Callable[..., object]


class ExpressionFailed(Exception):
    """An expression could not be evaluated; the text says why."""


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """Named values an expression may read, functions it may call on an element, words for messages."""

    values: Mapping[str, object]
    words: Mapping[str, object] = field(default_factory=dict[str, object])
    functions: Mapping[str, Function] = field(default_factory=dict[str, Function])

    def __getattr__(self, name: str) -> object:
        try:
            return self.values[name]
        except KeyError:
            raise AttributeError(name) from None


class _EveryName:
    """Lets expressions read any public name of a View, and of nothing else."""

    def __contains__(self, name: str) -> bool:
        return not name.startswith("_")


@dataclass(frozen=True, slots=True)
class Judgement:
    """The outcome: whether it is true, for which elements, and for which elements nobody could know."""

    is_true: bool
    offenders: tuple[View, ...]
    doubts: tuple[View | None, ...]


class Evaluator:
    """One set of names and functions; not for several threads at once.

    `watching` functions get this evaluator as their first argument, to name offenders and doubts.
    """

    def __init__(
        self, names: Mapping[str, object], functions: Mapping[str, Function], watching: Mapping[str, Function]
    ) -> None:
        library = _library()
        self._names = {"True": True, "False": False, "None": None, **names}
        bound: dict[str, Function] = {name: partial(work, self) for name, work in watching.items()}
        own: dict[str, Function] = {"any_": self._any, "cnt": self._count}
        defaults: dict[type, Function] = library.DEFAULT_OPERATORS
        operators = {kind: work for kind, work in defaults.items() if kind not in _REFUSED_OPERATORS}
        allowed: dict[type | None, Any] = {View: _EveryName()}
        self._broken: type[Exception] = library.InvalidExpression
        self._inner: Any = library.EvalWithCompoundTypes(
            operators=operators, functions={**functions, **bound, **own}, names=self._names, allowed_attrs=allowed
        )
        for kind in (*_REFUSED_NODES, *_REFUSED_COMPOUNDS):
            self._inner.nodes.pop(kind, None)
        self._begin("")

    def judge(self, expression: str, only: str = "", *, bound: Mapping[str, object] = _NOTHING) -> Judgement:
        """Evaluate `expression`; its outermost any_ looks only at elements for which `only` holds.

        `bound` are further names for this once. Raises ExpressionFailed, whatever went wrong inside the expression.
        """
        result = bool(self.value(expression, only, bound=bound))
        return Judgement(result, tuple(self._offenders), tuple(self._doubts))

    def value(self, expression: str, only: str = "", *, bound: Mapping[str, object] = _NOTHING) -> object:
        """Return what an expression comes to. Raises ExpressionFailed."""
        self._begin(only)
        if not bound:
            return self._evaluate(expression)
        all_names = self._names
        self._names = {**all_names, **bound}
        self._inner.names = self._names
        try:
            return self._evaluate(expression)
        finally:
            self._names = all_names
            self._inner.names = all_names

    def offend(self, element: View) -> None:
        """Name an element that a function found in violation."""
        self._offenders.append(element)

    def doubt(self) -> None:
        """Note that the answer about the present element is unknown."""
        self._doubts.append(self._element)

    def _begin(self, only: str) -> None:
        self._only = only
        self._depth = 0
        self._steps = 0
        self._element: View | None = None
        self._offenders: list[View] = []
        self._doubts: list[View | None] = []

    def _evaluate(self, expression: str) -> object:
        try:
            return self._inner.eval(expression, previously_parsed=_parsed(expression))
        except (self._broken, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            raise ExpressionFailed(f"{type(error).__name__}: {error}") from error

    def _any(self, elements: Iterable[View], predicate: str) -> bool:
        is_outermost = self._depth == 0
        found = False
        for element in elements:
            if is_outermost and self._only and not self._holds(element, self._only):
                continue
            if self._holds(element, predicate):
                found = True
                if is_outermost:
                    self._offenders.append(element)
        return found

    def _count(self, elements: Iterable[View], predicate: str) -> int:
        return sum(self._holds(element, predicate) for element in elements)

    def _holds(self, element: View, predicate: str) -> bool:
        """Evaluate `predicate` with the element's values as names (`ref` is the element itself)."""
        self._steps += 1
        if self._depth >= _DEEPEST or self._steps > _MOST_STEPS:
            raise ExpressionFailed("too much work for one rule")
        names, functions, element_before = self._inner.names, self._inner.functions, self._element
        self._inner.names = {**self._names, **element.values, "ref": element}
        self._inner.functions = {**functions, **element.functions}
        self._element = self._element or element
        self._depth += 1
        try:
            return bool(self._evaluate(predicate))
        finally:
            self._depth -= 1
            self._inner.names, self._inner.functions, self._element = names, functions, element_before


def _library() -> Any:
    """Return simpleeval, imported late: only the gate needs it."""
    import simpleeval  # pyright: ignore[reportMissingTypeStubs]

    return simpleeval


@lru_cache(maxsize=512)
def _parsed(expression: str) -> ast.expr:
    """Parse one expression (never a statement) within the limits. Raises ExpressionFailed."""
    if len(expression) > _LONGEST:
        raise ExpressionFailed("the expression is too long")
    try:
        node = ast.parse(expression, mode="eval").body
    except (SyntaxError, ValueError, RecursionError) as error:
        raise ExpressionFailed(f"not an expression: {error}") from error
    if sum(1 for _ in ast.walk(node)) > _MOST_NODES:
        raise ExpressionFailed("the expression is too complex")
    return node
