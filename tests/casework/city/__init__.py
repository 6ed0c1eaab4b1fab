"""城市包测试 · Tests of reading a city pack."""
