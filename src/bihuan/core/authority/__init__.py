"""Who must handle a matter (duty) and who may do what (grants)."""
