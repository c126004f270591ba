"""Floor 1: the vocabulary of facts, their values, and what follows from what.

:mod:`~baken.facts.vocabulary` declares, :mod:`~baken.facts.values` reads what was given,
:mod:`~baken.facts.derive` computes, :mod:`~baken.facts.questions` offers answers.
"""
