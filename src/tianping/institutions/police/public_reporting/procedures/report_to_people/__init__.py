"""向人民汇报 · One event and its opinions."""
