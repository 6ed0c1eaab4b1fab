"""服务保障措施 · One measure."""
