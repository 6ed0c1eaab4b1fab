"""回放测试 · Tests of planning a replay."""
