"""Alliances: named bodies and treaties that countries join, told as bodies."""

from __future__ import annotations

from pipeline.records.alliance.record_type import AllianceType

RECORD_TYPE = AllianceType()
