"""员额遴选 · A round of selection."""
