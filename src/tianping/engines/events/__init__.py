"""事件日志 · Reading and writing event logs: one table of events, whatever file it came from."""
