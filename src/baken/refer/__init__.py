"""Handovers: what state one is in, what is due, what may be told to whom. Pure; storage stands
above.
"""
