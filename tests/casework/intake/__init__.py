"""导入测试 · Tests of imports."""
