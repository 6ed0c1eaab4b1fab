"""监督中心页面测试 · The pages of the supervision centre."""
