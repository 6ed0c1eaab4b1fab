"""司法确认 · Judicial confirmation of mediated agreements."""
