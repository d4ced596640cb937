"""CleanText -> Document: parse, mentions."""
