"""Formulas, performance schemes, and where a goal should stand."""
