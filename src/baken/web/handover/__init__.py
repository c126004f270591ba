"""Handovers as they are kept: rows, the outbox, the clocks' tick. What may happen says
``refer/``.
"""
