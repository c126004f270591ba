"""The owner's pages: one question, one answer, and what stands behind it."""
