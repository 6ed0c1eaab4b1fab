"""文书页面测试 · The pages of documents in writing."""
