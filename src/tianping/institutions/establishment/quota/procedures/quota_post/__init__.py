"""员额岗位 · A post in the quota."""
