"""Alarms from a firm's own figures: what moved, since when, how sure, and what it may mean."""
