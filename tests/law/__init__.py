"""法律层测试 · Tests of the law storey."""
