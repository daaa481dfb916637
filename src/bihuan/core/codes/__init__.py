"""Identifiers a district meets every day: what is harmless is put right, the rest refused."""

from .division import read_cell, read_component, read_division
from .invent import invent_id_number, invent_uscc
from .person import contradicts, read_id_number, upgrade_id_number
from .plate import read_plate
from .text import BadCode, Code
from .uscc import read_uscc

__all__ = [
    "BadCode",
    "Code",
    "contradicts",
    "invent_id_number",
    "invent_uscc",
    "read_cell",
    "read_component",
    "read_division",
    "read_id_number",
    "read_plate",
    "read_uscc",
    "upgrade_id_number",
]
