"""Wiring: settings, addresses, command line; the only reader of clock and environment."""
