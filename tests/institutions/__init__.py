"""机构测试 · Tests of the institutions' procedures."""
