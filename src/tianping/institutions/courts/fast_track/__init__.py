"""速裁 · Fast-track teams and the cases they try."""
