"""12309 检察服务 · Letters, visits and calls until they are answered; lawyers who come to read a file."""
