"""检察和解 · One reconciliation, of one case."""
