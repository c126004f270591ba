"""The pages /scan: at most six questions after the first answer, and where the firm stands."""
