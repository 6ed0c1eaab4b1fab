"""大厅终端的测试 · A machine in a hall forgets its visitors."""
