"""Floor 0: the values, errors and small text tools that every room shares.

Nothing here knows a firm, a rule or a file format. It exists because rooms on one
floor do not import each other: what two of them need sinks to the floor below.
"""
