"""发件箱测试 · Tests of the dispatcher and its delivery ledger."""
