"""A line: one kind of government business, read from its folder and refused where unsound."""
