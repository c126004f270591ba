"""One shape of error, from a file of the catalogue to a line of a batch."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class BakenError(Exception):
    """Input that cannot be used, said so that its owner can mend it.

    ``path`` names the file, line or field; ``problem`` what is wrong; ``expected`` what
    would be right; ``near`` known names that look like what was given; ``others`` what else is
    wrong in the same file.
    """

    path: str
    problem: str
    expected: str = ""
    near: list[str] = field(default_factory=list)
    others: tuple[BakenError, ...] = ()

    def __str__(self) -> str:
        text = f"{self.path}: {self.problem}" if self.path else self.problem
        if self.expected:
            text += f"; expected {self.expected}"
        if self.near:
            text += f" (near: {', '.join(self.near)})"
        return text

    def as_json(self) -> dict[str, object]:
        """The shape that every interface gives: path, problem, expected, near."""
        return {
            "path": self.path,
            "problem": self.problem,
            "expected": self.expected,
            "near": list(self.near),
        }
