"""报道各行 · The outsider checks of the rows of the report."""
