"""口令散列 · Django's own hashing of passwords with fewer rounds: hundreds of tests sign somebody in."""

from __future__ import annotations

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class Quick(PBKDF2PasswordHasher):
    """快散列 · A thousand rounds."""

    iterations = 1_000


QUICK = [f"{Quick.__module__}.{Quick.__qualname__}"]
