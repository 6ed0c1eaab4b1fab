"""命令行测试 · Tests of the command line."""
