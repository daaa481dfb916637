"""A case: its events folded, what may happen next and what not, and who held it."""
