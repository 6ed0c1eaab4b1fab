"""法官留言 · A message to a judge."""
