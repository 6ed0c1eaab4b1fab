"""写入 · How a case is written: read once, decide in pure Python, write once. Supervision's own oracle decides."""
