"""The law: worked examples as tables, properties, and a second reading of the size."""
