"""员额 · The quota of judges and prosecutors."""
