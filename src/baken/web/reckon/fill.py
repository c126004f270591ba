"""From answers to the law's input, by the template of the tool.

In a template ``$name`` is the answer to a question (``$name.part`` one of its fields;
``$name|value`` has a value for who does not know), ``@name`` a word or a day that the tool knows.
``$one~other`` is the first of two that was asked.
What was not answered is left out. So is a mapping with ``?: drop`` when nothing in it was answered,
with ``!: [names]`` when one of those was not, ``!any`` when none was, ``!yes`` when one is not yes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from baken.law.logic import later
from baken.web.reckon.adjust import ADJUST
from baken.web.reckon.filled import Filled
from baken.web.reckon.model import Question, Tool
from baken.web.reckon.parse import value
from baken.web.reckon.walk import Answers, Slot, walk


class _Nothing:
    """No value."""


NOTHING: Any = _Nothing()


def fill(tool: Tool, answers: Answers, as_of: date, lang: str) -> Filled:
    """The law's input for these answers. Only what is on the way counts."""
    slots = {slot.key: slot for slot in walk(tool, answers, as_of).asked}
    filled = Filled(today=as_of, said={key: answers[key][0] for key in slots})
    known = {name: texts[lang] for name, texts in tool.names.items()}
    known |= _days(slots, answers, as_of, filled)
    one = _Filler(filled, known, slots, answers)
    filled.input = one.whole(tool.input, "")
    for slot in slots.values():
        if slot.gate and answers[slot.key] == ("yes",) and slot.group is not None:
            known = {
                **known,
                "name": f"{slot.group.name[lang]} {slot.row + 1}",
                "row": str(slot.row + 1),
            }
            row = _Filler(filled, known, slots, answers)
            lacking = [n for n in slot.group.adds.get("!", ()) if row.look(n, slot.key) is NOTHING]
            if lacking:
                filled.lacking += [
                    replace(s, part=n.partition(".")[2])
                    for n in lacking
                    if (s := row.slot(n, slot.key))
                ]
                continue
            adds = {k: v for k, v in slot.group.adds.items() if k != "!"}
            _merge(filled.input, row.whole(adds, slot.key))
    for name in tool.needs:
        slot_of = slots.get(name)
        if slot_of is not None and not any(answers[name]):
            filled.lacking.insert(0, slot_of)
            filled.blocked = True
    if tool.id in ADJUST:
        ADJUST[tool.id](filled, slots, answers, as_of)
    return filled


def _days(
    slots: Mapping[str, Slot], answers: Answers, as_of: date, filled: Filled
) -> dict[str, Any]:
    end = date(as_of.year - 1, 12, 31)
    if "year_end" in slots:
        said = answers["year_end"][0]
        if said:
            end = date.fromisoformat(said)
        else:
            filled.defaults.append((slots["year_end"], "", end))
    return {"today": as_of, "end_1": end, "end_2": later(end, years=-1)}


class _Filler:
    def __init__(
        self, filled: Filled, known: Mapping[str, Any], slots: Mapping[str, Slot], answers: Answers
    ) -> None:
        self.filled, self.known, self.slots, self.answers = filled, known, slots, answers

    def whole(self, template: Mapping[str, Any], prefix: str) -> dict[str, Any]:
        """A template from its top; empty when nothing was answered."""
        found = self.mapping(template, "", prefix)
        return {} if found is NOTHING else dict(found)

    def slot(self, name: str, prefix: str) -> Slot | None:
        """The question that a name means, in its row first."""
        base = name.split(".")[0]
        gate = self.slots.get(prefix)
        inner = gate.group.questions if gate is not None and gate.group is not None else ()
        if any(q.id == base for q in inner):
            return self.slots.get(f"{prefix}.{base}")
        return self.slots.get(base)

    def look(self, name: str, prefix: str) -> Any:
        slot = self.slot(name, prefix)
        if slot is None:
            return NOTHING
        question: Question = slot.question
        part_id = name.partition(".")[2]
        at = next(i for i, p in enumerate(question.parts) if p.id == part_id or not part_id)
        found = value(question.parts[at], self.answers[slot.key][at])
        return NOTHING if found is None else found

    def any(self, template: Any, path: str, prefix: str) -> Any:
        if isinstance(template, Mapping):
            return self.mapping(template, path, prefix)
        if isinstance(template, list):
            rows: list[Any] = []
            there = self.filled.input.get(path)
            before = len(there) if isinstance(there, list) else 0
            for item in template:
                got = self.any(item, f"{path}[{before + len(rows)}]", prefix)
                if got is not None and got is not NOTHING:
                    rows.append(got)
            return rows or NOTHING
        if not isinstance(template, str) or template[:1] not in ("$", "@"):
            return template
        if template[0] == "@":
            return self.known[template[1:]]
        names, _, default = template[1:].partition("|")
        name = next((n for n in names.split("~") if self.slot(n, prefix)), names.split("~")[0])
        slot = self.slot(name, prefix)
        if slot is not None:
            self.filled.asked_at[path] = (slot, name.partition(".")[2])
        found = self.look(name, prefix)
        if found is NOTHING and default:
            found = self.known[default[1:]] if default[0] == "@" else default
            if slot is not None:
                self.filled.defaults.append((slot, name.partition(".")[2], found))
        return found

    def mapping(self, template: Mapping[str, Any], path: str, prefix: str) -> Any:
        if any(self.look(n, prefix) is NOTHING for n in template.get("!", ())):
            return NOTHING
        if any(self.look(n, prefix) is not True for n in template.get("!yes", ())):
            return NOTHING
        some = template.get("!any", ())
        if some and all(self.look(n, prefix) is NOTHING for n in some):
            self.filled.lacking += [s for n in some if (s := self.slot(n, prefix))]
            return NOTHING
        if template.get("?") == "drop" and not any(
            self._said(v, prefix) for v in template.values()
        ):
            return NOTHING
        found: dict[str, Any] = {}
        for key, inner in template.items():
            if key in ("!", "!any", "!yes", "?"):
                continue
            name = str(self.known[key[1:]]) if key.startswith("@") else key
            got = self.any(inner, f"{path}.{name}" if path else name, prefix)
            if got is not NOTHING:
                found[name] = got
        return found if found or template.get("?") == "keep" else NOTHING

    def _said(self, template: Any, prefix: str) -> bool:
        if isinstance(template, Mapping):
            return any(self._said(v, prefix) for v in template.values())
        if isinstance(template, list):
            return any(self._said(v, prefix) for v in template)
        return (
            isinstance(template, str)
            and template.startswith("$")
            and self.look(template[1:], prefix) is not NOTHING
        )


def _merge(into: dict[str, Any], more: Mapping[str, Any]) -> None:
    for key, inner in more.items():
        there = into.get(key)
        if isinstance(there, dict) and isinstance(inner, Mapping):
            _merge(there, inner)
        elif isinstance(there, list) and isinstance(inner, list):
            there.extend(inner)
        else:
            into[key] = inner
