"""The public extract of the KBO ("KBO Open Data"): taken in, kept up to date, looked up.

:mod:`take` imports a full extract or a daily update into one SQLite file, :mod:`look` reads it,
:mod:`firm` says what it means for Baken; :mod:`make` writes invented extracts in the same format.
"""
