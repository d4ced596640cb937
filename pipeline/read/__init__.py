"""File -> Article."""
