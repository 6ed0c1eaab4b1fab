"""办案台 · The desk: what is due, one case, the forms of every step, what was sent, the dates. All drawn from the definitions."""
