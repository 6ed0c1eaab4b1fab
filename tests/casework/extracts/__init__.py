"""导出测试 · Tests of the exports."""
