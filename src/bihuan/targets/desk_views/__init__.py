"""Pages of the desk for promises, a file for each page of the way from a report to what is followed."""
