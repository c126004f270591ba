"""Alarms from a firm's own figures: what moved, since when, how sure that is, and what it may mean."""
