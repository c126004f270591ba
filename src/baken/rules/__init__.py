"""Floor 1: conditions over facts, read from SQL text and judged in three-valued logic.

:func:`baken.rules.parse.parse` reads a condition, :mod:`~baken.rules.closures` and
:mod:`~baken.rules.trace` judge one firm, :mod:`~baken.rules.ruleset` one firm against a whole
catalogue, :mod:`~baken.rules.bitmaps` a population, :mod:`~baken.rules.sql` writes SQL.
"""
