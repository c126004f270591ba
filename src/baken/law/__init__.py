"""EU and Belgian rules that decide: each a pure function over typed input, at a date.

Every threshold stands once, in ``data/parameters``, with act, article and the days between which it
held. A result is a tree of steps in Dutch, English and French, each with its legal source; what is
missing is named, and what was assumed is listed.
"""
