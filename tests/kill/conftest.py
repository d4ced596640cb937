"""The harness and the small extractor are imported by their names, here and in the workers."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent))
