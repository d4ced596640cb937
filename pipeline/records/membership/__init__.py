"""Memberships: which countries belong to, join, or leave which bodies and treaties."""

from __future__ import annotations

from pipeline.records.membership.record_type import MembershipType

RECORD_TYPE = MembershipType()
