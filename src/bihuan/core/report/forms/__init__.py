"""The forms a report comes in besides plain text: each turns bytes into paragraphs, one a line."""
