"""阅卷预约 · One defender, one file, one slot."""
