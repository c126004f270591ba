"""What keeps a site in order: its clocks, back-up and restore, and throwing away what is over its
time.
"""
