"""Article -> CleanText."""
