"""员额核定 · The ceiling of an institution."""
