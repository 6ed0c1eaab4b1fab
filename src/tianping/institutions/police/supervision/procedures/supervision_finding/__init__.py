"""执法监管 · One element under supervision, and what was found of it."""
