"""Stories of firms like this one: near in what they say, and in sector, need, size or place."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from baken.landscape.stories import load_stories
from baken.landscape.story import Story
from baken.match.advised import unit
from baken.match.model import SimilarStory, SourceRef
from baken.match.search import Scores, embed_queries
from baken.match.texts import say

Vector = NDArray[np.float32]
BROAD = frozenset({"horizontal", "retail-hospitality-services"})
"""Themes that hold too many trades to call two firms of one sector."""

SHOWN = 3
NEAR = 0.25
NEAR_IN_NEED = 0.2
"""A story is like what is said when its problem is this near and it shares one of the first two
needs; of the first need a little less will do. Cosines of vectors without their common part: of
two stories drawn at random nine in ten are further off than 0.19."""
NEIGHBOURS = 8
"""How many of the nearest stories lend weight to what helped them."""
OFTEN = 8
"""A record that helped in this many stories helped often; more make no difference."""
FALL = 0.06
"""Over how much cosine a neighbour's weight falls to a third (e^-1)."""
EXTRAS: Mapping[str, float] = {"theme": 0.06, "size": 0.02, "place": 0.02}
"""What a shared sector, size or province adds to the cosine when the order is made."""


@dataclass(frozen=True)
class Alike:
    """A story with its score and in what it is alike: any of ``says``, ``need``, ``theme`` ..."""

    story: Story
    score: float
    alike: tuple[str, ...]


@dataclass(frozen=True)
class StoryIndex:
    """The stories and the vector of each one's problem, in the same order.

    Need and problem are told alike, so both are embedded as a query is.
    """

    stories: tuple[Story, ...]
    vectors: Vector
    centre: Vector

    @classmethod
    def of(cls, stories: Sequence[Story]) -> StoryIndex:
        """The index of these stories."""
        vectors = embed_queries([s.problem for s in stories])
        centre = vectors.mean(axis=0) if len(vectors) else np.zeros(384, np.float32)
        return cls(tuple(stories), unit(vectors - centre), centre)

    def keep(self, ids: Collection[str]) -> StoryIndex:
        """Only these stories: to measure on stories that the search has not seen."""
        at = [i for i, s in enumerate(self.stories) if s.id in ids]
        return replace(self, stories=tuple(self.stories[i] for i in at), vectors=self.vectors[at])

    def alike(
        self,
        vector: Vector,
        needs: Mapping[str, float],
        themes: frozenset[str],
        facts: Mapping[str, object],
    ) -> list[Alike]:
        """The stories that are most alike, at most three; none where nothing is near."""
        found = []
        first, second = [*needs, "", ""][:2]
        for story, near in zip(self.stories, self._near(vector), strict=True):
            own = story.firm
            shared = {
                "says": near >= NEAR,
                "need": first in story.needs,
                "theme": bool(themes & set(own.themes) - BROAD),
                "size": facts.get("size") == own.size,
                "place": bool(own.province) and facts.get("province") == own.province,
            }
            least = NEAR_IN_NEED if shared["need"] else NEAR
            if near >= least and {first, second} & set(story.needs):
                score = near + sum(w for name, w in EXTRAS.items() if shared[name])
                alike = tuple(name for name, is_so in shared.items() if is_so)
                found.append(Alike(story, score, alike))
        found.sort(key=lambda a: (-a.score, a.story.id))
        return found[:SHOWN]

    def _near(self, vector: Vector) -> list[float]:
        """The cosine of each story's problem with ``vector``, without what all have in common."""
        near: list[float] = (self.vectors @ unit(vector - self.centre)).tolist()
        return near

    def lend(self, vector: Vector, keys: Mapping[tuple[str, str], int]) -> Scores:
        """Per record, how much what helped the nearest stories speaks for it, from 0 to 1.

        Args:
            keys: the place of each record, by type and id.
        """
        out = np.zeros(len(keys), dtype=np.float32)
        if not self.stories:
            return out
        cosines = np.array(self._near(vector))
        nearest = np.argsort(-cosines)[:NEIGHBOURS]
        top = float(cosines[nearest[0]])
        for i in nearest:
            weight = float(np.exp((cosines[i] - top) / FALL))
            for helper in self.stories[i].helped_by:
                at = keys.get((helper.type or "", helper.id or ""))
                if at is not None:
                    out[at] += weight
        best = float(out.max(initial=0.0))
        return out / best if best > 0 else out

    def helped(self, keys: Mapping[tuple[str, str], int]) -> Scores:
        """Per record, in how many stories it helped: 0 for none, 1 for ``OFTEN`` or more.

        Args:
            keys: the place of each record, by type and id.
        """
        count = np.zeros(len(keys), dtype=np.float32)
        for story in self.stories:
            for helper in story.helped_by:
                at = keys.get((helper.type or "", helper.id or ""))
                if at is not None:
                    count[at] += 1
        out: Scores = np.minimum(np.log1p(count) / np.log1p(OFTEN), 1.0).astype(np.float32)
        return out


def tell(found: Alike, lang: str) -> SimilarStory:
    """A story as the answer shows it, with why it is alike."""
    story = found.story
    return SimilarStory(
        id=story.id,
        title=story.title,
        problem=story.problem.strip(),
        firm=story.firm.does,
        needs=list(story.needs),
        helped_by=[h.name for h in story.helped_by],
        outcome=story.outcome,
        result=story.result,
        why=[say(f"story.{name}", lang) for name in found.alike],
        score=round(found.score, 4),
        source=SourceRef(url=story.source.url, date=story.source.date),
    )


def default_stories() -> StoryIndex:
    """The index of the stories that ship with Baken."""
    return StoryIndex.of(load_stories())
