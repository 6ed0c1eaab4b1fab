"""一审民事诉讼 · The first-instance civil case: small claims, simple and ordinary procedure in one case."""
