"""The record types, one package each."""
