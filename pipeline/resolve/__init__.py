"""Mentions -> values, in the light of their article."""
