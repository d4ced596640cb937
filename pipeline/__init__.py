"""Communiqué turns press articles into records of conferences, alliances, memberships and site counts."""

from __future__ import annotations
