"""The simulator: a seeded stretch of a district's life with honest people and cheats, and the bulk fill for load."""
