"""漏斗测试 · Tests of the funnel of docked platforms and of the lists behind it."""
