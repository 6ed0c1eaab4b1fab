"""日志测试 · Tests of reading logs."""
