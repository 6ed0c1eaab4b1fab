"""通知立案 · One notice to open a case, at the police."""
