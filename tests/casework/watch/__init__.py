"""监管测试 · The supervision centre."""
