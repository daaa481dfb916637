"""The floor: bare Django with the same columns and nothing else (no process, no rights, no clocks)."""
