"""Signals: what in the events and pictures of cases does not look like honest work. Pure functions with versions."""
