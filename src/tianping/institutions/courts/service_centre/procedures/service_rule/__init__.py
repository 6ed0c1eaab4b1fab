"""工作规程 · A working rule of the centre."""
