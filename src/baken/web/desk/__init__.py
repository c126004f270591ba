"""The adviser's desk, ``/bureau``: who comes in, which files they see, what they say of them."""
