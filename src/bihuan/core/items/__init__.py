"""The catalogue of what the district does for people: powers, items, materials and the laws they stand on."""
