"""导出 · What leaves the system as a file: the cases that somebody may see, masked, as tables or event logs, block by block."""
