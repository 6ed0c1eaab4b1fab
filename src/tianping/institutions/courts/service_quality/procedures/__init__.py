"""诉服质效程序 · The procedures of service quality."""
