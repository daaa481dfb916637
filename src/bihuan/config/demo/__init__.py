"""The demo district: invented people, and a month of work done by them through the ordinary write path."""
