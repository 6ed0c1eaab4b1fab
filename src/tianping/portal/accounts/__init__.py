"""账号 · Signing in: by password and second factor, by a provider, by a code in a demonstration."""
