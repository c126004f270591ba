"""Detection: what moved in a series, month after month with only the past, and looking back."""
