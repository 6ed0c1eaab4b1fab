"""测试 · Tests."""
