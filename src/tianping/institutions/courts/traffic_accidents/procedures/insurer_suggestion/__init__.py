"""司法建议 · One suggestion to the regulator of an insurer."""
