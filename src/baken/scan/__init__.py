"""Floor 5: the scan. At most six answers tell on which side a firm stands, or that it is not known.

A side is *reactive* (it changes when something makes it) or *proactive* (it changes before). The
room names a side from 80 % certainty on, for the firm as a whole and for the one domain that its
need points to; what was not asked stays not asked.
"""
