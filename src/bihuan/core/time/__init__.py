"""Time as law counts it: moments, calendars, clocks, and how they are said."""
