"""Open311 GeoReport v2: the interface that foreign reporting apps speak, over the same write path as the pages."""
