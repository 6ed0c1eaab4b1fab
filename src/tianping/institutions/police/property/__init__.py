"""涉案财物 · Property involved in cases."""
