"""保安服务许可 · A licence that two levels decide."""
