"""警情 · An incident reported to 110."""
