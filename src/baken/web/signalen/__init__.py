"""The pages /signalen: what moves in a firm's own figures, seen by its owner and by nobody else."""
