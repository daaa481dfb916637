"""Bihuan 闭环: every matter of a district runs one closed loop."""

__version__ = "0.1.0"
