"""Places: cells of a district, points in them, areas and coordinate systems."""
