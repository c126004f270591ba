"""Six questions of the law, asked one at a time. The questions stand in ``data``, the law in
:mod:`baken.law`; this room carries answers from the one to the other and keeps nothing.
"""
