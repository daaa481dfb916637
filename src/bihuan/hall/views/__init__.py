"""Pages of the hall: what can be applied for, and applying."""
