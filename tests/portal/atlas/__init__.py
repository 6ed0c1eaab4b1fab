"""图册测试 · Tests of the law atlas."""
