"""往来测试 · Tests of matters that pass between two institutions."""
