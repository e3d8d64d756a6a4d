"""What may go wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


class YangjaeError(Exception):
    """Every exception of this package, but ``KeyboardInterrupt`` and what Python raises for wrong types."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a scenario."""

    file: str
    """The file, by the path that was given; or the option that asked for a change."""
    line: int | None
    """The line, from 1; ``None`` where the file as a whole is meant."""
    column: int | None
    """The column, from 1, in characters."""
    message: str
    """What was found."""
    expected: str
    """What was expected instead; may be empty."""
    remedy: str
    """What to do; may be empty."""


class ScenarioError(YangjaeError, ValueError):
    """A scenario has problems; the message shows all of them as the program does.

    ``problems`` has each of them; ``file``, ``line``, ``column`` and ``remedy`` are those of the first.

    >>> import yangjae
    >>> toy = yangjae.Scenario.load("scenarios/toy")
    >>> try:
    ...     toy.with_policy("titel = 'A hub'", name="later")
    ... except yangjae.ScenarioError as error:
    ...     print(error.file, error.line, error.column, error.problems[0].message)
    scenarios/toy/policies/later.toml 1 1 `titel` is no key of a policy
    """

    problems: list[Problem]
    file: str
    line: int | None
    column: int | None
    remedy: str

    def __init__(self, message: str, problems: list[tuple[Any, ...]] | list[Problem]) -> None:
        super().__init__(message)
        self.problems = [_problem(problem) for problem in problems]
        first = self.problems[0] if self.problems else Problem("", None, None, message, "", "")
        self.file, self.line, self.column = first.file, first.line, first.column
        self.remedy = first.remedy

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (str(self), self.problems)


def _problem(problem: tuple[Any, ...] | Problem) -> Problem:
    if isinstance(problem, Problem):
        return problem
    file, line, column, message, expected, remedies = problem
    return Problem(file, line, column, message, expected, "; ".join(remedies))


class RequestError(YangjaeError, ValueError):
    """What was asked for cannot be: a policy, parameter or outcome that is not there, a value out of its range.

    >>> import yangjae
    >>> yangjae.Scenario.load("scenarios/toy").simulate_one("hubb")
    Traceback (most recent call last):
    ...
    yangjae.errors.RequestError: there is no policy `hubb`; did you mean `hub`?
    """


class RunError(YangjaeError, RuntimeError):
    """A run, or another piece of work, was not finished: the disk is full, a file is damaged, an account does not close."""


class MissingPackageError(YangjaeError, ImportError):
    """A package that a method or module needs is not installed; the message says how to install it."""

    def __init__(self, package: str, what: str, extra: str = "") -> None:
        wanted = f"yangjae[{extra}]" if extra else package
        super().__init__(f"{what} needs the package {package}, which is not installed: pip install '{wanted}'")
        self.package = package

    def __reduce__(self) -> tuple[Any, ...]:
        return _missing, (str(self), self.package)


def _missing(message: str, package: str) -> MissingPackageError:
    error = MissingPackageError(package, "")
    error.args = (message,)
    return error
