"""Conferences: gatherings with a name of their own, where delegates meet."""

from __future__ import annotations

from pipeline.records.conference.record_type import ConferenceType

RECORD_TYPE = ConferenceType()
