"""作业测试 · Tests of the worker: real processes, really killed."""
