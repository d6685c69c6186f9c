"""Where the external evaluation data lie: texts and gold labels that are no part of the project."""

import os
from pathlib import Path

DATA = Path(
    os.environ.get("KWERENDA_EVALUATION_DATA") or Path(__file__).resolve().parents[2] / "shared"
)
"""The folder that KWERENDA_EVALUATION_DATA names, else one beside the checkout."""
