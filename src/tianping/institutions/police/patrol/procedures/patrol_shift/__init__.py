"""巡防班次 · One shift of one patrol in one cell."""
