"""安全 · The services behind the door: what is logged, tokens, one-time codes, allowances, and the three administrators."""
