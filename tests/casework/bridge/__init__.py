"""桥的测试 · Tests of the bridge."""
