"""文书测试 · Documents in writing."""
