"""Site counts: stated numbers of sites that bear a heritage or conservation designation."""

from __future__ import annotations

from pipeline.records.site_count.record_type import SiteCountType

RECORD_TYPE = SiteCountType()
