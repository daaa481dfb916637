"""Drawings as SVG text, on the server: rings, bars, strips, maps, paths, processes. Numbers and words in, markup out."""
