"""执法办案管理中心 · Case-handling centres."""
