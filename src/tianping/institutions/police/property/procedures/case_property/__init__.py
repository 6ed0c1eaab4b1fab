"""涉案财物 · The property of one case."""
